// What the bot writes, as nodes: emoji become icons, and the commands it mentions can be clicked.

import { el, unseen } from "./dom.js";
import { EMOJI_PATTERN, emojiIcon } from "./icons.js";

/** Makes a writer of lines that knows the commands; `onCommand` gets a clicked one as the text to type. */
export function writer(commands, onCommand) {
  const names = commands.map(({ name }) => name).sort((a, b) => b.length - a.length);
  const mention = new RegExp(`(?<![\\w/])/(?:${names.join("|")})(?![\\w/])`, "g");

  const link = (text, typed) => el("button", { class: "command", type: "button", onclick: () => onCommand(typed) }, text);

  /** Whether a line is one whole command with its options, and not a sentence about it. */
  const isCommand = (text) => text.search(mention) === 0 && text.includes(" --") && !/[.!?:]$/.test(text);

  /** The nodes of a line. */
  return function rich(text) {
    if (isCommand(text)) return [link(text, text)];
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(mention)) {
      nodes.push(withIcons(text.slice(from, match.index)), link(match[0], `${match[0]} `));
      from = match.index + match[0].length;
    }
    return [...nodes, withIcons(text.slice(from))];
  };
}

/** The nodes of a text with emoji as icons; the emoji themselves stay for copying and screen readers. */
export function withIcons(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(EMOJI_PATTERN)) {
    nodes.push(text.slice(from, match.index), emojiIcon(match[0]), unseen(match[0]));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

/** A text without the emoji in it, where there is no room for them. */
export const plain = (text) => text.replace(EMOJI_PATTERN, "").trim();
