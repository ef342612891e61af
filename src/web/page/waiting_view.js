// While the film is still being looked at: how far it is, and who was seen lately.

import { h, picture } from "./dom.js";
import { room } from "./room.js";
import { duration, percent } from "./words.js";

const stages = { film: "Looking at the film", shots: "Finding the shots", tracks: "Following the heads", people: "Finding out who is who" };

export function waitingView(place) {
  const bar = h("progress", { max: 1, "aria-label": "Progress" });
  const stage = h("h1", {});
  const facts = h("p", { class: "summary" });
  const faces = h("div", { class: "seen-faces", "aria-label": "Heads seen lately", role: "img" });
  let began = null, lastGrowth = Date.now(), shownAt = -1;

  function show() {
    const { frames_done: done, frames_expected: expected } = room.state;
    stage.textContent = `${stages[room.state.stage] ?? "Waiting"}…`;
    if (!began || done < began.done) began = { done, at: Date.now() };
    if (done !== shownAt) lastGrowth = Date.now();
    if (expected > 0 && room.state.stage === "film") bar.value = done / expected;
    else bar.removeAttribute("value");
    const rate = (done - began.done) / Math.max(1, (Date.now() - began.at) / 1000);
    const left = rate > 0 && room.state.stage === "film" ? `, about ${duration((expected - done) / rate)} left` : "";
    const stalled = Date.now() - lastGrowth > 60000 ? ". Nothing has come for a minute: is “dramatis run” still at work? Run again, it goes on where it stopped." : "";
    facts.textContent = expected ? `${percent(done / expected)} of the film${left}${stalled}` : `Nothing seen yet${stalled}`;
    if (done !== shownAt && done > 0)
      faces.replaceChildren(...Array.from({ length: room.state.heads_seen }, (_, i) => picture(`/api/seen/${i}.jpg?at=${done}`, "", { loading: "eager", onerror: (e) => e.target.remove() })));
    shownAt = done;
  }
  place.append(h("div", { class: "waiting" }, stage, bar, facts,
    h("p", { class: "about" }, "The cast appears here by itself when it is known."), faces));
  show();
  const timer = setInterval(show, 5000);
  room.addEventListener("state", show);
  return { close() { clearInterval(timer); room.removeEventListener("state", show); } };
}
