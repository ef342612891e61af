// Below the film: its shots, and a row for each person that says when it is on the screen. Rows are
// drawn when they come into view.

import { h } from "./dom.js";
import { counted } from "./words.js";

export class TimelineRows {
  #ruler; #rows = new Map(); #visible = new Set(); #head; #observer; #dragging = false;
  #from = 0; #to = 1; #data; #moments = [];

  /** `onSeek(seconds)`, `onPick(person id)` */
  constructor({ onSeek, onPick }) {
    this.onPick = onPick;
    this.#ruler = h("canvas", { class: "row-canvas ruler", role: "img", "aria-label": "Shots" });
    this.#head = h("div", { class: "playhead" });
    this.list = h("ul", { class: "rows", "aria-label": "Persons" });
    this.element = h("div", { class: "timeline" },
      h("div", { class: "row shots-row" }, h("span", { class: "row-name dim" }, "Shots"), this.#ruler), this.list,
      h("div", { class: "playhead-room", "aria-hidden": "true" }, this.#head));
    this.#observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) this.#visible.add(entry.target);
        else this.#visible.delete(entry.target);
        if (entry.isIntersecting) this.#draw(entry.target);
      }
    });
    this.#observer.observe(this.#ruler);
    const seek = (event) => {
      const box = this.#ruler.getBoundingClientRect();
      onSeek(this.#from + ((event.clientX - box.left) / box.width) * (this.#to - this.#from));
    };
    this.element.addEventListener("pointerdown", (event) => {
      if (!event.target.classList.contains("row-canvas")) return;
      this.#dragging = true;
      this.element.setPointerCapture(event.pointerId);
      seek(event);
    });
    this.element.addEventListener("pointermove", (event) => this.#dragging && seek(event));
    this.element.addEventListener("pointerup", () => { this.#dragging = false; });
    this.#resize = new ResizeObserver(() => this.redraw());
    this.#resize.observe(this.#ruler);
  }
  #resize;

  /** `people`: those of the cast that have a row, in order; `picked`: ids */
  show(data, people, picked, moments) {
    this.#data = data;
    this.#moments = moments;
    if (this.#to === 1 || this.#to > data.duration_s) [this.#from, this.#to] = [0, data.duration_s || 1];
    const tracks = new Map(data.rows.map((row) => [row.person, row.tracks]));
    for (const { canvas } of this.#rows.values()) { this.#observer.unobserve(canvas); this.#visible.delete(canvas); }
    this.#rows.clear();
    this.list.replaceChildren(...people.map((person) => {
      const canvas = h("canvas", { class: "row-canvas", role: "img", "aria-label": `${person.shown_name}: ${counted(tracks.get(person.id)?.length ?? 0, "moment")}` });
      canvas.tracks = tracks.get(person.id) ?? [];
      canvas.colour = person.colour;
      this.#rows.set(person.id, { canvas });
      this.#observer.observe(canvas);
      const on = picked.has(person.id);
      return h("li", { class: on ? "row picked" : "row", style: { "--person": person.colour } },
        h("button", { class: "row-name", "aria-pressed": String(on), "data-focus": `row-${person.id}`, onclick: () => this.onPick(person.id), title: "Only moments with this person" }, person.shown_name), canvas);
    }));
    this.redraw();
  }

  redraw() { for (const canvas of this.#visible) this.#draw(canvas); }

  #draw(canvas) {
    const ratio = Math.min(2, devicePixelRatio), width = canvas.clientWidth, height = canvas.clientHeight;
    if (!width || !this.#data) return;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const x = (s) => ((s - this.#from) / (this.#to - this.#from)) * width;
    const ink = getComputedStyle(canvas).color;
    if (canvas === this.#ruler) {
      this.#data.shots.forEach((shot, i) => {
        pen.globalAlpha = i % 2 ? 0.28 : 0.14;
        pen.fillStyle = ink;
        pen.fillRect(x(shot.start_s), 0, x(shot.end_s) - x(shot.start_s), height);
      });
      pen.globalAlpha = 0.9;
      for (const [from, to] of this.#moments) pen.fillRect(x(from), height - 4, Math.max(2, x(to) - x(from)), 4);
      return;
    }
    pen.fillStyle = canvas.colour;
    for (const [, from, to] of canvas.tracks) pen.fillRect(x(from), 2, Math.max(1.5, x(to) - x(from)), height - 4);
  }

  /** The part of the film that is shown: `zoom` times smaller than all of it, around `time`. */
  zoom(zoom, time) {
    const length = (this.#data?.duration_s || 1) / zoom;
    this.#from = Math.max(0, Math.min(time - length / 2, (this.#data?.duration_s || 1) - length));
    this.#to = this.#from + length;
    this.redraw();
  }

  setTime(time) {
    const length = this.#to - this.#from;
    const whole = this.#data?.duration_s ?? 1;
    if (length < whole && !this.#dragging && (time < this.#from || time > this.#to)) {
      this.#from = Math.max(0, Math.min(time - length / 10, whole - length));
      this.#to = this.#from + length;
      this.redraw();
    }
    const part = (time - this.#from) / length;
    this.#head.hidden = part < 0 || part > 1;
    this.#head.style.left = `${100 * part}%`;
  }

  close() { this.#observer.disconnect(); this.#resize.disconnect(); }
}
