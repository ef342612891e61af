// The film, played by the browser where it can, and by pictures made on the way where it cannot.
// Either way with the boxes of the heads over it. Events: "time", "play", "pause".

import { h } from "./dom.js";
import { room } from "./room.js";
import { Heads } from "./heads.js";

export class FilmPlayer extends EventTarget {
  #video; #image; #boxes; #nodes = new Map();
  #byPictures = false;
  #time = 0; #playing = false; #clockStart = 0; #timeStart = 0; #ended = false; #shownFrame = -1; #wanted = 0;
  heads = new Heads();
  /** Which heads have a box, and what a click on one does. */
  shows = () => true;
  onHead = null;

  constructor() {
    super();
    const { shown_width: width, height, name } = room.state.film;
    this.#video = h("video", { src: "/api/film", preload: "auto", playsinline: true, tabindex: "-1", "aria-label": name });
    this.#image = h("img", { alt: "A frame of the film", hidden: true, draggable: "false" });
    this.#boxes = h("div", { class: "heads" });
    this.note = h("p", { class: "about", hidden: true }, "Your browser cannot play this film; you see its frames instead, without sound.");
    this.element = h("div", { class: "screen", style: { "aspect-ratio": `${width} / ${height}` } }, this.#video, this.#image, this.#boxes);
    this.#video.addEventListener("error", () => this.#usePictures());
    this.#video.addEventListener("loadedmetadata", () => { if (!this.#video.videoWidth) this.#usePictures(); });
    for (const word of ["play", "pause", "seeked"]) this.#video.addEventListener(word, () => { this.#showBoxes(); this.#tell(word === "seeked" ? "time" : word); });
    this.#video.addEventListener("click", () => this.toggle());
    this.#image.addEventListener("click", () => this.toggle());
    if (!room.state.film.there) this.#usePictures();
    this.#follow();
  }

  #tell(word) { this.dispatchEvent(new Event(word)); }
  get time() { return this.#byPictures ? this.#time : this.#video.currentTime; }
  get paused() { return this.#byPictures ? !this.#playing : this.#video.paused; }
  toggle() { if (this.paused) this.play(); else this.pause(); }

  play() {
    if (!this.#byPictures) { this.#video.play().catch(() => {}); this.#playing = true; return; }
    this.#playing = true;
    this.#timeStart = this.#time;
    this.#clockStart = performance.now();
    this.#tell("play");
    this.#nextPicture();
  }
  pause() {
    this.#playing = false;
    if (!this.#byPictures) return this.#video.pause();
    this.#tell("pause");
  }

  seek(time) {
    const to = Math.min(Math.max(0, time), room.state.film.duration_s || 1e7);
    this.#time = to;
    this.#timeStart = to;
    this.#clockStart = performance.now();
    if (this.#byPictures) return this.#showPicture(to);
    this.#video.currentTime = to + 0.002; // within the frame, not on its edge
  }

  /** One frame on (1) or back (-1). */
  async step(by) {
    this.pause();
    const frame = await this.heads.find(this.time);
    if (frame) this.seek(by > 0 ? frame.next_s : frame.previous_s ?? this.time - 0.04);
  }

  close() {
    this.#ended = true;
    this.pause();
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  #usePictures() {
    if (this.#byPictures || this.#ended) return;
    this.#byPictures = true;
    this.#video.hidden = true;
    this.#image.hidden = false;
    this.note.hidden = false;
    if (this.#playing) this.play();
    else this.#showPicture(this.#time);
  }

  async #showPicture(time) {
    const mine = ++this.#wanted;
    const frame = await this.heads.find(time);
    if (!frame || this.#ended || mine !== this.#wanted) return;
    const width = Math.min(1280, Math.round(this.element.clientWidth * Math.min(2, devicePixelRatio))) || 640;
    const next = new Image();
    next.src = room.frame(frame.frame, width);
    try { await next.decode(); } catch { return; }
    if (mine !== this.#wanted && !this.#playing) return;
    this.#image.src = next.src;
    this.#shownFrame = frame.frame;
    this.#drawBoxes(frame);
    this.#tell("time");
  }

  /** As fast as the frames come, skipping those for which it is too late. */
  async #nextPicture() {
    while (this.#playing && !this.#ended) {
      this.#time = this.#timeStart + (performance.now() - this.#clockStart) / 1000;
      if (this.#time >= room.state.film.duration_s) return this.pause();
      await this.#showPicture(this.#time);
      await new Promise(requestAnimationFrame);
    }
  }

  #follow() {
    const draw = (now, frame) => {
      if (this.#ended) return;
      if (!this.#byPictures) {
        this.#showBoxes(frame?.mediaTime);
        if (!this.#video.paused) this.#tell("time");
      }
      again();
    };
    const again = () => this.#video.requestVideoFrameCallback ? this.#video.requestVideoFrameCallback(draw) : requestAnimationFrame(draw);
    again();
  }

  async #showBoxes(time = this.#video.currentTime) {
    const frame = this.heads.at(time) ?? (this.#video.paused ? await this.heads.find(time) : null);
    if (frame && !this.#ended) this.#drawBoxes(frame);
  }

  redraw() { this.#nodes.clear(); this.#boxes.replaceChildren(); this.heads.forget(); if (!this.#byPictures) this.#showBoxes(); }

  #drawBoxes({ heads }) {
    const seen = new Set();
    for (const [track, x, y, width, height] of heads) {
      if (!this.shows(track)) continue;
      seen.add(track);
      let node = this.#nodes.get(track);
      if (!node) this.#nodes.set(track, (node = this.#newBox(track)));
      Object.assign(node.style, { left: `${100 * x}%`, top: `${100 * y}%`, width: `${100 * width}%`, height: `${100 * height}%` });
      node.classList.toggle("low", y < 0.08);
      if (!node.isConnected) this.#boxes.append(node);
    }
    for (const [track, node] of this.#nodes) if (!seen.has(track)) { node.remove(); this.#nodes.delete(track); }
  }

  #newBox(track) {
    const person = this.personOf?.(track);
    const label = person ? person.shown_name : "";
    return h(this.onHead ? "button" : "div", { class: person?.name ? "head" : "head nameless", style: { "--person": person?.colour ?? "#bbb" },
      "aria-label": label, onclick: () => this.onHead?.(track, person) }, h("span", { class: "tag" }, label));
  }
}
