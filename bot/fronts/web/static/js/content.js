// What stands in a bubble, for each kind of message.

import { pictureUrl } from "./api.js";
import { buttonRows } from "./buttons.js";
import { el } from "./dom.js";
import { formCard } from "./form.js";
import { icon } from "./icons.js";
import { pictureGrid } from "./pictures.js";
import { progress } from "./progress.js";
import { plain, unbroken } from "./text.js";
import { words } from "./words.js";

/** The content of an entry; `old` is what stood there before, `chat` the parts of the page. */
export function content(entry, chat, old = null) {
  const { body, id } = entry;
  const press = (action) => chat.outbox.press(id, action);
  const grid = () => pictureGrid(body.pictures, (index) => chat.lightbox.open(id, index), old);
  const buttons = () => buttonRows(body.buttons, press);
  const lines = () => paragraphs(body.lines, chat);
  switch (body.kind) {
    case "person":
      return person(entry, chat);
    case "say":
      return el("div", { class: `say ${body.tone}`, role: alertRole(entry) }, toned(body.tone, lines()), buttons());
    case "show":
      return el("div", { class: "show" }, lines(), grid(), details(body.details, chat), buttons());
    case "ask":
      return el("div", { class: "ask" }, lines(), grid(), buttons());
    case "form":
      return formCard(body, (fields, files) => chat.outbox.fill(body.id, fields, files), chat.limits);
    case "progress":
      return progress(body, { lines: lines(), press, old });
    case "document":
      return el("div", { class: "document" }, lines(), download(body));
    default:
      return el("div", {}, words("web-unreadable"));
  }
}

/** One line of words that stands for the whole message, in quotes and notices. */
export function gist(body) {
  if (body.kind === "person") return body.text || body.photos.join(", ");
  return plain(body.title ?? body.lines?.[0] ?? "");
}

/** Errors are read out at once when they happen, not when an old chat is opened. */
const alertRole = ({ body, fresh }) => (body.tone === "error" && fresh ? "alert" : null);

function paragraphs(lines, chat) {
  return lines.filter(Boolean).map((line) => el("p", { class: "line" }, chat.rich(line)));
}

function toned(tone, lines) {
  const name = { error: "warning", good: "check" }[tone];
  return name ? el("div", { class: "toned" }, icon(name, "tone"), el("div", {}, lines)) : lines;
}

function details(lines, chat) {
  return lines.length ? el("ul", { class: "details" }, lines.map((line) => el("li", {}, chat.rich(line)))) : null;
}

function download(body) {
  return el("a", { class: "file", href: pictureUrl(body.file, "original"), download: body.name, data: { file: body.file } }, [
    icon("file"),
    el("span", {}, body.name),
    icon("download"),
  ]);
}

function person(entry, chat) {
  const { text, photos, reply_to } = entry.body;
  return el("div", { class: "said" }, quoted(reply_to, chat), sentPhotos(entry, photos, chat), text && el("p", { class: "line" }, unbroken(text)));
}

function quoted(id, chat) {
  const answered = id && chat.store.get(id);
  if (!id) return null;
  const said = (answered && gist(answered.body)) || words("web-a-message");
  return el("button", { type: "button", class: "quoted", onclick: () => chat.thread.reveal(id) }, icon("reply"), el("span", {}, said));
}

/** Photos sent from this page are shown; of others only the file names are known. */
function sentPhotos(entry, names, chat) {
  if (!names.length) return null;
  const seen = chat.outbox.previews(entry.id);
  const photo = (name, index) => (seen ? preview(seen[index], () => chat.lightbox.open(entry.id, index)) : chip(name));
  return el("div", { class: "sent-photos" }, names.map(photo));
}

function preview(photo, open) {
  const image = el("img", { src: photo.url, alt: photo.alt, onerror: () => button.replaceWith(chip(photo.alt)) });
  const data = { picture: photo.id, spot: `p${photo.id}` };
  const button = el("button", { type: "button", class: "sent-photo", data, onclick: open }, image);
  return button;
}

const chip = (name) => el("span", { class: "chip" }, icon("clip"), name);
