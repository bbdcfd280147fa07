// Scrolling as in chats: stays at the newest message while the reader is there, and says so when there is news below.

import { byId } from "./dom.js";
import { words } from "./words.js";

const NEAR = 90;
const FAR = 400;
const TOP = 300;

export class Scroll {
  #box;
  #stuck = true;
  #news = false;
  #latest = byId("latest");
  #words = byId("latest-words");
  #top = () => {};

  constructor(box, inner) {
    this.#box = box;
    box.addEventListener("scroll", () => this.#moved(), { passive: true });
    this.#latest.addEventListener("click", () => this.toLatest());
    const follow = new ResizeObserver(() => this.#stuck && this.#jump());
    follow.observe(inner);
    follow.observe(box);
  }

  /** Calls `listener` when the reader comes near the oldest message. */
  onTop(listener) {
    this.#top = listener;
  }

  toLatest() {
    this.#stuck = true;
    this.#jump();
    this.#moved();
  }

  /** Something new stands at the end. */
  news() {
    if (this.#stuck) return;
    this.#news = true;
    this.#show();
  }

  /** Changes what is above without moving what the reader looks at. */
  keeping(change) {
    const fromEnd = this.#box.scrollHeight - this.#box.scrollTop;
    change();
    this.#box.scrollTop = this.#box.scrollHeight - fromEnd;
  }

  #jump() {
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  #moved() {
    const below = this.#below();
    this.#stuck = below < NEAR;
    if (this.#stuck) this.#news = false;
    this.#show();
    if (this.#box.scrollTop < TOP) this.#top();
  }

  #show() {
    this.#latest.hidden = !this.#news && this.#below() < FAR;
    this.#latest.classList.toggle("news", this.#news);
    this.#words.textContent = words(this.#news ? "web-new-messages" : "web-to-latest");
  }

  #below() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }
}
