// A form of the bot as a card in the chat; what was typed survives when the card is drawn again.

import { busy } from "./buttons.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { withIcons } from "./text.js";
import { words } from "./words.js";

const FEW = 5;
const PHOTOS = "image/*,.heic,.heif";

/** The card of a form body; `fill(fields, files)` sends it and resolves to whether it arrived. */
export function formCard(body, fill, limits) {
  const id = (field) => `field-${body.id}-${field.name}`;
  const card = el("form", { class: "card", data: { form: body.id }, "aria-label": body.title, onsubmit: submit }, [
    el("p", { class: "card-title" }, withIcons(body.title)),
    body.fields.map((field) => el("div", { class: "field", data: { field: field.name } }, control(field, id(field), limits))),
    el("button", { class: "button primary", data: { spot: "send" } }, withIcons(body.send)),
  ]);

  function submit(event) {
    event.preventDefault();
    const data = new FormData(card);
    const fields = {};
    const files = [];
    for (const field of body.fields) {
      if (field.kind === "photos") files.push(...data.getAll(field.name).filter((file) => file.name));
      else fields[field.name] = String(data.get(field.name) ?? "");
    }
    busy(card.querySelector("button.primary"), () => fill(fields, files));
  }
  return card;
}

function control(field, id, limits) {
  const common = { id, name: field.name, required: field.required && field.kind !== "photos" };
  switch (field.kind) {
    case "words":
      return [label(field, id), el("textarea", { ...common, rows: 3, maxlength: field.longest, data: { spot: field.name } }, field.value)];
    case "choice":
      return field.choices.length <= FEW ? radios(field, id) : [label(field, id), select(field, common)];
    case "photos":
      return [label(field, id), photos(field, common, limits)];
    default:
      return [label(field, id), el("input", { ...common, value: field.value, maxlength: field.longest, autocomplete: "off", data: { spot: field.name } })];
  }
}

function label(field, id) {
  return el("label", { for: id }, withIcons(field.label), field.required ? null : el("small", {}, ` ${words("web-optional")}`));
}

function select(field, common) {
  const empty = field.value ? null : el("option", { value: "" }, "");
  const options = field.choices.map((one) => el("option", { value: one.value, selected: one.value === field.value }, one.label));
  return el("select", { ...common, data: { spot: field.name } }, empty, options);
}

function radios(field, id) {
  return el("fieldset", {}, [
    el("legend", {}, withIcons(field.label), field.required ? null : el("small", {}, ` ${words("web-optional")}`)),
    field.choices.map((one, index) =>
      el("label", { class: "radio", for: `${id}-${index}` }, [
        el("input", {
          type: "radio", id: `${id}-${index}`, name: field.name, value: one.value, required: field.required,
          checked: one.value === field.value, data: { spot: `${field.name}.${index}` },
        }),
        el("span", {}, withIcons(one.label)),
      ]),
    ),
  ]);
}

function photos(field, common, limits) {
  const chosen = el("span", { class: "chosen" });
  const show = (event) => {
    const files = [...event.currentTarget.files];
    const many = files.length > limits.photos;
    event.currentTarget.setCustomValidity(many ? words("web-photos-at-most", { most: limits.photos }) : "");
    chosen.textContent = files.map((file) => file.name).join(", ");
  };
  const kind = { type: "file", multiple: true, accept: PHOTOS, class: "unseen", required: field.required };
  const input = el("input", { ...common, ...kind, data: { spot: field.name }, onchange: show });
  const face = { class: "button", for: common.id, "aria-hidden": "true" };
  return el("span", { class: "photo-field" }, input, el("label", face, icon("picture"), words("web-choose-photos")), chosen);
}
