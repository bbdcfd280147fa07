// The page's own words in the reader's language; the server sends them once at the start.

let table = {};

export function setWords(words) {
  table = Object.freeze({ ...words });
}

/** The words of a key, with {name} placeholders filled in. */
export function words(key, args = {}) {
  return (table[key] ?? key).replace(/\{([a-z]+)\}/g, (whole, name) => args[name] ?? whole);
}
