// One message of the chat: avatar, name, bubble, reactions, time.

import { reactionBar } from "./buttons.js";
import { timeOf } from "./clock.js";
import { content, gist } from "./content.js";
import { el, swap } from "./dom.js";
import { icon } from "./icons.js";
import { words } from "./words.js";

/** The node of an entry; `update(entry)` draws it anew. */
export class Bubble {
  #chat;
  #content = null;
  #box = el("div", { class: "bubble" });
  #below = el("div", { class: "below" });
  #stack = el("div", { class: "stack" });
  node;
  entry;

  constructor(entry, chat) {
    this.#chat = chat;
    this.#stack.append(el("p", { class: "name" }, nameOf(entry)), this.#box, this.#below);
    const label = `${nameOf(entry)}, ${timeOf(entry.at)}`;
    this.node = el("article", { class: "message", "aria-label": label, data: { entry: entry.id } }, avatar(entry), this.#stack);
    this.update(entry);
  }

  /** Whether the next entry belongs to the same group: same author, same day, within five minutes. */
  joins(next) {
    const near = next.at - this.entry.at < 300_000;
    return near && next.author === this.entry.author && next.name === this.entry.name && next.private === this.entry.private;
  }

  update(entry) {
    const again = this.entry?.body.kind === entry.body.kind;
    this.entry = entry;
    Object.assign(this.node.dataset, {
      author: entry.author === "bot" ? "bot" : entry.mine ? "me" : "other",
      kind: entry.body.kind,
      private: String(entry.private),
      state: entry.state?.kind ?? "there",
    });
    // what is only redrawn, such as a pressed toggle, is not read out again
    this.#box.setAttribute("aria-live", again ? "off" : "polite");
    this.#draw(entry);
  }

  /** Puts the cursor into the first field of a form, unless the reader is writing something else. */
  begin() {
    if (document.activeElement.value) return;
    const first = this.#content.querySelector("input, textarea, select");
    const field = (first?.type === "radio" && first.closest("fieldset").querySelector(":checked")) || first;
    field?.focus();
    if (field?.type === "textarea") field.setSelectionRange(field.value.length, field.value.length);
  }

  #draw(entry) {
    if (!this.#content) this.#box.append((this.#content = content(entry, this.#chat)));
    else if (entry.body.kind !== "form" || entry.body.id !== this.#content.dataset.form) {
      const fresh = content(entry, this.#chat, this.#content);
      swap(this.#content, fresh);
      this.#content = fresh;
    }
    const react = (emoji, added) => this.#chat.outbox.react(entry.id, emoji, added);
    const bar = reactionBar(entry.reactions, words("web-reactions"), react);
    const below = el("div", { class: "below" }, bar, this.#foot(entry));
    swap(this.#below, below);
    this.#below = below;
  }

  #foot(entry) {
    const { state } = entry;
    return el("p", { class: "meta" }, [
      entry.private && el("span", { class: "only-you" }, icon("lock"), words("web-only-you")),
      el("time", { datetime: new Date(entry.at).toISOString() }, timeOf(entry.at)),
      state?.kind === "sending" && el("span", { class: "sending" }, words("web-sending")),
      state?.kind === "failed" && el("span", { class: "failed" }, state.why, again(entry)),
      entry.author === "bot" && entry.body.kind !== "form" && this.#reply(entry),
    ]);
  }

  #reply(entry) {
    const answer = () => this.#chat.composer.answer(entry.id, gist(entry.body));
    const label = words("web-reply");
    return el(
      "button",
      { type: "button", class: "reply", "aria-label": label, title: label, data: { spot: "reply" }, onclick: answer },
      icon("reply"),
    );
  }
}

function again(entry) {
  return el("button", { type: "button", class: "again", onclick: entry.retry }, words("web-send-again"));
}

function nameOf({ author, mine, name }) {
  return author === "bot" ? "Likeness" : mine ? words("web-you") : name;
}

function avatar(entry) {
  if (entry.author === "bot") return el("div", { class: "avatar bot", "aria-hidden": "true" });
  const face = el("div", { class: "avatar", "aria-hidden": "true" }, initials(entry.name));
  face.style.setProperty("--hue", String(hue(entry.name)));
  return face;
}

const initials = (name) => name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("").toUpperCase();
const hue = (name) => [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
