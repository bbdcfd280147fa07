// Numbered pictures in a message: one large, or a grid of up to eight.

import { pictureUrl } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

const SETTLED_RATIO = 4 / 5;

/** The grid; `open(index)` shows a picture large. Loaded images of `old` content move over, so nothing flickers. */
export function pictureGrid(pictures, open, old = null) {
  if (!pictures?.length) return null;
  const single = pictures.length === 1;
  const grid = el("div", { class: "grid", data: { count: pictures.length } });
  grid.style.setProperty("--ratio", String(cellRatio(pictures)));
  grid.append(...pictures.map((picture, index) => tile(picture, { single, old, open: () => open(index) })));
  return grid;
}

/** Pictures of one shape keep it; mixed ones share a portrait cell. */
function cellRatio(pictures) {
  const ratios = pictures.map((picture) => picture.width / picture.height || 1);
  const alike = Math.max(...ratios) - Math.min(...ratios) < 0.05;
  const ratio = alike ? ratios[0] : SETTLED_RATIO;
  return pictures.length === 1 ? ratio : Math.min(Math.max(ratio, 0.6), 1.9);
}

function tile(picture, { single, old, open }) {
  return el(
    "button",
    {
      type: "button",
      class: "tile",
      "aria-label": describe(picture),
      data: { picture: picture.id, number: picture.number, verdict: picture.verdict, best: String(picture.best), spot: `p${picture.id}` },
      onclick: open,
    },
    image(picture, single, old),
    single ? null : el("span", { class: "badge", "aria-hidden": "true" }, String(picture.number)),
    stateBadge(picture),
    picture.mark && el("span", { class: "mark" }, picture.mark),
  );
}

function image(picture, single, old) {
  const size = single ? "full" : "thumb";
  const loaded = old?.querySelector(`[data-picture="${CSS.escape(picture.id)}"] img[data-size="${size}"]`);
  if (loaded) return loaded;
  return el("img", {
    src: pictureUrl(picture.id, size),
    alt: picture.alt,
    width: picture.width || null,
    height: picture.height || null,
    loading: "lazy",
    decoding: "async",
    draggable: "false",
    data: { size },
    onerror: (event) => event.currentTarget.closest(".tile")?.classList.add("missing"),
  });
}

/** Where the large picture is: on the server, or still in this page for one just sent. */
export const fullUrl = (picture) => picture.url ?? pictureUrl(picture.id, "full");

/** The mark of a judged picture. */
export function stateBadge({ verdict, best }) {
  const [name, tone] = best ? ["star", "best"] : { kept: ["check", "good"], rejected: ["cross", "bad"] }[verdict] ?? [];
  return name ? el("span", { class: `state ${tone}`, "aria-hidden": "true" }, icon(name)) : null;
}

/** The state of a picture in a word, or "". */
export function stateWord({ verdict, best }) {
  if (best) return words("web-state-best");
  return { kept: words("web-state-kept"), rejected: words("web-state-rejected") }[verdict] ?? "";
}

/** What a screen reader says of a picture. */
export function describe(picture) {
  return [picture.alt, stateWord(picture), picture.mark].filter(Boolean).join(", ");
}
