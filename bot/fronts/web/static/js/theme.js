// Light or dark: the system's choice until the reader makes one, which this browser remembers.

import { icon } from "./icons.js";

const DARK = matchMedia("(prefers-color-scheme: dark)");

export function bindTheme(button) {
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : DARK.matches);
  const show = () => {
    button.replaceChildren(icon(isDark() ? "sun" : "moon"));
    button.setAttribute("aria-pressed", String(isDark()));
    const ground = getComputedStyle(document.body).backgroundColor;
    document.querySelector("meta[name=theme-color]").content = ground;
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    show();
  });
  DARK.addEventListener("change", show);
  addEventListener("storage", (event) => {
    if (event.key !== "theme") return;
    root.dataset.theme = event.newValue ?? "";
    show();
  });
  show();
}
