// The live line to the server: comes back by itself and catches up, so that nothing is missed.

import { fetchHistory, fetchSession, Unreachable } from "./api.js";
import { setServerClock } from "./clock.js";

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8000;
const PAGES_CAUGHT_UP = 6;

export class Feed {
  #store;
  #onState;
  #missed = null;
  #pause = FIRST_PAUSE;
  #waiting = [];
  #first = true;
  #timer = 0;
  #socket = null;

  /** `onState` hears "connecting", "online" and "offline". */
  constructor(store, onState) {
    this.#store = store;
    this.#onState = onState;
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  connect() {
    clearTimeout(this.#timer);
    this.#missed = [];
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    this.#socket = socket;
    socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  /** Resolves when the line is up (again). */
  online() {
    if (this.#missed === null) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #hear(message) {
    if (message.type === "hello") {
      setServerClock(message.now);
      this.#catchUp(this.#socket);
    } else if (this.#missed) this.#missed.push(message);
    else this.#apply(message);
  }

  #apply(message) {
    if (message.type === "entry") this.#store.put(message.entry);
    else if (message.type === "gone") this.#store.drop(message.id);
  }

  /** Fetches what the page shows afresh; what is pushed meanwhile waits, since it is newer. */
  async #catchUp(socket) {
    try {
      const entries = await this.#shown();
      if (socket !== this.#socket) return;
      this.#store.reconcile(entries, !this.#first);
    } catch {
      socket.close();
      return;
    }
    const missed = this.#missed;
    this.#missed = null;
    this.#first = false;
    this.#pause = FIRST_PAUSE;
    missed.forEach((message) => this.#apply(message));
    this.#onState("online");
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }

  /** The entries from the oldest one shown to the newest; after a long absence only the newest pages. */
  async #shown() {
    const oldest = this.#store.oldest;
    let page = await fetchHistory();
    let entries = page.entries;
    for (let count = 1; count < PAGES_CAUGHT_UP && oldest && page.more; count++) {
      if (entries.some((entry) => entry.id === oldest)) break;
      page = await fetchHistory(entries[0].id);
      entries = [...page.entries, ...entries];
    }
    return entries;
  }

  #lost() {
    this.#missed = [];
    this.#onState("offline");
    const pause = this.#pause * (0.75 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    this.#timer = setTimeout(() => this.#retry(), pause);
  }

  /** A refused WebSocket does not say why; an ordinary request does, and leads to the sign-in page if need be. */
  async #retry() {
    try {
      await fetchSession();
      this.connect();
    } catch (error) {
      if (error instanceof Unreachable) this.#lost();
      else this.#onState("offline");
    }
  }

  #hurry() {
    if (this.#missed === null || this.#socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#timer);
    this.#pause = FIRST_PAUSE;
    this.#retry();
  }
}
