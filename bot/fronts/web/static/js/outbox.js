// Sends what the person does. Each event has an id of its own, so one that may have been lost is simply sent again.

import { postEvent, postGreeting, Refused, Unreachable } from "./api.js";
import { words } from "./words.js";

const PATIENCE = 20_000;

export class Outbox {
  #store;
  #feed;
  #session;
  #notices;
  #onAnswered;
  #previews = new Map();

  /** `onAnswered` hears of a press, reaction or form that new messages answer. */
  constructor({ store, feed, session, notices, onAnswered }) {
    this.#store = store;
    this.#feed = feed;
    this.#session = session;
    this.#notices = notices;
    this.#onAnswered = onAnswered;
  }

  /** The photos sent from this page with an entry, as pictures to look at. */
  previews(id) {
    return this.#previews.get(id);
  }

  /** Sends words and photos; they stand in the chat at once and wait for the line if it is down. */
  type(text, files, replyTo) {
    const event = { type: "typed", id: newId(), text, reply_to: replyTo };
    this.#previews.set(event.id, files.map(preview));
    this.#deliverTyped(event, files);
  }

  async #deliverTyped(event, files) {
    const entry = (state) => ({
      id: event.id, at: Date.now(), name: this.#session.me.name, author: "person", mine: true, private: false, reactions: [], state,
      retry: () => this.#deliverTyped(event, files),
      body: { kind: "person", text: event.text, photos: files.map((file) => file.name), reply_to: event.reply_to },
    });
    if (event.text.trim() !== "/start") this.#store.sending(entry({ kind: "sending" }));
    try {
      await this.#deliver(event, files, Infinity);
    } catch (error) {
      this.#store.sending(entry({ kind: "failed", why: this.#why(error) }));
    }
  }

  press(message, action) {
    return this.#act({ type: "pressed", id: newId(), message, action });
  }

  react(message, emoji, added) {
    return this.#act({ type: "reacted", id: newId(), message, emoji, added });
  }

  fill(form, fields, files) {
    return this.#act({ type: "filled", id: newId(), form, fields }, files);
  }

  greet() {
    return postGreeting({ type: "typed", id: newId() }).catch((error) => this.#notices.show(this.#why(error)));
  }

  /** Sends and tells whether it arrived; if not, the reader is told why. */
  async #act(event, files = []) {
    try {
      if (await this.#deliver(event, files, PATIENCE)) this.#onAnswered();
      return true;
    } catch (error) {
      this.#notices.show(this.#why(error));
      return false;
    }
  }

  /** Resolves to whether new messages answer the event. */
  async #deliver(event, files, patience) {
    const until = Date.now() + patience;
    for (;;) {
      try {
        const { answered, locale } = await postEvent(event, files);
        // the person chose another language: every word of the page follows
        if (locale !== this.#session.locale) location.reload();
        return answered;
      } catch (error) {
        if (!(error instanceof Unreachable) || Date.now() > until) throw error;
        await Promise.race([pause(1000).then(() => this.#feed.online()), pause(Math.min(patience, 5000))]);
      }
    }
  }

  #why(error) {
    return error.message && (error instanceof Refused || error instanceof Unreachable) ? error.message : words("web-unreachable");
  }
}

function preview(file, index) {
  const url = URL.createObjectURL(file);
  return { id: url, url, number: index + 1, alt: file.name, verdict: "undecided", best: false, mark: null, actions: {} };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** crypto.randomUUID is missing on plain-HTTP addresses other than localhost, so the bits are drawn here (RFC 9562, 5.4). */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
