// One person: every track, the unsure ones first, so that the odd one out is seen at a glance.

import { h, isTyping, picture, replaceKeepingFocus } from "./dom.js";
import { get } from "./api.js";
import { room } from "./room.js";
import { momentPanel } from "./moment.js";
import { nameField } from "./name_field.js";
import { sumOf, trackTile } from "./track_tile.js";
import { choosePerson, proposeDifferent, proposeIgnore, proposeJoin, proposePicture, proposeRelease, proposeTakeOut } from "./changes.js";
import { clock, counted, duration } from "./words.js";

const orders = { unsure: ["Unsure first", () => 0], time: ["In order of time", (a, b) => a.start_s - b.start_s],
  quality: ["Best faces first", (a, b) => b.quality - a.quality], long: ["Longest first", (a, b) => b.end_s - b.start_s - (a.end_s - a.start_s)] };
let order = "unsure";

export function personView(place, shownId) {
  let id = shownId, shown = room.person(id);
  const head = h("div", { class: "person-head" });
  const actions = h("div", { class: "track-actions", role: "toolbar", "aria-label": "Selected tracks" });
  const list = h("ul", { class: "tracks", "aria-label": "Tracks" });
  const apart = h("details", { class: "apart" });
  const moment = momentPanel();
  const chosen = new Map(); // track id -> track
  let tracks = [], lastPicked = null;

  /** A run gives ids anew; the address follows. */
  function follow() {
    shown = room.today(shown) ?? room.person(id);
    if (shown && shown.id !== id) history.replaceState(null, "", `#/person/${(id = shown.id)}`);
  }

  async function load() {
    follow();
    let answer;
    try {
      answer = await get(`/api/people/${id}`);
    } catch (refused) {
      if (refused.status === 404) location.hash = "#/cast";
      return;
    }
    tracks = [...answer.tracks].sort(orders[order][1]);
    for (const [chosenId, { start_frame }] of chosen) if (!tracks.some((t) => t.id === chosenId && t.start_frame === start_frame)) chosen.delete(chosenId);
    if (!(head.contains(document.activeElement) && isTyping(document.activeElement))) showHead(answer.person);
    replaceKeepingFocus(list, tracks.map((track) => trackTile(track, { onSelect: pick, onPlay: moment.show, onRight: right })));
    showApart(answer.kept_apart);
    showChosen();
  }

  function neighbour(step) {
    const ids = room.cast.people.map((p) => p.id);
    const next = ids[ids.indexOf(id) + step];
    if (next) location.hash = `#/person/${next}`;
  }

  function showHead(person) {
    const marked = person.ignored ? "ignored" : person.kind === "picture" ? "a picture or a screen" : person.kind === "extra" ? "an extra" : person.kind === "faceless" ? "no face seen" : "";
    replaceKeepingFocus(head,
      h("div", { class: "big-faces", style: { "--person": person.colour } }, person.faces.map((track) => picture(room.face(track), "", { loading: "eager" }))),
      h("div", { class: "person-words" },
        h("h1", { class: "person-name" }, nameField(shown ?? person, { focusKey: "person-name" })),
        h("p", {}, `${duration(person.seconds)} in ${counted(person.shots, "shot")}, ${counted(person.tracks, "track")}; ${clock(person.first_s)} to ${clock(person.last_s)}`,
          marked && h("span", { class: "pill" }, marked), person.unsure_tracks > 0 && h("span", { class: "pill unsure" }, `${person.unsure_tracks} to check`)),
        h("div", { class: "buttons left" },
          h("button", { onclick: joinWithOther, "data-focus": "join" }, "Join with…"),
          h("button", { onclick: () => proposePicture([id], person.kind !== "picture"), "data-focus": "picture" }, person.kind === "picture" ? "A real person" : "A picture or screen"),
          h("button", { onclick: () => proposeIgnore([id], !person.ignored), "data-focus": "ignore" }, person.ignored ? "Count again" : "Ignore"),
          h("label", { class: "inline" }, "Tracks ", h("select", { "data-focus": "order", onchange: (event) => { order = event.target.value; load(); } },
            Object.entries(orders).map(([word, [title]]) => h("option", { value: word, selected: word === order }, title)))))),
      h("div", { class: "neighbours" }, h("button", { class: "quiet", onclick: () => neighbour(-1), "aria-label": "The person before", title: "[" }, "‹"),
        h("button", { class: "quiet", onclick: () => neighbour(1), "aria-label": "The next person", title: "]" }, "›")));
  }

  async function joinWithOther() {
    const other = await choosePerson("Join with whom?", { without: id });
    const done = other && (await proposeJoin([id, other]));
    if (done && !room.person(id)) location.hash = `#/person/${other}`;
  }

  function pick(track, on, event) {
    const range = event?.shiftKey && lastPicked ? [lastPicked, track].map((t) => tracks.findIndex((u) => u.id === t.id)).sort((a, b) => a - b) : null;
    for (const each of range ? tracks.slice(range[0], range[1] + 1) : [track])
      if (on) chosen.set(each.id, each);
      else chosen.delete(each.id);
    lastPicked = track;
    showChosen();
  }

  function showChosen() {
    for (const tile of list.children) {
      const on = chosen.has(Number(tile.dataset.track));
      tile.classList.toggle("selected", on);
      tile.querySelector("input").checked = on;
    }
    const some = [...chosen.values()];
    actions.hidden = some.length === 0;
    actions.replaceChildren(h("span", { class: "grow" }, sumOf(some)),
      h("button", { class: "main", onclick: takeOut }, "Take out… ", h("kbd", {}, "T")),
      h("button", { disabled: some.length !== 2, onclick: different }, "Not the same ", h("kbd", {}, "D")),
      h("button", { class: "quiet", onclick: selectNothing }, "Clear ", h("kbd", {}, "Esc")));
  }
  const selectNothing = () => { chosen.clear(); showChosen(); };
  async function takeOut() {
    if (chosen.size && (await proposeTakeOut([...chosen.keys()], id))) selectNothing();
  }
  /** An unsure track is right: it shows the same person as the surest one. */
  async function right(track) {
    const surest = tracks.filter((t) => t.id !== track.id).sort((a, b) => b.confidence - a.confidence || b.quality - a.quality)[0];
    if (!track.sure && surest) await room.edit({ kind: "same", tracks: [surest.id, track.id] });
  }
  async function different() {
    if (chosen.size === 2 && (await proposeDifferent([...chosen.keys()]))) selectNothing();
  }

  function showApart(links) {
    apart.hidden = links.length === 0;
    apart.replaceChildren(h("summary", {}, `The film keeps ${counted(links.length, "other person", "other persons")} apart from this one`),
      h("ul", { class: "apart-list" }, links.slice(0, 40).map((link) => h("li", {},
        h("a", { href: `#/person/${link.person}` }, room.person(link.person)?.shown_name ?? `Person ${link.person}`),
        h("span", { class: "about" }, `${link.reason || "both in the picture"}${link.count > 1 ? `, and ${counted(link.count - 1, "more time")}` : ""}`),
        h("button", { class: "quiet", onclick: () => proposeRelease(link) }, "Release…")))));
  }

  place.append(h("div", { class: "person-page" }, h("div", { class: "person-main" }, head, actions, list, apart), moment.place));
  load();
  room.addEventListener("cast", load);
  return {
    close() {
      moment.close();
      room.removeEventListener("cast", load);
    },
    onKey(event) {
      if (isTyping(event.target)) return;
      const tile = document.activeElement.closest?.(".track");
      const onStrip = document.activeElement.classList.contains("strip");
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: "row", ArrowUp: "-row" }[event.key];
      if (step) return moveAmong(list, tile, step, event);
      const key = event.key.toLowerCase();
      if (key === " " && onStrip) pick(tracks.find((t) => t.id === Number(tile.dataset.track)), !chosen.has(Number(tile.dataset.track)));
      else if (key === "y" && tile) right(tracks.find((t) => t.id === Number(tile.dataset.track)));
      else if (key === "t") takeOut();
      else if (key === "d") different();
      else if (key === "n") head.querySelector(".name-button").click();
      else if (key === "[") neighbour(-1);
      else if (key === "]") neighbour(1);
      else if (key === "escape" && !moment.place.hidden) moment.close();
      else if (key === "escape" && chosen.size) selectNothing();
      else if (key === "escape") location.hash = "#/cast";
      else return;
      event.preventDefault();
    },
  };
}

function moveAmong(list, tile, step, event) {
  const tiles = [...list.children];
  if (!tiles.length) return;
  event.preventDefault();
  const at = tiles.indexOf(tile);
  const perRow = tiles.filter((t) => t.offsetTop === tiles[Math.max(0, at)].offsetTop).length;
  const by = step === "row" ? perRow : step === "-row" ? -perRow : step;
  const to = at < 0 ? 0 : Math.min(tiles.length - 1, Math.max(0, at + by));
  tiles[to].querySelector(".strip").focus();
}
