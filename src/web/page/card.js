// One person of the cast. The card can be named, selected, opened, and dragged on another one.

import { h, picture } from "./dom.js";
import { room } from "./room.js";
import { nameField } from "./name_field.js";
import { giveName, proposeJoin } from "./changes.js";
import { clock, counted, duration } from "./words.js";

const kDragged = "application/x-dramatis-person";

export function card(person) {
  const key = `person-${person.id}`;
  const [first, ...others] = person.faces;
  const face = h("a", { class: "face", href: `#/person/${person.id}`, "data-focus": `${key}-face`, draggable: "false",
    "aria-label": `Look at ${person.shown_name}: ${duration(person.seconds)}, ${counted(person.shots, "shot")}` },
    first ? picture(room.face(first), "") : null);
  const node = h("li", { class: person.name ? "card" : "card unnamed", draggable: "true", "data-person": person.id,
    style: { "--person": person.colour } },
    h("label", { class: "pick" }, h("input", { type: "checkbox", "data-focus": `${key}-pick`, "aria-label": `Select ${person.shown_name}`,
      onchange: (event) => room.select(person.id, event.target.checked) })),
    face,
    h("div", { class: "more-faces", "aria-hidden": "true" }, others.map((track) => picture(room.face(track), ""))),
    nameField(person, { focusKey: `${key}-name`, onNamed: () => goOn(person) }),
    person.suggested && suggestion(person),
    h("p", { class: "facts" }, h("b", {}, duration(person.seconds)), ` · ${counted(person.shots, "shot")}`,
      h("span", { class: "span-of-film" }, `${clock(person.first_s)} – ${clock(person.last_s)}`)),
    person.unsure_tracks > 0 && h("a", { class: "pill unsure", href: `#/person/${person.id}` }, `${person.unsure_tracks} to check`));
  face.addEventListener("keydown", (event) => onCardKey(event, person, node));
  makeDraggable(node, person);
  return node;
}

/** Somebody brought a picture of a person who looks like this one. */
function suggestion(person) {
  const name = person.suggested;
  return h("div", { class: "suggestion" }, h("span", { class: "grow" }, "Is this ", h("b", {}, name), "?"),
    h("button", { "data-focus": `person-${person.id}-yes`, "aria-label": `Yes, this is ${name}`, title: "Yes: Y", class: "yes",
      onclick: async () => { if (await giveName(person, name)) goOn(person); } }, "Yes"),
    h("button", { "data-focus": `person-${person.id}-no`, "aria-label": `No, this is not ${name}`, title: "Forget this portrait", onclick: () => room.forgetPortrait(name) }, "No"));
}

function onCardKey(event, person, node) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " || event.key === "x") room.select(person.id);
  else if (event.key === "y") node.querySelector(".suggestion .yes")?.click();
  else if (event.key === "n" || event.key === "F2") node.querySelector(".name-button")?.click();
  else return;
  event.preventDefault();
}

/** Named: on to the next one without a name, so that naming is typing, Enter, typing, Enter. */
function goOn(named) {
  const id = room.today(named)?.id;
  const cards = [...document.querySelectorAll(".card")];
  const at = cards.findIndex((c) => Number(c.dataset.person) === id);
  const next = [...cards.slice(at + 1), ...cards.slice(0, at)].find((c) => c.classList.contains("unnamed"));
  (next ?? cards[at])?.querySelector(".name-button")?.focus();
}

function makeDraggable(node, person) {
  const holdsPerson = (event) => event.dataTransfer.types.includes(kDragged);
  node.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData(kDragged, String(person.id));
    event.dataTransfer.effectAllowed = "link";
    node.classList.add("dragged");
  });
  node.addEventListener("dragend", () => node.classList.remove("dragged"));
  node.addEventListener("dragover", (event) => {
    if (!holdsPerson(event) || node.classList.contains("dragged")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "link";
    node.classList.add("target");
  });
  node.addEventListener("dragleave", () => node.classList.remove("target"));
  node.addEventListener("drop", (event) => {
    node.classList.remove("target");
    const dragged = Number(event.dataTransfer.getData(kDragged));
    if (!dragged || dragged === person.id) return;
    event.preventDefault();
    const others = room.selected.has(dragged) ? [...room.selected].filter((id) => id !== person.id) : [dragged];
    proposeJoin([person.id, ...others]);
  });
}
