// One track of a person: its heads in a strip, where it is, and how sure it is that it belongs here.

import { h, picture } from "./dom.js";
import { room } from "./room.js";
import { clock, counted, duration, percent } from "./words.js";

const bases = { face: "by the face", surroundings: "by hair, clothes and place", user: "you said so", alone: "nothing to compare" };

export function trackTile(track, { onSelect, onPlay, onRight }) {
  const length = duration(track.end_s - track.start_s);
  const name = `Track ${track.id}, shot ${track.shot}, at ${clock(track.start_s)}`;
  const strip = h("button", { class: "strip", "data-focus": `track-${track.id}`, "aria-label": `Play ${name}, ${length}`,
    title: "Play this moment", onclick: (event) => onPlay(track, momentOfClick(event, track)) }, picture(room.strip(track.id, 5), ""));
  return h("li", { class: track.sure ? "track" : "track unsure", "data-track": track.id },
    strip,
    h("div", { class: "track-facts" },
      h("input", { type: "checkbox", "aria-label": `Select ${name}`, "data-focus": `pick-${track.id}`, onchange: (event) => onSelect(track, event.target.checked, event) }),
      h("span", {}, `shot ${track.shot}`), h("span", {}, clock(track.start_s)), h("span", { class: "dim" }, length),
      h("span", { class: "grow" }),
      h("span", { class: "dim", title: "Quality of the best face, 0 to 100" }, track.quality ? `q ${Math.round(track.quality)}` : "no face"),
      h("span", { class: track.sure ? "sure" : "pill unsure", title: `Belongs here with ${percent(track.confidence)}, ${bases[track.basis]}` },
        track.basis === "user" ? "✓ yours" : percent(track.confidence)),
      !track.sure && h("button", { class: "right", "data-focus": `right-${track.id}`, title: "This track is right here: Y", "aria-label": `${name} is right here`, onclick: () => onRight(track) }, "✓ Right")));
}

/** A click on the third head of five is the third fifth of the moment; Enter is its beginning. */
function momentOfClick(event, track) {
  if (event.detail === 0) return track.start_s;
  const box = event.currentTarget.getBoundingClientRect();
  const at = Math.min(0.95, Math.max(0, (event.clientX - box.left) / box.width));
  return at < 0.2 ? track.start_s : track.start_s + Math.floor(at * 5) / 5 * (track.end_s - track.start_s);
}

/** "2 tracks, 4.1 s" */
export const sumOf = (tracks) => `${counted(tracks.length, "track")}, ${duration(tracks.reduce((sum, t) => sum + t.end_s - t.start_s, 0))}`;
