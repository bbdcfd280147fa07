// What may follow in a typed command, as pure functions of the text before the caret.

const FLAG_VALUES = ["on", "off"];
/** Kinds whose values the server knows. */
const REMOTE = new Set(["persona", "model", "command"]);
const OPTION = /(?:^|\s)(?:--|[–—]-?)([\w-]*)$/;
const VALUE = /(?:^|\s)(?:--|[–—]-?)([\w-]+)(?:\s+|\s*=\s*)("[^"]*|\S*)$/;

/**
 * What can be completed at the end of `head`, or null: `{from, typed, items, remote, eager, bare}`. `from` is where the
 * completed part begins, `items` what fits, `remote` the option to ask the server about, `eager` whether Enter takes
 * the first one (else it sends), `bare` whether values need no quotes.
 */
export function complete(head, commands) {
  if (!head.startsWith("/") || head.includes("\n")) return null;
  const command = commandOf(head, commands);
  if (!command) return commandNames(head.slice(1), commands);
  const rest = head.slice(command.name.length + 2);
  const start = head.length - rest.length;
  return valueOf(rest, start, command) ?? optionNames(rest, start, command) ?? positional(rest, start, command);
}

/** The longest command that the text begins with, once a space follows it. */
function commandOf(head, commands) {
  const lower = head.toLowerCase();
  const fitting = commands.filter(({ name }) => lower.startsWith(`/${name} `));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function commandNames(typed, commands) {
  const wanted = typed.toLowerCase();
  if (commands.some(({ name }) => name === wanted)) return null;
  const leading = commands.filter(({ name }) => name.startsWith(wanted));
  const others = commands.filter(({ name }) => !name.startsWith(wanted) && wanted && name.includes(wanted));
  const items = [...leading, ...others].map(({ name, description }) => ({ text: `/${name} `, label: `/${name}`, hint: description }));
  return items.length ? { from: 0, typed, items, eager: true } : null;
}

function optionNames(rest, start, command) {
  const match = rest.match(OPTION);
  if (!match && rest.trim()) return null;
  if (!match && command.options.find((one) => one.positional && REMOTE.has(one.kind))) return null;
  const typed = match?.[1].toLowerCase() ?? "";
  const used = new Set([...rest.slice(0, match?.index ?? 0).matchAll(/(?:--|[–—]-?)([\w-]+)/g)].map((one) => one[1]));
  const items = command.options
    .filter(({ name, kind, positional }) => kind !== "photos" && !positional && !used.has(name) && name.startsWith(typed) && name !== typed)
    .map(({ name, description }) => ({ text: `--${name} `, label: `--${name}`, hint: description }));
  const from = match ? start + match.index + match[0].search(/[-–—]/) : start;
  return items.length ? { from, typed, items, eager: Boolean(match) } : null;
}

function valueOf(rest, start, command) {
  const match = rest.match(VALUE);
  const option = match && command.options.find(({ name }) => name === match[1].toLowerCase());
  if (!option) return null;
  return values(option, match[2].replace(/^"/, ""), start + rest.length - match[2].length, command);
}

/** The words that need no option, where the server knows them: `/persona show mi…`. */
function positional(rest, start, command) {
  const option = command.options.find((one) => one.positional && REMOTE.has(one.kind));
  return option && !rest.includes("--") ? { ...values(option, rest, start, command), bare: true } : null;
}

function values(option, typed, from, command) {
  if (REMOTE.has(option.kind)) {
    return { from, typed, items: [], remote: { command: command.name, option: option.name }, eager: true };
  }
  const all = option.kind === "flag" ? FLAG_VALUES.map((value) => ({ value, label: "" })) : option.choices;
  const wanted = typed.toLowerCase();
  if (all.some(({ value }) => value.toLowerCase() === wanted)) return null;
  const items = all.filter(({ value, label }) => value.toLowerCase().startsWith(wanted) || label.toLowerCase().startsWith(wanted));
  const eager = option.kind !== "flag" || typed !== "";
  return items.length ? { from, typed, items: items.map((item) => valueItem(item)), eager } : null;
}

/** A value as an item; after an option, one with spaces is put in quotes. */
export function valueItem({ value, label }, bare = false) {
  const text = /\s/.test(value) && !bare ? `"${value}" ` : `${value} `;
  return { text, label: value, hint: withoutRepeat(label.replace(/^\//, ""), value) };
}

/** A label says no more what the value beside it says already. */
function withoutRepeat(label, value) {
  return label.toLowerCase().startsWith(value.toLowerCase()) ? label.slice(value.length).trim() : label;
}
