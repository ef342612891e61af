// Above every view while a run is at work: of which part of the film the cast is, and how it goes on.

import { h } from "./dom.js";
import { stalled, timeLeft } from "./pace.js";
import { room } from "./room.js";
import { duration, percent } from "./words.js";

export function soFarLine(place) {
  const bar = h("progress", { max: 1, "aria-label": "Progress of the run" });
  const words = h("p", {});
  place.append(bar, words);

  function show() {
    place.hidden = !room.soFar;
    if (place.hidden) return;
    const { frames_done: done, frames_expected: expected, frames_of_cast: known, stage, film } = room.state;
    bar.value = done / expected;
    const part = `So far: the first ${duration(film.duration_s * known / expected)} of ${duration(film.duration_s)}.`;
    const goesOn = stage === "film" ? `The film is still being looked at: ${percent(done / expected)}${timeLeft()}. What you say now stays.`
      : "All of it has been looked at; the whole cast comes in a moment.";
    words.replaceChildren(h("b", {}, part), ` ${goesOn}${stalled()}`);
  }
  show();
  setInterval(show, 5000);
  room.addEventListener("state", show);
  room.addEventListener("cast", show);
}
