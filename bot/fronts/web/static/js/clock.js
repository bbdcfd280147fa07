// Times as people read them, and one shared tick for everything that counts seconds.

const TIME = { timeStyle: "short" };
const DAY = { weekday: "long", day: "numeric", month: "long" };

let ahead = 0;

/** Learn by how much our clock differs from the server's (Unix seconds). */
export function setServerClock(now) {
  ahead = Date.now() / 1000 - now;
}

/** Whole seconds since a moment of the server's clock (Unix seconds). */
export const secondsSince = (since) => Math.max(0, Math.round(Date.now() / 1000 - ahead - since));

export const timeOf = (ms) => new Intl.DateTimeFormat(language(), TIME).format(ms);
export const dayOf = (ms) => new Intl.DateTimeFormat(language(), DAY).format(ms);
export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** Seconds as "42 s" or "3:05". */
export function spell(seconds) {
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Calls `tick` every second while `node` is on the page. */
export function everySecond(node, tick) {
  tick();
  const timer = setInterval(() => (node.isConnected ? tick() : clearInterval(timer)), 1000);
}

function language() {
  return document.documentElement.lang || undefined;
}
