// Building elements without a framework.

/**
 * An element of the page: functions named on… are listeners, `data` fills the dataset, `class` and the rest are
 * attributes (true: present, false or null: left out). Children may be nodes, strings, arrays, or nothing.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else node.setAttribute(name, value === true ? "" : value);
}

/** The element with that id, which the page's HTML promises. */
export const byId = (id) => document.getElementById(id);

/** Words for screen readers only. */
export const unseen = (text) => el("span", { class: "unseen" }, text);

/**
 * Puts fresh content in the place of old content, keeping the focus on the same spot: elements that may hold it
 * carry a `data-spot` unique within the content.
 */
export function swap(old, fresh) {
  const spot = old.contains(document.activeElement) ? document.activeElement.dataset.spot : null;
  old.replaceWith(fresh);
  if (spot) fresh.querySelector(`[data-spot="${CSS.escape(spot)}"]`)?.focus({ preventScroll: true });
}
