// Rows of buttons under a message, and its reactions.

import { el } from "./dom.js";
import { emojiIcon, EMOJI_PATTERN } from "./icons.js";
import { withIcons } from "./text.js";

/** The rows; `press(action)` sends a press and resolves when the bot has answered. */
export function buttonRows(rows, press) {
  if (!rows?.length) return null;
  const line = (row, y) => {
    const buttons = row.map((one, x) => button(one, press, `${y}.${x}`));
    return el("div", { class: "row-of-buttons", role: "group" }, buttons);
  };
  return el("div", { class: "rows" }, rows.map(line));
}

function button(one, press, spot) {
  const toggles = one.pressed || isNumbered(one.label);
  return el(
    "button",
    {
      type: "button",
      class: `button ${one.style}`,
      "aria-pressed": toggles ? String(one.pressed) : null,
      data: { action: one.action, spot },
      onclick: (event) => busy(event.currentTarget, () => press(one.action)),
    },
    withIcons(one.label),
  );
}

/** Numbered buttons keep a picture and are toggles also while they are up. */
function isNumbered(label) {
  return /^\d{1,2}$/.test(label.replace(EMOJI_PATTERN, "").trim());
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
