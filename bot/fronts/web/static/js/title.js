// Counts what came while the page was out of sight, in its title.

export class Title {
  #plain = document.title;
  #unseen = 0;
  #settled = false;

  constructor(store) {
    const known = new Set();
    store.onChange(({ type, id, live }) => {
      const isNews = type === "put" && live && this.#settled && !known.has(id) && !store.get(id).mine;
      known.add(id);
      if (isNews && document.hidden) this.#show(this.#unseen + 1);
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.#show(0));
  }

  settle() {
    this.#settled = true;
  }

  #show(count) {
    this.#unseen = count;
    document.title = count ? `(${count}) ${this.#plain}` : this.#plain;
  }
}
