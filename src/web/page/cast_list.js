// A list of names that somebody has: pasted, or a file of text or CSV.

import { h } from "./dom.js";
import { buttons, dialog } from "./dialogs.js";
import { notice } from "./notices.js";
import { room } from "./room.js";
import { counted } from "./words.js";

export async function bringCastList() {
  const text = await dialog("Cast list", (close) => {
    const area = h("textarea", { rows: 12, "aria-label": "Names, one a line", autofocus: true, spellcheck: "false",
      placeholder: "One name a line, or a table (CSV) whose first column holds the names", value: room.names.join("\n") });
    return [
      h("p", { class: "about" }, "These names are offered while you type. The list is kept in the project's folder."),
      area,
      buttons(
        h("label", { class: "button" }, "Load a file…", h("input", { type: "file", accept: ".txt,.csv,.tsv,text/*", class: "unseen",
          onchange: async (event) => { if (event.target.files[0]) area.value = await event.target.files[0].text(); } })),
        h("span", { class: "grow" }),
        h("button", { onclick: () => close(null) }, "Cancel"),
        h("button", { class: "main", onclick: () => close(area.value) }, "Use these names")),
    ];
  });
  if (text === null) return;
  try {
    await room.bringNames(text);
    notice(`${counted(room.names.length, "name")} to choose from.`);
  } catch (error) {
    notice(error.message, { bad: true });
  }
}
