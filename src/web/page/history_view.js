// Everything that was said of this film, and when; any of it can be taken back.

import { h, replaceKeepingFocus } from "./dom.js";
import { get } from "./api.js";
import { buttons, dialog } from "./dialogs.js";
import { room } from "./room.js";
import { ago, counted } from "./words.js";

export function historyView(place) {
  const list = h("ol", { class: "history", reversed: true });
  const empty = h("p", { class: "empty" }, "Nothing was said yet. Whatever you name, join or answer is listed here, and can be taken back.");

  async function takeBack(entries, upTo) {
    const later = entries.filter((entry) => entry.in_force && entry.sequence >= upTo.sequence);
    const agreed = later.length === 1 || (await dialog(`Take back ${counted(later.length, "decision")}?`, (close) => [
      h("ul", { class: "notes" }, later.slice(0, 10).map((entry) => h("li", {}, entry.what))),
      later.length > 10 && h("p", { class: "about" }, `and ${later.length - 10} more`),
      h("p", { class: "about" }, "Redo brings them back, one by one."),
      buttons(h("button", { onclick: () => close(false) }, "Cancel"), h("button", { class: "main", autofocus: true, onclick: () => close(true) }, "Take back")),
    ]));
    for (let i = 0; agreed && i < later.length; ++i) if (!(await room.undo())) break;
  }

  async function show() {
    const { entries } = await get("/api/history");
    empty.hidden = entries.length > 0;
    replaceKeepingFocus(list, entries.map((entry) => h("li", { class: entry.what && !entry.in_force ? "taken-back" : "" },
      h("time", { datetime: entry.time }, ago(entry.time)),
      h("span", { class: "grow" }, entry.what ?? `${entry.kind === "undo" ? "Took back" : "Did again"} number ${entry.about}.`),
      h("span", { class: "number" }, `${entry.sequence}`),
      entry.in_force ? h("button", { class: "quiet", "data-focus": `back-${entry.sequence}`, onclick: () => takeBack(entries, entry) }, "Back to before this")
        : h("span", { class: "dim" }, entry.what ? "taken back" : ""))));
  }
  place.append(h("h1", { class: "group-title" }, "History"), empty, list);
  show();
  room.addEventListener("cast", show);
  return { close: () => room.removeEventListener("cast", show) };
}
