// Rows of buttons under a message, and its reactions.

import { el } from "./dom.js";
import { emojiIcon } from "./icons.js";
import { plain, withIcons } from "./text.js";
import { words } from "./words.js";

const LIST = 3;
/** What buttons that are nothing but a sign are called. */
const SIGNS = { "◀": "web-previous-page" };

/** The rows; `press(action)` sends a press and resolves when the bot has answered. */
export function buttonRows(rows, press) {
  if (!rows?.length) return null;
  const line = (row, y) => {
    const buttons = row.map((one, x) => button(one, press, `${y}.${x}`));
    return el("div", { class: "row-of-buttons", role: "group" }, buttons);
  };
  return el("div", { class: "rows" }, lists(rows).map(line));
}

/** Long rows of bare words are one list, broken for narrower chats; here it breaks where the line ends. */
function lists(rows) {
  const joined = [];
  for (const row of rows) {
    const last = joined.at(-1);
    if (last?.length >= LIST && isBare(last) && isBare(row)) last.push(...row);
    else joined.push([...row]);
  }
  return joined;
}

const isBare = (row) => row.every(({ label }) => label === plain(label) && !isNumbered(label));

function button(one, press, spot) {
  const toggles = one.pressed || isNumbered(one.label);
  const name = SIGNS[one.label] ? words(SIGNS[one.label]) : null;
  return el(
    "button",
    {
      type: "button",
      class: `button ${one.style}`,
      "aria-pressed": toggles ? String(one.pressed) : null,
      "aria-label": name,
      title: name,
      data: { action: one.action, spot },
      onclick: (event) => busy(event.currentTarget, () => press(one.action)),
    },
    withIcons(one.label),
  );
}

/** Numbered buttons keep a picture and are toggles also while they are up. */
function isNumbered(label) {
  return /^\d{1,2}$/.test(plain(label));
}

/** Shows a button as working until its work is done. */
export async function busy(node, work) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

/** The bar of emoji to tap; `react(emoji, added)` puts one on or takes it off. */
export function reactionBar(reactions, label, react) {
  if (!reactions.length) return null;
  return el("div", { class: "reactions", role: "group", "aria-label": label }, reactions.map((one) => reaction(one, react)));
}

function reaction({ emoji, count, mine }, react) {
  return el(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      "aria-label": count ? `${emoji} ${count}` : emoji,
      data: { reaction: emoji, spot: `r${emoji}` },
      onclick: (event) => busy(event.currentTarget, () => react(emoji, !mine)),
    },
    emojiIcon(emoji) ?? emoji,
    count > 0 && el("span", {}, String(count)),
  );
}
