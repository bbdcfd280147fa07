// Photos waiting to be sent: chosen, dropped anywhere on the page, or pasted.

import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

export class Attachments {
  #files = [];
  #list = byId("pending");
  #input = byId("files");
  #limits;
  #notices;
  #onChange;

  constructor({ limits, notices, onChange }) {
    this.#limits = limits;
    this.#notices = notices;
    this.#onChange = onChange;
    byId("attach").addEventListener("click", () => this.#input.click());
    this.#input.addEventListener("change", () => {
      this.add(this.#input.files);
      this.#input.value = "";
    });
    bindDrop((files) => this.add(files));
    document.addEventListener("paste", (event) => this.#paste(event));
  }

  get isEmpty() {
    return !this.#files.length;
  }

  /** Adds files up to the limits, and says so where some do not fit. */
  add(files) {
    const all = [...this.#files, ...files];
    if (all.length > this.#limits.photos) this.#notices.show(words("web-photos-at-most", { most: this.#limits.photos }));
    const fitting = all.slice(0, this.#limits.photos);
    if (fitting.reduce((sum, file) => sum + file.size, 0) > this.#limits.bytes) this.#notices.show(words("web-too-large"));
    else this.#files = fitting;
    this.#draw();
  }

  /** Hands over the files and starts afresh. */
  take() {
    const files = this.#files;
    this.#files = [];
    this.#draw();
    return files;
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || event.target.closest?.("dialog")) return;
    event.preventDefault();
    this.add(files);
  }

  #remove(file) {
    this.#files = this.#files.filter((one) => one !== file);
    this.#draw();
    byId("message").focus();
  }

  #draw() {
    for (const image of this.#list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.#list.replaceChildren(...this.#files.map((file) => this.#item(file)));
    this.#list.hidden = this.isEmpty;
    this.#onChange();
  }

  #item(file) {
    const label = words("web-remove-photo", { name: file.name });
    const image = el("img", { src: URL.createObjectURL(file), alt: "", onerror: () => image.replaceWith(icon("file")) });
    return el("li", { class: "pending-photo", title: file.name }, [
      image,
      el("span", { class: "pending-name" }, file.name),
      el("button", { type: "button", class: "remove", "aria-label": label, title: label, onclick: () => this.#remove(file) }, icon("cross")),
    ]);
  }
}

/** An overlay while files are dragged over the page; `take` gets what is dropped. */
function bindDrop(take) {
  const overlay = byId("drop");
  let depth = 0;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const show = (change) => {
    depth = Math.max(0, change === 0 ? 0 : depth + change);
    overlay.hidden = depth === 0;
  };
  addEventListener("dragenter", (event) => carriesFiles(event) && show(1));
  addEventListener("dragleave", (event) => carriesFiles(event) && show(-1));
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    show(0);
    take(event.dataTransfer.files);
  });
}
