// Icons as strokes on a 24 × 24 field; they also stand for the emoji the bot uses, alike on every machine.

const SVG = "http://www.w3.org/2000/svg";
const RING = "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17z";

const PATHS = {
  again: "M4 12a8 8 0 0 1 13.7-5.6L20 8.7M20 4v4.7h-4.7M20 12a8 8 0 0 1-13.7 5.6L4 15.3M4 20v-4.7h4.7",
  ballot: "M4 12.5h16V20H4zM8 12.5V4h8v8.5M10 8.2l1.5 1.5L14.2 7",
  ban: `${RING}M6 6l12 12`,
  bin: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5",
  box: "M4 8l8-4.5L20 8v8.5l-8 4.5-8-4.5zM4 8l8 4.5L20 8M12 12.5V21",
  book: "M5 4.5h11a3 3 0 0 1 3 3v12H8a3 3 0 0 1-3-3zM5 16.5a3 3 0 0 1 3-3h11",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.2 3.2 0 1 0 0-6.4a3.2 3.2 0 0 0 0 6.4z",
  chat: "M4.5 5h15v11.5H11l-4.5 3.5v-3.5h-2z",
  check: "M5 12.8l4.6 4.6L19.2 7.5",
  clip: "M20 11.5l-8 8a5.2 5.2 0 0 1-7.3-7.3l8.3-8.3a3.5 3.5 0 0 1 4.9 4.9l-8.1 8.1a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3",
  clock: `${RING}M12 7.5V12l3 2`,
  copy: "M9 9h10.5v11H9zM15 9V4.5H4.5v11H9",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  door: "M13.5 4.5h-8v15h8M10 12h10M16.5 8.5L20 12l-3.5 3.5",
  down: "M12 5v14M5.5 12.5L12 19l6.5-6.5",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5",
  flag: "M6 21V4.5h12.5l-3 4 3 4H6",
  gear: "M4 7.5h8M18 7.5h2M15 10a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5zM4 16.5h2M12 16.5h8M9 19a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5z",
  hand: "M8 12V6.5a1.5 1.5 0 0 1 3 0V11M11 10.5v-5a1.5 1.5 0 0 1 3 0V11M14 11V7a1.5 1.5 0 0 1 3 0v7.5a6 6 0 0 1-6 6c-2.5 0-4-1.2-5.2-3.3L3.9 14a1.5 1.5 0 0 1 2.6-1.5L8 14.5V12",
  horn: "M4 10v4h3l8 4.5V5.5L7 10zM18.5 9.5a4 4 0 0 1 0 5",
  heart: "M12 20c-4-2.7-8-6-8-10.3A4.2 4.2 0 0 1 12 7.5a4.2 4.2 0 0 1 8 2.2C20 14 16 17.3 12 20z",
  info: `${RING}M12 11v5.5M12 7.7v.01`,
  left: "M14.5 5l-7 7 7 7",
  link: "M10.5 13.5a3.8 3.8 0 0 0 5.4 0l3-3a3.8 3.8 0 0 0-5.4-5.4l-1.2 1.2M13.5 10.5a3.8 3.8 0 0 0-5.4 0l-3 3a3.8 3.8 0 0 0 5.4 5.4l1.2-1.2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  mail: "M3.5 6h17v12.5h-17zM3.5 7.5l8.5 6 8.5-6",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  palette: "M12 3.5a8.5 8.5 0 1 0 0 17c1.7 0 2.2-1.2 1.7-2.3-.7-1.6.3-2.9 2-2.9h2.1c1.6 0 2.7-1.2 2.7-2.8 0-5-3.8-9-8.5-9zM7.5 12.5v.01M9.5 8v.01M14.5 8v.01",
  pencil: "M4 20l1-4.5L15.8 4.7a2 2 0 0 1 2.8 0l.7.7a2 2 0 0 1 0 2.8L8.5 19zM13.5 7l3.5 3.5",
  person: "M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8zM4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6",
  picture: "M4 5h16v14H4zM4 16.5l4.5-5 4 4.5 3-3 4.5 4M15.5 9.2v.01",
  plus: "M12 5v14M5 12h14",
  question: `${RING}M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7M12 16.6v.01`,
  reply: "M10 6.5L4.5 12l5.5 5.5M4.5 12H14a6 6 0 0 1 6 6v1",
  onward: "M5.5 5.5l8 6.5-8 6.5zM18 5.5v13",
  right: "M9.5 5l7 7-7 7",
  search: "M11 18a7 7 0 1 0 0-14a7 7 0 0 0 0 14zM16 16l4.5 4.5",
  send: "M12 19.5v-15M5.5 11L12 4.5l6.5 6.5",
  spark: "M12 3.5l1.9 5.6 5.6 1.9-5.6 1.9L12 18.5l-1.9-5.6L4.5 11l5.6-1.9zM19 17v4M17 19h4",
  star: "M12 3.5l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.1 6.7 20l1.1-6L3.4 9.8l6-.8z",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9a4.5 4.5 0 0 0 0 9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  thumb: "M8 11v9H4.5v-9zM8 11l3.5-7.5c1.7 0 2.8 1.3 2.5 2.9L13.3 10h4.9a2 2 0 0 1 2 2.4l-1.2 5.9a2.2 2.2 0 0 1-2.2 1.7H8",
  card: "M3.5 6h17v12.5h-17zM3.5 10h17M7 14.5h4",
  deck: "M7 7.5h13V20H7zM4 16.5V4h12.5",
  key: "M14.5 14a5 5 0 1 0-4.8-3.6L4 16v4h4v-2.5h2.5V15l.9-.9a5 5 0 0 0 3.1-.1zM15.5 8.5v.01",
  stone: "M6.5 20V9a5.5 5.5 0 0 1 11 0v11M4 20h16M12 8.5v5M10 10.5h4",
  wrench: "M14.6 6.2a4.4 4.4 0 0 1 5-1.5L16.8 7.5l.4 2.3 2.3.4 1.9-2.3a4.4 4.4 0 0 1-6.2 4.9L8.2 19.8a2.1 2.1 0 0 1-3-3l7-7a4.4 4.4 0 0 1 2.4-3.6z",
  undo: "M8.5 5L4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3.5",
  up: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  warning: "M12 4.5L21 19.5H3zM12 10.5v4M12 17v.01",
};

const FULL = new Set(["star", "heart"]);

/** Emoji (without variation selector) to icon and tone. */
const EMOJI = {
  "✅": ["check", "good"], "☑": ["check", "good"], "✔": ["check", "good"], "👍": ["thumb", "good"],
  "❌": ["cross", "bad"], "✖": ["cross", ""], "✕": ["cross", ""], "👎": ["thumb", "bad", "turned"], "🚫": ["ban", "bad"],
  "⭐": ["star", "best"], "🌟": ["star", "best"], "❤": ["heart", "bad"],
  "✉": ["mail", ""], "📧": ["mail", ""], "📭": ["mail", ""], "🔁": ["again", ""], "🔄": ["again", ""], "🎨": ["palette", ""],
  "✏": ["pencil", ""], "📝": ["pencil", ""], "ℹ": ["info", ""], "📎": ["clip", ""], "🗑": ["bin", ""],
  "➕": ["plus", ""], "👤": ["person", ""], "🙂": ["person", ""], "↩": ["undo", ""], "⬅": ["left", ""], "◀": ["left", ""],
  "➡": ["right", ""], "▶": ["right", ""], "⏭": ["onward", ""], "⬆": ["up", ""], "↰": ["up", ""], "⬇": ["download", ""], "🔒": ["lock", ""],
  "🖼": ["picture", ""], "⚙": ["gear", ""], "⏳": ["clock", ""], "⌛": ["clock", ""], "⏱": ["clock", ""], "⚠": ["warning", "best"],
  "📷": ["camera", ""], "📸": ["camera", ""], "🔍": ["search", ""], "🔎": ["search", ""], "✨": ["spark", ""], "🎉": ["spark", ""],
  "💬": ["chat", ""], "📁": ["file", ""], "📄": ["file", ""], "❓": ["question", ""], "📚": ["book", ""], "👋": ["hand", ""],
  "🙋": ["hand", ""], "📦": ["box", ""], "🗳": ["ballot", ""], "🔗": ["link", ""], "🚩": ["flag", "bad"],
  "🗂": ["deck", ""], "🔑": ["key", "best"], "💳": ["card", "best"], "🪦": ["stone", "bad"], "✋": ["hand", "bad"], "📣": ["horn", ""], "⛔": ["ban", "bad"], "🔧": ["wrench", ""],
};

export const EMOJI_PATTERN = new RegExp(`(?:${Object.keys(EMOJI).join("|")})\\uFE0F?`, "gu");

/** An icon by name; it is decoration, so what it means must stand beside it or in a label. */
export function icon(name, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon ${FULL.has(name) ? "full" : ""} ${extra}`.trim());
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  if (extra.includes("turned")) path.setAttribute("transform", "rotate(180 12 12)");
  svg.append(path);
  return svg;
}

/** The icon of an emoji, or null for one we draw none for. */
export function emojiIcon(emoji) {
  const found = EMOJI[emoji.replace("\uFE0F", "")];
  return found ? icon(found[0], `emoji ${found.slice(1).join(" ")}`) : null;
}

/** Puts the icon into every element that asks for one by data-icon. */
export function dressIcons(root = document) {
  for (const node of root.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
}
