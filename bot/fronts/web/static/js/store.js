// What the page knows of the chat: entries in their order, and own ones still on their way, always last.

export class Store {
  #entries = new Map();
  #sending = new Map();
  #listeners = new Set();

  /** Calls `listener({type: "put" | "drop", id, live})` after every change; `live` marks what happens just now. */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(id) {
    return this.#entries.get(id) ?? this.#sending.get(id);
  }

  /** Every entry, oldest first. */
  all() {
    return [...this.#entries.values(), ...this.#sending.values()];
  }

  get oldest() {
    return this.#entries.keys().next().value;
  }

  get isEmpty() {
    return this.#entries.size === 0;
  }

  /** An entry as the server tells it: new, or in the place of the old. */
  put(entry, live = true) {
    this.#sending.delete(entry.id);
    this.#entries.set(entry.id, entry);
    this.#tell({ type: "put", id: entry.id, live });
  }

  /** An own entry that is on its way. */
  sending(entry) {
    if (this.#entries.has(entry.id)) return;
    this.#sending.set(entry.id, entry);
    this.#tell({ type: "put", id: entry.id, live: true });
  }

  drop(id) {
    if (this.#entries.delete(id) || this.#sending.delete(id)) this.#tell({ type: "drop", id });
  }

  /** Older entries, put before all others. */
  prepend(entries) {
    const known = this.#entries;
    this.#entries = new Map(entries.map((entry) => [entry.id, entry]));
    for (const [id, entry] of known) this.#entries.set(id, entry);
    for (const entry of entries) this.#tell({ type: "put", id: entry.id, live: false });
  }

  /** Makes the store hold exactly these entries, after a time of not hearing. */
  reconcile(entries, live) {
    const fresh = new Map(entries.map((entry) => [entry.id, entry]));
    const old = this.#entries;
    this.#entries = fresh;
    for (const id of old.keys()) if (!fresh.has(id)) this.#tell({ type: "drop", id });
    for (const [id, entry] of fresh) {
      this.#sending.delete(id);
      if (JSON.stringify(old.get(id)) !== JSON.stringify(entry)) this.#tell({ type: "put", id, live });
    }
  }

  #tell(change) {
    for (const listener of this.#listeners) listener(change);
  }
}
