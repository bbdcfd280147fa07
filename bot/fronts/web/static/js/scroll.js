// Scrolling as in chats: stays at the newest message while the reader is there, and says so when there is news below.

import { byId } from "./dom.js";
import { words } from "./words.js";

const NEAR = 90;
const FAR = 400;
const TOP = 300;

export class Scroll {
  #box;
  #stuck = true;
  #size = "";
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

  /** Something changed just now: follow it, or tell of news at the end. Hidden tabs get no resize events. */
  changed(isNews) {
    if (this.#stuck) return this.#jump();
    this.#news ||= isNews;
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
    this.#size = this.#measure();
  }

  /** A scroll that comes with a change of size was not made by the reader. */
  #moved() {
    if (this.#stuck && this.#size !== this.#measure()) return this.#jump();
    this.#stuck = this.#below() < NEAR;
    if (this.#stuck) this.#news = false;
    this.#show();
    if (this.#box.scrollTop < TOP) this.#top();
  }

  #show() {
    this.#latest.hidden = !this.#news && this.#below() < FAR;
    this.#latest.classList.toggle("news", this.#news);
    this.#words.textContent = words(this.#news ? "web-new-messages" : "web-to-latest");
  }

  #measure() {
    return `${this.#box.scrollHeight} ${this.#box.clientHeight}`;
  }

  #below() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }
}
