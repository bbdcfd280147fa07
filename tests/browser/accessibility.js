// What a page lacks for people who hear it, or who see it badly: one line for each fault. Criteria of WCAG 2.2, AA.
() => {
  const faults = [];
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const called = (node) => `<${node.localName} class="${node.className.baseVal ?? node.className}">`;
  const dialog = document.querySelector("dialog[open]");
  const all = (selector) => [...(dialog ?? document).querySelectorAll(selector)].filter(isShown);

  const named = (node) =>
    node.getAttribute("aria-label") || [...(node.labels ?? [])].map((one) => one.textContent).join("").trim() ||
    node.textContent.trim() || [...node.querySelectorAll("img[alt]")].map((one) => one.alt).join("") || node.title;

  for (const image of all("img")) if (!image.hasAttribute("alt")) faults.push(`${called(image)} has no alt text`);
  for (const node of all("button, a[href], input, textarea, select, [role]:not([role=group], [role=status], [role=alert])"))
    if (!named(node)) faults.push(`${called(node)} has no name`);
  for (const node of all("[tabindex]")) if (node.tabIndex > 0) faults.push(`${called(node)} is out of the order of tabs`);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) faults.push(`#${id} is there twice`);
  for (const node of all("[aria-controls], [aria-activedescendant]"))
    for (const name of ["aria-controls", "aria-activedescendant"])
      if (node.hasAttribute(name) && !document.getElementById(node.getAttribute(name))) faults.push(`${called(node)} points nowhere`);
  if (!document.documentElement.lang) faults.push("the page has no language");
  if (document.querySelectorAll("h1").length !== 1) faults.push("the page has no single heading");

  // 2.5.8: 24 × 24 pixels to hit, except within a line of words
  for (const node of all("button:not(.command), a[href]:not(.skip), select")) {
    const { width, height } = node.getBoundingClientRect();
    if (width < 24 || height < 24) faults.push(`${called(node)} is only ${width} × ${height} pixels`);
  }

  // 1.4.3: letters stand out from what is behind them
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const over = (behind, colour) => {
    canvas.fillStyle = `rgb(${behind.join(" ")})`;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const ground = (node) => over(node.parentElement ? ground(node.parentElement) : [255, 255, 255], getComputedStyle(node).backgroundColor);
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const node of all("*")) {
    const hasWords = [...node.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim());
    if (!hasWords || node.closest("button:disabled, .unseen, .tile")) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(node);
    const behind = ground(node);
    const [low, high] = [light(behind), light(over(behind, color))].sort((a, b) => a - b);
    const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && fontWeight >= 700);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < (isLarge ? 3 : 4.5)) faults.push(`${called(node)} "${node.textContent.trim().slice(0, 30)}" has a contrast of ${contrast.toFixed(2)}`);
  }
  return faults;
}
