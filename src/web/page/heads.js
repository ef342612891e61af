// Where the heads are in the frames around a moment, fetched a few seconds at a time.

import { get } from "./api.js";

const kWindowSeconds = 8;
const kWindowsKept = 12;

export class Heads {
  #windows = new Map(); // number -> {frames} or a promise of it

  forget() { this.#windows.clear(); }

  #fetch(number) {
    if (number < 0 || this.#windows.has(number)) return;
    const from = number * kWindowSeconds;
    const coming = get(`/api/heads?from_s=${from}&to_s=${from + kWindowSeconds}`)
      .then((window) => { this.#windows.set(number, window); return window; })
      .catch(() => { this.#windows.delete(number); return { frames: [] }; });
    this.#windows.set(number, coming);
    while (this.#windows.size > kWindowsKept) this.#windows.delete(this.#windows.keys().next().value);
  }

  /** The frame on the screen at this time, if it is known already; asks for what comes next. */
  at(time) {
    const number = Math.floor(Math.max(0, time) / kWindowSeconds);
    this.#fetch(number);
    if (time - number * kWindowSeconds > kWindowSeconds / 2) this.#fetch(number + 1);
    const window = this.#windows.get(number);
    return window?.frames ? frameAt(window.frames, time) : null;
  }

  async find(time) {
    const number = Math.floor(Math.max(0, time) / kWindowSeconds);
    this.#fetch(number);
    return frameAt((await this.#windows.get(number)).frames, time);
  }
}

/** The last frame that begins at or before this time; half a millisecond is rounding. */
function frameAt(frames, time) {
  let low = 0, high = frames.length - 1;
  if (high < 0) return null;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (frames[middle].time_s <= time + 0.0005) low = middle;
    else high = middle - 1;
  }
  return { ...frames[low], next_s: frames[low + 1]?.time_s ?? frames[low].time_s + 0.04, previous_s: frames[low - 1]?.time_s };
}
