// The list of messages: keeps to the newest unless the reader scrolled away, and loads older ones upward.

import { fetchHistory } from "./api.js";
import { Bubble } from "./bubble.js";
import { dayOf, sameDay } from "./clock.js";
import { byId, el } from "./dom.js";
import { Scroll } from "./scroll.js";
import { words } from "./words.js";

export class Thread {
  #chat;
  #log = byId("log");
  #older = byId("older");
  #bubbles = new Map();
  #scroll;
  #more = true;
  #loading = false;
  #settled = false;

  constructor(chat) {
    this.#chat = chat;
    this.#scroll = new Scroll(byId("thread"), byId("thread-in"));
    this.#scroll.onTop(() => this.#loadOlder());
    chat.store.onChange((change) => (change.type === "drop" ? this.#drop(change.id) : this.#put(change)));
  }

  /** The first entries are there: what comes from now on is news. */
  settle() {
    this.#log.removeAttribute("aria-busy");
    this.#settled = true;
    this.#scroll.toLatest();
  }

  /** Scrolls to a message and lights it up for a moment. */
  reveal(id) {
    const node = this.#bubbles.get(id)?.node;
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.animate([{ backgroundColor: "var(--accent-soft)" }, {}], 1600);
  }

  toLatest() {
    this.#scroll.toLatest();
  }

  #put({ id, live }) {
    const entry = this.#chat.store.get(id);
    const known = this.#bubbles.get(id);
    const isNews = live && this.#settled && (!known || known.entry.body.kind !== entry.body.kind);
    if (known) known.update({ ...entry, fresh: isNews });
    else this.#bubbles.set(id, new Bubble({ ...entry, fresh: isNews }, this.#chat));
    this.#arrange();
    if (isNews && entry.state) this.#scroll.toLatest(); // sent from this very page
    else if (live) this.#scroll.changed(isNews);
    if (isNews && entry.body.kind === "form") this.#bubbles.get(id).begin();
  }

  #drop(id) {
    this.#bubbles.get(id)?.node.remove();
    this.#bubbles.delete(id);
    this.#arrange();
  }

  /** Brings nodes, groups and days into the order of the store, touching only what is out of place. */
  #arrange() {
    let last = null;
    let place = this.#log.firstChild;
    for (const { id } of this.#chat.store.all()) {
      const bubble = this.#bubbles.get(id);
      if (!bubble) continue;
      place = this.#day(last, bubble, place);
      if (bubble.node === place) place = place.nextSibling;
      else this.#log.insertBefore(bubble.node, place);
      const joined = last !== null && last.joins(bubble.entry) && sameDay(last.entry.at, bubble.entry.at);
      bubble.node.toggleAttribute("data-first", !joined);
      last?.node.toggleAttribute("data-last", !joined);
      last = bubble;
    }
    last?.node.toggleAttribute("data-last", true);
    while (place) {
      const next = place.nextSibling;
      if (place.className === "day") place.remove();
      place = next;
    }
  }

  /** The day above a bubble where a new one begins; returns where the bubble belongs. */
  #day(last, bubble, place) {
    const due = !last || !sameDay(last.entry.at, bubble.entry.at);
    const text = dayOf(bubble.entry.at);
    if (due && place?.className === "day" && place.textContent === text) return place.nextSibling;
    if (due) this.#log.insertBefore(el("p", { class: "day" }, text), place);
    while (place?.className === "day") {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
    return place;
  }

  async #loadOlder() {
    const { store, notices } = this.#chat;
    if (!this.#settled || !this.#more || this.#loading || store.isEmpty) return;
    this.#loading = true;
    this.#older.hidden = false;
    try {
      const { entries, more } = await fetchHistory(store.oldest);
      this.#more = more;
      this.#log.setAttribute("aria-busy", "true");
      this.#scroll.keeping(() => {
        this.#older.hidden = true;
        store.prepend(entries);
      });
    } catch {
      notices.show(words("web-unreachable"));
    } finally {
      this.#log.removeAttribute("aria-busy");
      this.#older.hidden = true;
      this.#loading = false;
    }
  }
}
