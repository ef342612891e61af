// The shell: which view is shown, the bar above it, and the keys that work everywhere.

import { h, isTyping } from "./dom.js";
import { room } from "./room.js";
import { showHelp } from "./dialogs.js";
import { castView } from "./cast_view.js";
import { personView } from "./person_view.js";
import { questionsView } from "./questions_view.js";
import { watchView } from "./watch_view.js";
import { historyView } from "./history_view.js";
import { waitingView } from "./waiting_view.js";
import { soFarLine } from "./so_far_line.js";
import { selectionBar } from "./selection_bar.js";

const views = [
  { word: "cast", title: "Cast", key: "1", make: castView, count: () => room.cast.people.filter((p) => p.kind === "character" && !p.ignored).length },
  { word: "questions", title: "Questions", key: "2", make: questionsView, count: () => (room.soFar ? "" : room.cast.questions) },
  { word: "watch", title: "Watch", key: "3", make: watchView },
  { word: "history", title: "History", key: "4", make: historyView },
];

let shown = null; // {ready, view}

/** "#/person/3?from=2" as {word: "person", rest: "3", query} */
function address() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [word = "cast", rest = ""] = path.split("/");
  return { word: word || "cast", rest, query: new URLSearchParams(query) };
}

function makeView(to) {
  const place = document.getElementById("main");
  if (!room.state.ready) return waitingView(place);
  if (to.word === "person") return personView(place, Number(to.rest));
  const view = views.find((v) => v.word === to.word) ?? views[0];
  return view.make(place, to.query);
}

function show() {
  shown?.view?.close?.();
  const place = document.getElementById("main");
  place.replaceChildren();
  place.scrollTop = 0;
  shown = { ready: room.state.ready, view: makeView(address()) };
  showBar();
}

function showBar() {
  const current = address().word === "person" ? "cast" : address().word;
  document.getElementById("film-name").textContent = room.state.film.name;
  document.getElementById("views").replaceChildren(...views.map((view) =>
    h("a", { href: `#/${view.word}`, "aria-current": view.word === current ? "page" : null, title: `Key ${view.key}` },
      view.title, view.count && room.state.ready ? h("span", { class: "count" }, String(view.count())) : null)));
  const { undo, redo } = room.cast;
  document.getElementById("top-actions").replaceChildren(
    h("button", { class: "quiet", disabled: !undo, onclick: () => room.undo(), title: undo ? `Ctrl+Z: take back “${undo}”` : "Nothing to undo" }, "Undo"),
    h("button", { class: "quiet", disabled: !redo, onclick: () => room.redo(), title: redo ? `Ctrl+Shift+Z: do again “${redo}”` : "Nothing to redo" }, "Redo"),
    h("button", { class: "quiet", onclick: showHelp, title: "Keys and help: ?", "aria-label": "Keys and help" }, "?"));
}

function onKey(event) {
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const undoKey = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (undoKey || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "y")) {
    event.preventDefault();
    if (event.shiftKey || !undoKey) room.redo();
    else room.undo();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const view = views.find((v) => v.key === event.key);
  if (view) location.hash = `#/${view.word}`;
  else if (event.key === "?") showHelp();
  else shown?.view?.onKey?.(event);
}

async function start() {
  await room.open();
  selectionBar(document.getElementById("selection"));
  soFarLine(document.getElementById("so-far"));
  room.addEventListener("cast", showBar);
  room.addEventListener("state", () => { if (shown && shown.ready !== room.state.ready) show(); });
  addEventListener("hashchange", () => {
    show();
    document.getElementById("main").focus({ preventScroll: true });
  });
  addEventListener("keydown", onKey);
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  show();
}

start().catch((error) => {
  document.getElementById("main").replaceChildren(h("p", { class: "empty" }, error.message));
});
