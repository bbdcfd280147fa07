// What the bot writes, as nodes: emoji become icons, and the commands it mentions can be clicked.

import { copier } from "./copier.js";
import { el, unseen } from "./dom.js";
import { EMOJI_PATTERN, emojiIcon } from "./icons.js";

const BAR = /^[▰▱]{2,}/;
/** What is drawn instead of written: emoji, and bars made of cells. */
const DRAWN = new RegExp(`${EMOJI_PATTERN.source}|[▰▱]{2,}`, "gu");

/** Makes a writer of lines that knows the commands; `onCommand` gets a clicked one as the text to type. */
export function writer(commands, onCommand) {
  const names = commands.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const mention = new RegExp(`(?<![\\w/])/(?:${names.join("|")})(?![\\w/])`, "g");

  const link = (text, typed) => el("button", { class: "command", type: "button", onclick: () => onCommand(typed) }, text);

  /** A command to send as it is, or to keep elsewhere. */
  const ready = (text) => el("span", { class: "ready" }, link(unbroken(text), text), copier(text));

  /** The nodes of a line. */
  return function rich(text) {
    const whole = wholeCommand(text, mention);
    if (whole?.hasOptions) return [withIcons(text.slice(0, whole.from)), ready(whole.text)];
    if (whole) return [withIcons(text.slice(0, whole.from)), link(whole.text, whole.text), withIcons(text.slice(whole.to))];
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(mention)) {
      nodes.push(withIcons(text.slice(from, match.index)), link(match[0], `${match[0]} `));
      from = match.index + match[0].length;
    }
    return [...nodes, withIcons(text.slice(from))];
  };
}

/** A text whose options do not break behind their dashes. */
export const unbroken = (text) => text.split(/(--[\w-]{1,20}(?![\w-]))/).map((part, at) => (at % 2 ? el("span", { class: "unbroken" }, part) : part));

/**
 * The command with its words that a line is, or that it ends with after a colon, as `{text, from, to,
 * hasOptions}`; or null where the line only speaks about commands. What stands in brackets after an example is no part of it.
 */
function wholeCommand(text, mention) {
  const [match, another] = text.matchAll(mention);
  if (!match || another) return null;
  const tail = text.slice(match.index);
  const hasOptions = tail.includes(" --");
  if (!/:\s$/.test(text.slice(0, match.index)) && !(match.index === 0 && hasOptions)) return null;
  const command = hasOptions ? tail : tail.replace(/\s\([^()]*\)$/, "");
  if (command === match[0] || /[.!?:]$/.test(command)) return null;
  return { text: command, from: match.index, to: match.index + command.length, hasOptions };
}

/** The nodes of a text with emoji as icons; the emoji themselves stay for copying and screen readers. */
export function withIcons(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(DRAWN)) {
    nodes.push(text.slice(from, match.index), drawn(match[0]));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

/** A text without the emoji in it, where there is no room for them. */
export const plain = (text) => text.replace(DRAWN, "").trim();

const drawn = (signs) => (BAR.test(signs) ? meter(signs) : [emojiIcon(signs), unseen(signs)]);

/** A bar of cells, full ones first; what it measures stands beside it in words. */
function meter(cells) {
  const bar = el("span", { class: "meter", "aria-hidden": "true" });
  bar.style.setProperty("--share", String([...cells].filter((cell) => cell === "▰").length / cells.length));
  return bar;
}
