// True progress: a bar of what is done and seconds that count up.

import { buttonRows } from "./buttons.js";
import { everySecond, secondsSince, spell } from "./clock.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

/** The body of a progress; the bar of `old` content moves over, so that it grows instead of jumping. */
export function progress(body, { lines, press, old }) {
  const done = words("web-progress-done", { done: body.done, total: body.total });
  const bar = old?.querySelector(".track") ?? el("div", { class: "track", role: "progressbar", "aria-valuemin": 0 }, el("div", { class: "fill" }));
  bar.setAttribute("aria-valuemax", body.total);
  bar.setAttribute("aria-valuenow", body.done);
  bar.setAttribute("aria-label", words("web-progress"));
  bar.setAttribute("aria-valuetext", done);
  bar.classList.toggle("waiting", body.state === "queued" || body.done === 0);
  // a frame later, so that a bar that was just moved still animates
  requestAnimationFrame(() => bar.firstChild.style.setProperty("width", `${(100 * body.done) / Math.max(1, body.total)}%`));
  return el("div", { class: "progress", data: { state: body.state } }, lines, bar, facts(body, done), buttonRows(body.buttons, press));
}

function facts(body, done) {
  const seconds = el("span", { class: "seconds" });
  const row = el("p", { class: "facts" }, [
    el("span", {}, done),
    body.since > 0 && el("span", { class: "since", "aria-hidden": "true" }, icon("clock"), seconds),
  ]);
  if (body.since > 0) everySecond(seconds, () => (seconds.textContent = spell(secondsSince(body.since))));
  return row;
}
