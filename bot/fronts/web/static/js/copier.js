// A small button that copies a text.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

/** The button, or null where the browser gives pages no clipboard: on plain HTTP beyond this machine. */
export function copier(text) {
  if (!navigator.clipboard) return null;
  const told = el("span", { role: "status" });
  const button = el("button", { class: "copy", type: "button", "aria-label": words("web-copy"), title: words("web-copy"), onclick: copy }, icon("copy"));

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return; // the browser asked its owner, who said no
    }
    button.replaceChildren(icon("check"));
    told.textContent = words("web-copied");
  }
  return el("span", { class: "copier" }, button, told);
}
