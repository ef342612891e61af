// Elements without markup: everything that is shown goes in as text, so no name can become more.

/** h("button", {class: "quiet", onclick: f, "aria-label": "…"}, "text", child, [more]) */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, to] of Object.entries(value)) element.style.setProperty(key, to);
    else if (name === "value" || name === "checked" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A picture that is fetched when it comes near, and leaves a calm grey if there is none. */
export function picture(src, alt, properties = {}) {
  return h("img", { src, alt, loading: "lazy", decoding: "async", draggable: "false", ...properties });
}

let lastId = 0;
export const newId = (word) => `${word}-${++lastId}`;

/** Whether a key pressed there is text, not a command. */
export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable ||
    target.matches("input:not([type=checkbox]):not([type=range]), textarea, select"));
}

/** Puts new content into a place; whoever had the focus (by data-focus) has it again. */
export function replaceKeepingFocus(place, ...content) {
  keepingFocus(place, () => place.replaceChildren(...content.flat(Infinity).filter(Boolean)));
}

export function keepingFocus(place, change) {
  const key = place.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  change();
  if (key && !place.contains(document.activeElement)) place.querySelector(`[data-focus="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

/** Makes these the children of a place; who stays where it is, is not touched. */
export function arrange(place, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...place.childNodes]) if (!wanted.has(child)) child.remove();
  let at = place.firstChild;
  for (const node of nodes) {
    if (at !== node && at?.nextSibling === node) at.remove(), (at = node); // that one goes further back
    if (at === node) at = at.nextSibling;
    else place.insertBefore(node, at);
  }
}
