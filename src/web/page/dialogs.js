// Windows before the window. The browser's own dialog keeps the focus inside and gives it back.

import { h, newId } from "./dom.js";

/** Opens a dialog; `build(close)` makes its content. Resolves to what close() was given. */
export function dialog(title, build) {
  return new Promise((resolve) => {
    const heading = newId("dialog");
    const box = h("dialog", { "aria-labelledby": heading });
    const close = (value) => { box.dataset.done = "1"; box.close(); resolve(value); box.remove(); };
    box.append(h("h2", { id: heading }, title), ...[build(close)].flat(Infinity).filter(Boolean));
    box.addEventListener("cancel", (event) => { event.preventDefault(); close(null); });
    box.addEventListener("click", (event) => { if (event.target === box) close(null); });
    document.body.append(box);
    box.showModal();
    box.querySelector("[autofocus]")?.focus();
  });
}

export const buttons = (...children) => h("div", { class: "buttons" }, ...children);

const keys = [
  ["Everywhere", [["1 2 3 4", "Cast, questions, watch, history"], ["Ctrl+Z", "Undo"], ["Ctrl+Shift+Z", "Redo"], ["?", "This list"]]],
  ["Cast", [["Arrows", "From card to card"], ["N", "Name this person; Enter goes on to the next one"], ["Y", "Yes, the suggested name"], ["Space", "Select"],
    ["Enter", "Look at this person"], ["J", "Join the selected"], ["I", "Ignore the selected"], ["P", "The selected are pictures"],
    ["/", "Find"], ["Esc", "Select nobody"]]],
  ["A person", [["Arrows", "From track to track"], ["Space", "Select"], ["Enter", "Play it"], ["Y", "This unsure track is right"], ["T", "Take the selected out"],
    ["D", "The two selected are not the same"], ["N", "Name"], ["[ and ]", "The person before, and after"], ["Esc", "Select nothing; back to the cast"]]],
  ["Questions", [["S", "The same person"], ["D", "Different persons"], ["Space or →", "Skip"], ["F", "The whole frames"]]],
  ["Watch", [["Space", "Play or pause"], ["← and →", "A frame back, a frame on"], ["Shift with ← and →", "Five seconds"],
    ["[ and ]", "The moment before, and after"]]],
];

export function showHelp() {
  dialog("Keys", (close) => [
    h("div", { class: "keys" }, keys.map(([title, list]) => h("section", {}, h("h3", {}, title),
      h("dl", {}, list.map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)]))))),
    h("p", { class: "about" }, "Everything you say is stored at once, can be undone, and survives every later run. Nothing leaves this computer."),
    buttons(h("button", { class: "main", autofocus: true, onclick: () => close(null) }, "Good")),
  ]);
}
