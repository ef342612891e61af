// What can be done with the persons that are selected.

import { h, isTyping, picture } from "./dom.js";
import { room } from "./room.js";
import { proposeIgnore, proposeJoin, proposePicture } from "./changes.js";
import { counted, duration } from "./words.js";

export function selectionBar(place) {
  function show() {
    const people = [...room.selected].map((id) => room.person(id)).filter(Boolean);
    place.hidden = people.length === 0;
    if (!people.length) return place.replaceChildren();
    const ids = people.map((p) => p.id);
    const ignored = people.every((p) => p.ignored), pictures = people.every((p) => p.kind === "picture");
    const total = people.reduce((sum, p) => sum + p.seconds, 0);
    place.replaceChildren(h("div", { class: "selection-bar", role: "toolbar", "aria-label": "Selected persons" },
      h("div", { class: "selected-faces", "aria-hidden": "true" }, people.slice(0, 8).map((p) => p.faces[0] ? picture(room.face(p.faces[0]), "") : null)),
      h("span", { class: "grow" }, `${counted(people.length, "person", "persons")}, ${duration(total)}`),
      h("button", { class: "main", disabled: people.length < 2, onclick: () => proposeJoin(ids) }, "Join ", h("kbd", {}, "J")),
      h("button", { onclick: () => proposeIgnore(ids, !ignored) }, ignored ? "Count again " : "Ignore ", h("kbd", {}, "I")),
      h("button", { onclick: () => proposePicture(ids, !pictures) }, pictures ? "Real after all " : "Picture ", h("kbd", {}, "P")),
      h("button", { class: "quiet", onclick: () => room.selectNone() }, "Clear ", h("kbd", {}, "Esc"))));
  }
  room.addEventListener("selection", show);
  addEventListener("keydown", (event) => {
    if (!room.selected.size || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = { j: 0, i: 1, p: 2 }[event.key.toLowerCase()];
    if (button === undefined) return;
    event.preventDefault();
    place.querySelectorAll("button")[button].click();
  });
  addEventListener("hashchange", () => room.selectNone());
  show();
}
