// The list over the composer: arrow keys choose, Tab or Enter take, Esc closes (WAI-ARIA combobox with a listbox).

import { fetchSuggestions } from "./api.js";
import { complete, valueItem } from "./completion.js";
import { byId, el } from "./dom.js";

const PATIENCE = 120;

export class Combobox {
  #field = byId("message");
  #popup = byId("completions");
  #list = byId("options");
  #commands;
  #found = null;
  #items = [];
  #active = -1;
  #dismissed = null;
  #asking = null;

  constructor(commands) {
    this.#commands = commands;
    this.#field.addEventListener("input", () => this.#refresh());
    this.#field.addEventListener("click", () => this.#refresh());
    this.#field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return !this.#popup.hidden;
  }

  /** Closes the list and forgets that it was sent away: what is typed next is another text. */
  reset() {
    this.#dismissed = null;
    this.close();
  }

  close() {
    this.#asking?.abort();
    this.#popup.hidden = true;
    this.#field.setAttribute("aria-expanded", "false");
    this.#field.removeAttribute("aria-activedescendant");
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) this.#move(moves[event.key]);
    else if (event.key === "Tab" && !event.shiftKey) this.#take(Math.max(0, this.#active));
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) this.#take(this.#active);
    else if (event.key === "Escape") this.#dismiss();
    else return false;
    event.preventDefault();
    return true;
  }

  #refresh() {
    const { value, selectionStart, selectionEnd } = this.#field;
    const found = selectionStart === selectionEnd ? complete(value.slice(0, selectionStart), this.#commands) : null;
    const spot = found && `${found.from}`;
    if (!found) return this.reset();
    if (spot === this.#dismissed) return this.close();
    this.#dismissed = null;
    this.#found = found;
    this.#asking?.abort();
    if (found.remote) this.#ask(found);
    else this.#show(found.items);
  }

  async #ask(found) {
    const asking = (this.#asking = new AbortController());
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    if (asking.signal.aborted) return;
    try {
      const options = await fetchSuggestions(found.remote.command, found.remote.option, found.typed, asking.signal);
      const isTyped = options.some(({ value }) => value.toLowerCase() === found.typed.trim().toLowerCase());
      if (!asking.signal.aborted) this.#show(isTyped ? [] : options.map((option) => valueItem(option, found.bare)));
    } catch {
      this.close();
    }
  }

  #show(items) {
    if (!items.length) return this.close();
    this.#items = items;
    this.#list.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.#popup.hidden = false;
    this.#field.setAttribute("aria-expanded", "true");
    this.#activate(this.#found.eager ? 0 : -1);
  }

  #option({ label, hint }, index) {
    return el(
      "li",
      {
        id: `option-${index}`,
        role: "option",
        "aria-selected": "false",
        data: { value: label },
        onpointerdown: (event) => event.preventDefault(), // the field keeps the focus
        onclick: () => this.#take(index),
      },
      el("span", { class: "option-label" }, label),
      hint && el("span", { class: "option-hint" }, hint),
    );
  }

  #move(step) {
    const count = this.#items.length;
    this.#activate(this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count);
  }

  #activate(index) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = this.#list.children[index];
    if (!option) return this.#field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", option.id);
  }

  #take(index) {
    const { selectionStart } = this.#field;
    this.#field.setRangeText(this.#items[index].text, this.#found.from, selectionStart, "end");
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #dismiss() {
    this.#dismissed = `${this.#found.from}`;
    this.close();
  }
}
