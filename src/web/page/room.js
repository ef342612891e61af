// What every view knows: the cast as it was last told, and how to change it. Views listen for
// "cast" (persons changed), "state" (progress of a run) and "selection".

import { get, post, put, Refused, remove } from "./api.js";
import { notice } from "./notices.js";

class Room extends EventTarget {
  state = null;
  cast = { people: [], questions: 0, sequence: 0, version: "", undo: null, redo: null, unplaced_names: [] };
  #byId = new Map();
  names = [];          // a cast list that somebody brought
  selected = new Set(); // ids of persons

  tell(what) { this.dispatchEvent(new Event(what)); }
  person(id) { return this.#byId.get(id); }
  get version() { return this.cast.version; }
  /** There is a cast, but a run is still at work. */
  get soFar() { return this.state.ready && this.state.stage !== ""; }
  face(track) { return `/api/tracks/${track}/face.jpg?v=${this.version}`; }
  strip(track, heads = 5) { return `/api/tracks/${track}/strip.jpg?heads=${heads}&v=${this.version}`; }
  frame(number, width, track = 0) {
    return `/api/frames/${number}.jpg?width=${width}${track ? `&track=${track}` : ""}&v=${this.version}`;
  }

  async open() {
    const names = get("/api/cast-list");
    this.state = await get("/api/state");
    if (this.state.ready) await this.refresh();
    this.names = (await names).names;
    this.#listen();
  }

  /** What this window knows; the room then tells what is new to it. */
  get #known() { return { seen: this.cast.sequence, version: this.cast.version }; }

  async refresh() {
    const { seen, version } = this.#known;
    this.#take(await get(`/api/cast?since=${seen}&version=${encodeURIComponent(version)}`));
  }

  // A person that did not change stays the same object, so that views know what to draw anew.
  #take(cast) {
    if (cast.version === this.cast.version && cast.sequence < this.cast.sequence) return; // an older answer came late
    const changed = new Map(cast.people.map((person) => [person.id, person]));
    const order = cast.order ?? [...changed.keys()];
    const people = order.map((id) => changed.get(id) ?? this.#byId.get(id));
    const suggested = new Map(cast.suggestions.map((one) => [one.person, one.name]));
    this.cast = { ...cast, people: people.map((person) => withSuggestion(person, suggested.get(person.id) ?? null)) };
    const before = this.#byId;
    this.#byId = new Map(this.cast.people.map((person) => [person.id, person]));
    this.#passOn(before, cast.heirs && new Map(cast.heirs));
    this.tell("cast");
    this.tell("selection");
  }

  // A run gives ids anew; who holds an older person object, or its id, is led to the one of today.
  #passOn(before, heirs) {
    const today = (id) => this.person(heirs ? heirs.get(id) : id);
    for (const [id, person] of before) if (today(id) !== person) person.heir = today(id) ?? null;
    const selected = [...this.selected].map(today).filter(Boolean);
    this.selected.clear();
    for (const person of selected) this.selected.add(person.id);
  }
  /** Who this person, as a view knows it, is by now; null when there is nobody left of it. */
  today(person) {
    while (person?.heir !== undefined) person = person.heir;
    return person;
  }

  #listen() {
    const events = new EventSource("/api/events");
    events.onmessage = async (event) => {
      const before = this.state;
      this.state = { ...before, ...JSON.parse(event.data) };
      this.tell("state");
      await this.#last.catch(() => {}); // what this window itself changed comes with its answer
      const changed = before.portraits !== this.state.portraits || this.state.version !== this.cast.version || this.state.sequence > this.cast.sequence;
      if (this.state.ready && changed) await this.refresh().catch(() => {});
    };
    events.onerror = () => this.tell("state");
  }

  preview(change) { return post("/api/edits/preview", change); }

  /** Stores a change; true when it is on the disk. With `version`: that of the cast it was decided on. */
  edit(change) { return this.#change("/api/edits", change, true); }
  undo() { return this.#change("/api/undo", {}, false); }
  redo() { return this.#change("/api/redo", {}, false); }

  // One after the other: a key pressed twice quickly means two changes, the second of which knows of
  // the first.
  #last = Promise.resolve();
  #change(path, change, canUndo) {
    this.#last = this.#last.catch(() => {}).then(() => this.#changeNow(path, change, canUndo));
    return this.#last;
  }

  async #changeNow(path, change, canUndo) {
    try {
      const result = await post(path, { ...this.#known, ...change });
      this.#take(result.cast);
      notice(result.sentence, { notes: result.notes, undo: canUndo ? () => this.undo() : null });
      return result;
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      notice(refused.message, { bad: true });
      if (refused.status === 409) await this.refresh();
      return null;
    }
  }

  async bringNames(text) {
    this.names = (await put("/api/cast-list", { text })).names;
    this.tell("cast");
  }

  /** A picture of somebody; true when there is a face in it. The people it may be show a suggestion. */
  async bringPortrait(name, blob) {
    return (await put(`/api/portraits?name=${encodeURIComponent(name)}`, blob)).has_face;
  }
  async forgetPortrait(name) {
    await remove(`/api/portraits?name=${encodeURIComponent(name)}`);
    await this.refresh();
  }

  /** Names to complete with: those in use, then those brought. */
  knownNames() {
    const used = this.cast.people.map((person) => person.name).filter(Boolean);
    return [...new Set([...used, ...this.names])];
  }

  select(id, on = !this.selected.has(id)) {
    if (on) this.selected.add(id);
    else this.selected.delete(id);
    this.tell("selection");
  }
  selectNone() {
    this.selected.clear();
    this.tell("selection");
  }
}

const withSuggestion = (person, suggested) => ((person.suggested ?? null) === suggested ? person : { ...person, suggested, heir: undefined });

export const room = new Room();
