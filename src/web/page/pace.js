// How fast a run goes on, as this window has seen it.

import { room } from "./room.js";
import { duration } from "./words.js";

const kStalled_ms = 60000;
let began = null, grown = null; // {done, at}

function note() {
  const now = { done: room.state.frames_done, at: Date.now() };
  if (!began || now.done < began.done) began = now;
  if (!grown || now.done !== grown.done) grown = now;
}
room.addEventListener("state", note);

/** ", about 40 min 10 s left"; empty while nobody knows. */
export function timeLeft() {
  const { frames_done: done, frames_expected: expected, stage } = room.state;
  if (!began || stage !== "film") return "";
  const rate = (done - began.done) / Math.max(1, (Date.now() - began.at) / 1000);
  return rate > 0 ? `, about ${duration((expected - done) / rate)} left` : "";
}

/** A sentence where nothing has come for a while, or nothing. */
export function stalled() {
  if (!began) note();
  return Date.now() - grown.at > kStalled_ms ? " Nothing has come for a minute: is “dramatis run” still at work? Run again, it goes on where it stopped." : "";
}
