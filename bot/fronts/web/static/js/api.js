// The server's small API.

/** The server answered and refused; `message` is its sentence for the reader. */
export class Refused extends Error {}

/** The server was not reached, or cannot answer now: the same request may be sent again. `message` says why, or nothing. */
export class Unreachable extends Error {}

const AWAY = [502, 503, 504];

export const fetchSession = () => ask("/api/session");
export const fetchCatalogue = async () => (await ask("/api/catalogue")).commands;
export const fetchHistory = (before) => ask(`/api/history${before ? `?before=${encodeURIComponent(before)}` : ""}`);

export async function fetchSuggestions(command, option, typed, signal) {
  const query = new URLSearchParams({ command, option, typed });
  return (await ask(`/api/suggest?${query}`, { signal })).options;
}

export const postGreeting = (event) => ask("/api/greeting", { method: "POST", body: JSON.stringify(event) });

/** Sends one event, with its photos if there are any. */
export function postEvent(event, files = []) {
  if (!files.length) return ask("/api/events", { method: "POST", body: JSON.stringify(event) });
  const form = new FormData();
  form.append("event", JSON.stringify(event));
  for (const file of files) form.append("photo", file, file.name || "photo");
  return ask("/api/events", { method: "POST", body: form });
}

export function pictureUrl(id, size) {
  return `/pictures/${encodeURIComponent(id)}/${size}`;
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Unreachable("");
  }
  if (response.status === 401) return leave();
  const answer = await response.json().catch(() => ({}));
  if (AWAY.includes(response.status)) throw new Unreachable(answer.error ?? "");
  if (!response.ok) throw new Refused(answer.error ?? response.statusText);
  return answer;
}

/** The session is over: open the sign-in page; the promise never settles, so that no caller goes on. */
function leave() {
  location.assign("/sign-in");
  return new Promise(() => {});
}
