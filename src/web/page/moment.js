// Plays one track of the film, over and over, with its head boxed.

import { h } from "./dom.js";
import { FilmPlayer } from "./film_player.js";
import { room } from "./room.js";
import { clock, duration } from "./words.js";

export function momentPanel() {
  const place = h("aside", { class: "moment", "aria-label": "The moment", hidden: true });
  let player = null, track = null;

  const panel = {
    place,
    show(next, at = next.start_s) {
      track = next;
      place.hidden = false;
      if (!player) build();
      place.querySelector(".moment-title").textContent = `Shot ${track.shot}, ${clock(track.start_s)}, ${duration(track.end_s - track.start_s)}`;
      place.querySelector(".watch-from-here").href = `#/watch?at=${track.start_s}`;
      player.redraw();
      player.seek(at);
      player.play();
    },
    close() {
      player?.close();
      player = null;
      place.hidden = true;
      place.replaceChildren();
    },
  };

  function build() {
    player = new FilmPlayer();
    player.shows = (id) => id === track.id;
    player.personOf = () => room.person(track.person);
    player.addEventListener("time", () => {
      if (!player.paused && (player.time >= track.end_s || player.time < track.start_s - 0.5)) player.seek(track.start_s);
    });
    place.replaceChildren(
      h("div", { class: "moment-head" }, h("p", { class: "moment-title" }), h("span", { class: "grow" }),
        h("a", { class: "watch-from-here", href: "#/watch" }, "Watch from here"),
        h("button", { class: "quiet close", "aria-label": "Close the moment", onclick: panel.close }, "×")),
      player.element, player.note);
  }
  return panel;
}
