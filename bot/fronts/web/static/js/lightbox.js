// One picture alone, large; browses all pictures of its message and judges them by key, button and touch.

import { pictureUrl } from "./api.js";
import { busy } from "./buttons.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { describe, fullUrl, stateBadge, stateWord } from "./pictures.js";
import { onSwipe } from "./swipe.js";
import { words } from "./words.js";

/** Verb, key, icon, words; a verb the picture has no action for is not offered. */
const VERBS = [
  ["keep", "K", "check", "web-keep"],
  ["reject", "X", "cross", "web-reject"],
  ["best", "S", "star", "web-best"],
  ["undo", "U", "undo", "web-undo"],
  ["recipe", "I", "info", "web-recipe"],
  ["trash", "Delete", "bin", "web-trash"],
];
/** Verbs whose answer stands in the chat. */
const ANSWERED_BELOW = new Set(["recipe"]);

export class Lightbox {
  #dialog = byId("lightbox");
  #chat;
  #entry = null;
  #picture = null;
  #last = 0;
  #image = el("img", { class: "large", draggable: "false" });
  #stage = el("div", { class: "stage" }, this.#image);
  #bar = el("div", { class: "lightbox-bar" });
  #tools = el("div", { class: "lightbox-tools", role: "toolbar" });
  #arrows = new Map();
  #opener = null;

  constructor(chat) {
    this.#chat = chat;
    this.#dialog.append(el("div", { class: "lightbox-in" }, this.#bar, this.#arrow(-1), this.#stage, this.#arrow(1), this.#tools));
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#dialog.addEventListener("close", () => this.#closed());
    this.#dialog.addEventListener("click", (event) => event.target === this.#stage && this.#dialog.close());
    onSwipe(this.#stage, (step) => this.#go(step));
    for (const kind of ["load", "error"]) this.#image.addEventListener(kind, () => this.#stage.classList.remove("loading"));
    chat.store.onChange((change) => change.id === this.#entry && this.#follow());
  }

  open(entry, index) {
    this.#opener = document.activeElement;
    this.#entry = entry;
    this.#picture = this.#pictures()[index]?.id;
    this.#draw();
    this.#dialog.showModal();
    this.#dialog.focus();
  }

  #pictures() {
    return this.#chat.outbox.previews(this.#entry) ?? this.#chat.store.get(this.#entry)?.body.pictures ?? [];
  }

  get #index() {
    return this.#pictures().findIndex((picture) => picture.id === this.#picture);
  }

  #go(step) {
    const next = this.#pictures()[this.#index + step];
    if (!next) return;
    this.#picture = next.id;
    this.#draw();
  }

  /** The message changed: the picture's state with it, or the picture went away. */
  #follow() {
    if (!this.#dialog.open) return;
    const pictures = this.#pictures();
    if (!pictures.length) return this.#dialog.close();
    if (this.#index < 0) this.#picture = pictures[Math.min(this.#last, pictures.length - 1)].id;
    this.#draw();
  }

  #draw() {
    const pictures = this.#pictures();
    const picture = pictures[this.#index];
    if (!picture) return;
    this.#last = this.#index;
    this.#show(picture);
    this.#dialog.dataset.picture = picture.id;
    this.#dialog.dataset.verdict = picture.verdict;
    this.#dialog.dataset.best = String(picture.best);
    this.#drawBar(picture, pictures.length);
    this.#drawTools(picture);
    for (const [step, arrow] of this.#arrows) arrow.disabled = !pictures[this.#index + step];
    for (const near of [this.#index + 1, this.#index - 1]) if (pictures[near]) new Image().src = fullUrl(pictures[near]);
  }

  #show(picture) {
    const src = fullUrl(picture);
    this.#image.alt = describe(picture);
    if (this.#image.getAttribute("src") === src) return;
    this.#image.src = src;
    this.#stage.classList.toggle("loading", !this.#image.complete);
  }

  #drawBar(picture, count) {
    const place = el("p", { class: "lightbox-place", role: "status" }, [
      el("strong", {}, words("web-picture", { number: picture.number })),
      count > 1 && el("span", {}, words("web-of", { number: this.#index + 1, count })),
      stateBadge(picture),
      el("span", {}, stateWord(picture)),
      picture.mark && el("span", { class: "mark" }, picture.mark),
    ]);
    const original = picture.url ?? pictureUrl(picture.id, "original");
    const saving = { href: original, download: picture.url ? picture.alt : true, data: { tool: "download" } };
    const save = el("a", { ...named("web-download"), ...saving }, icon("download"));
    const closing = { type: "button", data: { tool: "close" }, onclick: () => this.#dialog.close() };
    const close = el("button", { ...named("web-close", "Esc"), ...closing }, icon("cross"));
    refocus(this.#bar, "tool", () => this.#bar.replaceChildren(place, save, close));
  }

  #drawTools(picture) {
    const offered = VERBS.filter(([verb]) => picture.actions[verb]);
    this.#tools.setAttribute("aria-label", words("web-judge"));
    refocus(this.#tools, "verb", () => this.#tools.replaceChildren(...offered.map((verb) => this.#tool(verb, picture))));
  }

  #tool([verb, key, name, label], picture) {
    const pressed = { keep: picture.verdict === "kept", reject: picture.verdict === "rejected", best: picture.best }[verb];
    return el(
      "button",
      {
        type: "button",
        class: `tool ${verb}`,
        "aria-pressed": pressed === undefined ? null : String(pressed),
        "aria-keyshortcuts": key,
        data: { verb },
        onclick: () => this.#do(verb),
      },
      icon(name),
      el("span", {}, words(label)),
      el("kbd", { "aria-hidden": "true" }, key === "Delete" ? "Del" : key),
    );
  }

  async #do(verb) {
    const picture = this.#pictures()[this.#index];
    const action = picture?.actions[verb];
    if (!action) return;
    const entry = this.#entry;
    const work = () => this.#chat.outbox.press(entry, action);
    if (ANSWERED_BELOW.has(verb)) this.#dialog.close();
    const button = this.#tools.querySelector(`[data-verb="${verb}"]`);
    await (button ? busy(button, work) : work());
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const verb = VERBS.find(([, key]) => key.toLowerCase() === event.key.toLowerCase())?.[0];
    if (step) this.#go(step);
    else if (verb) this.#do(verb);
    else return;
    event.preventDefault();
  }

  #arrow(step) {
    const onward = step > 0;
    const name = onward ? named("web-next", "→") : named("web-previous", "←");
    const arrow = el(
      "button",
      { ...name, type: "button", class: `arrow ${onward ? "onward" : "back"}`, onclick: () => this.#go(step) },
      icon(onward ? "right" : "left"),
    );
    this.#arrows.set(step, arrow);
    return arrow;
  }

  #closed() {
    const tile = document.querySelector(`[data-entry="${CSS.escape(this.#entry)}"] [data-picture="${CSS.escape(this.#picture)}"]`);
    (tile ?? this.#opener)?.focus({ preventScroll: !tile });
    this.#entry = null;
    this.#image.removeAttribute("src");
  }
}

/** What an icon button is called, with its key. */
function named(word, key = "") {
  const label = words(word);
  return { class: "ghost", "aria-label": label, title: key ? `${label} (${key})` : label };
}

/** Draws buttons anew and puts the focus back on the one of the same name. */
function refocus(box, key, draw) {
  const held = box.contains(document.activeElement) ? document.activeElement.dataset[key] : null;
  draw();
  if (held) box.querySelector(`[data-${key}="${held}"]`)?.focus();
}
