// Before there is anybody to show: how far the run is, and who was seen lately.

import { h, picture } from "./dom.js";
import { stalled, timeLeft } from "./pace.js";
import { room } from "./room.js";
import { percent } from "./words.js";

const stages = { film: "Looking at the film", shots: "Finding the shots", tracks: "Following the heads", people: "Finding out who is who" };

export function waitingView(place) {
  const bar = h("progress", { max: 1, "aria-label": "Progress" });
  const stage = h("h1", {});
  const facts = h("p", { class: "summary" });
  const faces = h("div", { class: "seen-faces", "aria-label": "Heads seen lately", role: "img" });
  let shownAt = -1;

  function show() {
    const { frames_done: done, frames_expected: expected } = room.state;
    stage.textContent = `${stages[room.state.stage] ?? "Waiting"}…`;
    if (expected > 0 && room.state.stage === "film") bar.value = done / expected;
    else bar.removeAttribute("value");
    facts.textContent = (expected ? `${percent(done / expected)} of the film${timeLeft()}.` : "Nothing seen yet.") + stalled();
    if (done !== shownAt && done > 0)
      faces.replaceChildren(...Array.from({ length: room.state.heads_seen }, (_, i) => picture(`/api/seen/${i}.jpg?at=${done}`, "", { loading: "eager", onerror: (e) => e.target.remove() })));
    shownAt = done;
  }
  place.append(h("div", { class: "waiting" }, stage, bar, facts,
    h("p", { class: "about" }, "The people of its first half minute appear here by themselves, then more and more."), faces));
  show();
  const timer = setInterval(show, 5000);
  room.addEventListener("state", show);
  return { close() { clearInterval(timer); room.removeEventListener("state", show); } };
}
