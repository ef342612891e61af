// The film with boxes and names that follow, and below it when each person is on the screen.

import { h, isTyping } from "./dom.js";
import { get } from "./api.js";
import { buttons, dialog } from "./dialogs.js";
import { askName, proposeIgnore, proposeTakeOut } from "./changes.js";
import { FilmPlayer } from "./film_player.js";
import { room } from "./room.js";
import { TimelineRows } from "./timeline_rows.js";
import { clock, counted, duration, listed } from "./words.js";

let picked = new Set(); // persons of whom the moments are wanted
let boxesOn = true;

/** When all of them are on the screen: an intersection of unions. */
export function momentsOf(rows, ids) {
  let common = null;
  for (const id of ids) {
    const spans = joined((rows.find((row) => row.person === id)?.tracks ?? []).map(([, from, to]) => [from, to]));
    common = common ? intersected(common, spans) : spans;
  }
  return common ?? [];
}
function joined(spans) {
  const result = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0]))
    if (result.length && from <= result.at(-1)[1] + 0.001) result.at(-1)[1] = Math.max(result.at(-1)[1], to);
    else result.push([from, to]);
  return result;
}
const intersected = (a, b) => a.flatMap(([from, to]) => b.map(([f, t]) => [Math.max(from, f), Math.min(to, t)])).filter(([from, to]) => to - from > 0.001);

export function watchView(place, query) {
  const player = new FilmPlayer();
  const rows = new TimelineRows({ onSeek: (time) => player.seek(time), onPick: pick });
  const time = h("span", { class: "time" }), filter = h("span", { class: "grow filter", "aria-live": "polite" });
  const playButton = h("button", { class: "main", onclick: () => player.toggle() }, "Play");
  let data = null, moments = [], personByTrack = new Map();

  player.personOf = (track) => room.person(personByTrack.get(track));
  player.shows = () => boxesOn;
  player.onHead = correct;

  async function load() {
    data = await get("/api/timeline");
    personByTrack = new Map(data.rows.flatMap((row) => row.tracks.map(([track]) => [track, row.person])));
    player.redraw();
    showRows();
  }
  function pick(id) {
    if (!picked.delete(id)) picked.add(id);
    showRows();
  }
  function showRows() {
    if (!data) return;
    picked = new Set([...picked].filter((id) => room.person(id)));
    moments = picked.size ? momentsOf(data.rows, picked) : data.shots.map((shot) => [shot.start_s, shot.end_s]);
    const focused = document.activeElement?.dataset?.focus;
    rows.show(data, room.cast.people.filter((p) => !p.ignored), picked, picked.size ? moments : []);
    if (focused) rows.element.querySelector(`[data-focus="${focused}"]`)?.focus();
    const names = listed([...picked].map((id) => room.person(id).shown_name));
    const total = moments.reduce((sum, [from, to]) => sum + to - from, 0);
    filter.replaceChildren(picked.size ? `${names}: ${moments.length ? `${counted(moments.length, "moment")}, ${duration(total)}` : "never together in the picture"}` : "Click a name below for the moments with this person",
      picked.size ? h("button", { class: "quiet", onclick: () => { picked.clear(); showRows(); } }, "Show all") : "");
  }
  function jump(step) {
    const now = player.time;
    const starts = moments.map(([from]) => from);
    const to = step > 0 ? starts.find((s) => s > now + 0.05) : starts.findLast((s) => s < now - 0.5);
    if (to !== undefined) player.seek(to);
  }

  async function correct(track, person) {
    player.pause();
    const action = await dialog(person?.shown_name ?? "Nobody", (close) => [
      h("div", { class: "menu" },
        h("button", { autofocus: true, onclick: () => close("name") }, "Name…"),
        h("button", { onclick: () => close("out") }, "This is somebody else…"),
        h("button", { onclick: () => close("ignore") }, "Ignore this person…"),
        h("button", { onclick: () => close("open") }, "Look at all moments of this person")),
      buttons(h("button", { onclick: () => close(null) }, "Cancel"))]);
    if (!person) return;
    if (action === "name") await askName(person);
    if (action === "out") await proposeTakeOut([track], person.id);
    if (action === "ignore") await proposeIgnore([person.id]);
    if (action === "open") location.hash = `#/person/${person.id}`;
  }

  const zoom = h("input", { type: "range", min: 0, max: 7, step: 0.5, value: 0, "aria-label": "Zoom of the timeline", oninput: () => rows.zoom(2 ** zoom.value, player.time) });
  place.append(h("h1", { class: "unseen" }, "Watch"), h("div", { class: "watch" },
    h("div", { class: "stage" }, player.element), player.note,
    h("div", { class: "controls" }, playButton,
      h("button", { onclick: () => jump(-1), "aria-label": "The moment before", title: "[" }, "‹"),
      h("button", { onclick: () => jump(1), "aria-label": "The next moment", title: "]" }, "›"),
      time, filter,
      h("label", { class: "inline" }, h("input", { type: "checkbox", checked: boxesOn, onchange: (event) => { boxesOn = event.target.checked; player.redraw(); } }), "Boxes"),
      h("label", { class: "inline" }, "Zoom ", zoom)),
    rows.element));

  const showTime = () => {
    time.textContent = `${clock(player.time)} / ${clock(data?.duration_s ?? room.state.film.duration_s)}`;
    rows.setTime(player.time);
  };
  player.addEventListener("time", showTime);
  for (const word of ["play", "pause"]) player.addEventListener(word, () => { playButton.textContent = player.paused ? "Play" : "Pause"; });
  load().then(() => { player.seek(Number(query?.get("at")) || 0); showTime(); });
  room.addEventListener("cast", load);
  return {
    close() { player.close(); rows.close(); room.removeEventListener("cast", load); },
    onKey(event) {
      if (isTyping(event.target) || (event.target instanceof HTMLInputElement && event.target.type === "range")) return;
      if (event.key === " " && event.target instanceof HTMLButtonElement) return;
      const action = { " ": () => player.toggle(), k: () => player.toggle(), "[": () => jump(-1), "]": () => jump(1), b: () => { boxesOn = !boxesOn; player.redraw(); },
        ArrowLeft: () => event.shiftKey ? player.seek(player.time - 5) : player.step(-1),
        ArrowRight: () => event.shiftKey ? player.seek(player.time + 5) : player.step(1) }[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    },
  };
}
