// Every change a person can make, with what it would do shown first.

import { h, picture } from "./dom.js";
import { Refused } from "./api.js";
import { buttons, dialog } from "./dialogs.js";
import { nameInput } from "./name_field.js";
import { notice } from "./notices.js";
import { room } from "./room.js";
import { counted, duration, listed } from "./words.js";

function sizeText(size) {
  return size ? `${duration(size.seconds)} in ${counted(size.shots, "shot")}, ${counted(size.tracks, "track")}` : "nobody";
}

/** "Anna: 12 s in 3 shots → 15 s in 4 shots" */
function changeRow({ person, before, after }) {
  const face = room.person(person)?.faces[0];
  return h("tr", {},
    h("td", {}, face ? picture(room.face(face), "", { class: "small-face" }) : h("span", { class: "small-face new" }, "new")),
    h("th", { scope: "row" }, (after ?? before).shown_name),
    h("td", { class: before ? "" : "dim" }, before ? sizeText(before) : "not there"),
    h("td", { "aria-label": "becomes" }, "→"),
    h("td", { class: after ? "" : "dim" }, after ? sizeText(after) : "gone into another"));
}

/** Shows what the change would do, and does it if that is what was meant. */
export async function propose(change, title, { confirm = "Do it", about = null } = {}) {
  const { version } = room.cast;
  let preview;
  try {
    preview = await room.preview(change);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    notice(refused.message, { bad: true });
    return null;
  }
  const agreed = await dialog(title, (close) => [
    h("p", {}, preview.sentence),
    about,
    preview.notes.length > 0 && h("ul", { class: "notes" }, preview.notes.slice(0, 6).map((note) => h("li", {}, note))),
    preview.notes.length > 6 && h("p", { class: "about" }, `and ${preview.notes.length - 6} more like these`),
    preview.changes.length > 0 && h("table", { class: "changes" }, h("tbody", {}, preview.changes.slice(0, 12).map(changeRow))),
    preview.changes.length > 12 && h("p", { class: "about" }, `and ${preview.changes.length - 12} more`),
    buttons(h("button", { onclick: () => close(false) }, "Cancel"),
      h("button", { class: "main", autofocus: true, onclick: () => close(true) }, confirm)),
  ]);
  return agreed ? room.edit({ ...change, version }) : null;
}

const named = (ids) => listed(ids.slice(0, 4).map((id) => room.person(id)?.shown_name ?? `Person ${id}`)
  .concat(ids.length > 4 ? [counted(ids.length - 4, "other")] : []));

/** The one that has a name, or else the most screen time, is the one that remains. */
export function inOrderOfWeight(ids) {
  return [...ids].sort((a, b) => {
    const [p, q] = [room.person(a), room.person(b)];
    return Number(!p.name) - Number(!q.name) || q.seconds - p.seconds;
  });
}

export async function proposeJoin(ids) {
  const people = inOrderOfWeight(new Set(ids));
  const done = await propose({ kind: "merge", people }, `Are ${named(people)} one person?`, { confirm: "Join them" });
  if (done) room.selectNone();
  return done;
}

export async function proposeIgnore(ids, on = true) {
  const done = await propose({ kind: "ignore", people: [...ids], on }, on ? `Ignore ${named([...ids])}?` : `Count ${named([...ids])} again?`,
    { confirm: on ? "Ignore" : "Count" });
  if (done) room.selectNone();
  return done;
}

export async function proposePicture(ids, on = true) {
  const done = await propose({ kind: "picture", people: [...ids], on },
    on ? `Is ${named([...ids])} a picture or a screen?` : `Is ${named([...ids])} a real person?`, { confirm: on ? "A picture" : "A person" });
  if (done) room.selectNone();
  return done;
}

/** Out of their person: to somebody new, or to a person of the cast. */
export async function proposeTakeOut(tracks, from) {
  const choice = await choosePerson(`Take ${counted(tracks.length, "track")} out`, { without: from, orNew: true });
  if (choice === null) return null;
  if (choice === "new") return propose({ kind: "split", tracks }, "Somebody else", { confirm: "Take them out" });
  return propose({ kind: "move", tracks, person: choice }, `They are ${room.person(choice).shown_name}`, { confirm: "Move them" });
}

export const proposeDifferent = (tracks) => propose({ kind: "different", tracks }, "These two are not the same person", { confirm: "Not the same" });

export const proposeRelease = (link) => propose({ kind: "release", tracks: link.tracks }, "May these be one person after all?",
  { confirm: "They may", about: h("p", { class: "about" }, `The film keeps them apart: ${link.reason || "both in the picture at once"}. A mirror, a split screen or a twin role can be the reason.`) });

/** A face and a name to click, or a name to type. Resolves to an id, "new", or null. */
export function choosePerson(title, { without = 0, orNew = false } = {}) {
  return dialog(title, (close) => {
    const people = room.cast.people.filter((p) => p.id !== without && !p.ignored);
    const list = h("div", { class: "choices" });
    const showChoices = (typed) => list.replaceChildren(...people.filter((p) => p.shown_name.toLowerCase().includes(typed.toLowerCase())).slice(0, 60)
      .map((p) => h("button", { class: "choice", onclick: () => close(p.id) },
        p.faces[0] ? picture(room.face(p.faces[0]), "", { class: "small-face" }) : null, h("span", {}, p.shown_name))));
    showChoices("");
    return [
      orNew && h("button", { class: "main wide", autofocus: true, onclick: () => close("new") }, "A new person"),
      h("input", { type: "search", "aria-label": "Find a person", placeholder: "or somebody of the cast", oninput: (event) => showChoices(event.target.value) }),
      list, buttons(h("button", { onclick: () => close(null) }, "Cancel")),
    ];
  });
}

/** Gives the name; where somebody has it already, asks whether the two are one. */
export async function giveName(shown, name) {
  const person = room.today(shown);
  if (!person) {
    notice(`“${name}” was not kept: ${shown.shown_name} is nobody of their own any more.`, { bad: true });
    return null;
  }
  const other = name && room.cast.people.find((p) => p.id !== person.id && p.name === name);
  if (!other) return room.edit({ kind: "name", person: person.id, name });
  const { version } = room.cast;
  const answer = await dialog(`There is a ${name} already`, (close) => [
    h("div", { class: "pair" }, [other, person].map((p) => h("figure", {}, p.faces.slice(0, 3).map((t) => picture(room.face(t), "")),
      h("figcaption", {}, `${p.shown_name}, ${duration(p.seconds)}`)))),
    buttons(h("button", { onclick: () => close(null) }, "Cancel"),
      h("button", { onclick: () => close("two") }, `Two persons called ${name}`),
      h("button", { class: "main", autofocus: true, onclick: () => close("one") }, "The same: join them")),
  ]);
  if (answer === "one") return room.edit({ kind: "merge", people: [other.id, person.id], version });
  return answer === "two" ? room.edit({ kind: "name", person: person.id, name, version }) : null;
}

/** Asks for a name in a dialog, for places without a field of their own. */
export async function askName(person) {
  const name = await dialog(`Who is ${person.shown_name}?`, (close) => [
    h("div", { class: "pair" }, h("figure", {}, person.faces.slice(0, 4).map((t) => picture(room.face(t), "")))),
    nameInput(person.name, "Name", { onDone: close, onLeave: (byKey) => byKey && close(null) }),
  ]);
  return name !== null && name !== person.name ? giveName(person, name) : null;
}
