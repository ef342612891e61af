// A word on what happened, for a while, with a way back.

import { h } from "./dom.js";

const kShownMs = 7000;

export function notice(sentence, { notes = [], undo = null, bad = false } = {}) {
  const place = document.getElementById("notices");
  const box = h("div", { class: bad ? "notice bad" : "notice" },
    h("div", {}, h("p", {}, sentence), notes.map((note) => h("p", { class: "note" }, note))),
    undo && h("button", { class: "quiet", onclick: () => { box.remove(); undo(); } }, "Undo"),
    h("button", { class: "quiet close", "aria-label": "Dismiss", onclick: () => box.remove() }, "×"));
  // One at a time: "Undo" means the last thing that was done, and must not stand beside another.
  place.replaceChildren(box);
  setTimeout(() => box.remove(), kShownMs);
}
