// Short sentences above the composer for what went wrong on the page itself.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

const SHOWN_FOR = 9000;

export class Notices {
  #box;

  constructor(box) {
    this.#box = box;
  }

  show(text) {
    const close = el("button", { type: "button", class: "ghost", "aria-label": words("web-close"), onclick: () => notice.remove() }, icon("cross"));
    const notice = el("p", { class: "notice" }, icon("warning"), el("span", {}, text), close);
    this.#box.replaceChildren(notice);
    setTimeout(() => notice.remove(), SHOWN_FOR);
  }
}
