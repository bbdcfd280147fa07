// Where people write: Enter sends, Shift+Enter makes a new line, photos and an answered message go along.

import { Attachments } from "./attachments.js";
import { Combobox } from "./combobox.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

const TALLEST = 200;

export class Composer {
  #field = byId("message");
  #send = byId("send");
  #banner = byId("answering");
  #chat;
  #photos;
  #list;
  #answered = null;
  #said = [];
  #recalled = 0;

  constructor(chat) {
    this.#chat = chat;
    this.#list = new Combobox(chat.commands);
    this.#photos = new Attachments({ limits: chat.limits, notices: chat.notices, onChange: () => this.#changed() });
    this.#field.addEventListener("input", () => this.#changed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#changed();
    if (matchMedia("(hover: hover)").matches) this.#field.focus();
  }

  /** Begins an answer to a message. */
  answer(id, gist) {
    this.#answered = id;
    const stop = () => this.#stopAnswering();
    this.#banner.replaceChildren(
      icon("reply"),
      el("span", {}, words("web-answering"), " ", el("q", {}, gist)),
      el("button", { type: "button", class: "ghost", "aria-label": words("web-close"), onclick: stop }, icon("cross")),
    );
    this.#banner.hidden = false;
    this.#field.focus();
  }

  /** Puts a text into the field for the person to look at and send. */
  suggest(text) {
    this.#field.value = text;
    this.#field.focus();
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #key(event) {
    if (this.#list.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#answered) this.#stopAnswering();
    else if (event.key === "ArrowUp" && (this.#field.value === "" || this.#recalled > 0)) this.#recall(event, 1);
    else if (event.key === "ArrowDown" && this.#recalled > 0) this.#recall(event, -1);
  }

  /** Brings back what was sent before, as shells do. */
  #recall(event, step) {
    const place = this.#recalled + step;
    if (place > this.#said.length) return;
    event.preventDefault();
    this.#field.value = place === 0 ? "" : this.#said.at(-place);
    this.#changed();
    this.#recalled = place;
  }

  #submit() {
    const text = this.#field.value;
    if (!text.trim() && this.#photos.isEmpty) return;
    const answered = text.trimStart().startsWith("/") ? null : this.#answered;
    this.#chat.outbox.type(text.trim(), this.#photos.take(), answered);
    if (text.trim()) this.#said.push(text.trim());
    this.#field.value = "";
    this.#stopAnswering();
    this.#list.reset();
    this.#changed();
    this.#field.focus();
  }

  #stopAnswering() {
    this.#answered = null;
    this.#banner.hidden = true;
  }

  #changed() {
    this.#recalled = 0;
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST)}px`;
    this.#send.disabled = !this.#field.value.trim() && this.#photos?.isEmpty !== false;
  }
}
