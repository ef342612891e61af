// A name that can be changed where it stands, completed from the names that are known.

import { h, newId } from "./dom.js";
import { room } from "./room.js";
import { giveName } from "./changes.js";

const kShown = 8;

/** Names that start with what was typed, then those with a word that does, then those that hold it. */
export function completions(typed, names) {
  const wanted = typed.trim().toLocaleLowerCase();
  if (!wanted) return names.slice(0, kShown);
  const rank = (name) => {
    const lower = name.toLocaleLowerCase();
    if (lower.startsWith(wanted)) return 0;
    if (lower.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
    return lower.includes(wanted) ? 2 : 3;
  };
  return names.map((name) => [rank(name), name]).filter(([r]) => r < 3)
    .sort((a, b) => a[0] - b[0]).slice(0, kShown).map(([, name]) => name);
}

export function nameField(person, { focusKey, onNamed = () => {} }) {
  const field = h("div", { class: "name" });
  const showButton = (focus = false) => {
    const button = h("button", { class: person.name ? "name-button" : "name-button nameless", "data-focus": focusKey,
      "aria-label": person.name ? `${person.name}. Change the name` : `${person.shown_name} has no name. Name it`, onclick: edit },
      person.name || person.shown_name);
    field.replaceChildren(button);
    if (focus) button.focus();
  };
  function edit() {
    const input = nameInput(person.name, `Name of ${person.shown_name}`, {
      onDone: async (name) => {
        showButton(true);
        if (name !== person.name && (await giveName(person, name))) onNamed();
      },
      onLeave: (byKey) => showButton(byKey),
    });
    field.replaceChildren(input);
    input.querySelector("input").select();
    input.querySelector("input").focus();
  }
  showButton();
  return field;
}

/** The combobox itself (WAI-ARIA pattern: an editable combobox with a list). */
export function nameInput(value, label, { onDone, onLeave, names = () => room.knownNames() }) {
  const listId = newId("names");
  let offered = [], at = -1, done = false;
  const list = h("ul", { class: "offers", role: "listbox", id: listId, "aria-label": "Known names", hidden: true });
  const input = h("input", { type: "text", role: "combobox", value, "aria-label": label, "aria-autocomplete": "list",
    "aria-controls": listId, "aria-expanded": "false", autocomplete: "off", spellcheck: "false", maxlength: 200,
    placeholder: "Name" });

  const finish = (action) => { if (!done) { done = true; action(); } };
  const mark = () => {
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", list.children[at].id);
    else input.removeAttribute("aria-activedescendant");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const offer = () => {
    offered = completions(input.value, names()).filter((name) => name !== value);
    at = -1;
    list.replaceChildren(...offered.map((name) => h("li", { role: "option", id: newId("name"), "aria-selected": "false",
      onpointerdown: (event) => { event.preventDefault(); finish(() => onDone(name)); } }, name)));
    list.hidden = offered.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  input.addEventListener("input", offer);
  input.addEventListener("focus", offer);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length) {
      at = (at + step + (at < 0 && step < 0 ? 1 : 0) + offered.length) % offered.length;
      mark();
    } else if (event.key === "Tab" && at < 0 && offered.length && input.value.trim() && offered[0] !== input.value && !event.shiftKey) {
      input.value = offered[0];
      offer();
    } else if (event.key === "Enter") finish(() => onDone(at >= 0 ? offered[at] : input.value.trim()));
    else if (event.key === "Escape") finish(() => onLeave(true));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => setTimeout(() => {
    const typed = input.value.trim();
    finish(() => (typed && typed !== value ? onDone(typed) : onLeave(false)));
  }, 0));
  return h("div", { class: "name-input" }, input, list);
}
