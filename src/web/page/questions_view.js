// One question at a time: are these two one person? One key each.

import { h, picture } from "./dom.js";
import { get } from "./api.js";
import { room } from "./room.js";
import { atStake, clock, counted, duration, percent } from "./words.js";

let wholeFrames = true;

export function questionsView(place) {
  const stage = h("div", { class: "questions" });
  const skipped = new Set();
  let questions = [], settled = 1, secondsAtStake = 0, busy = false;

  const keyOf = (question) => question.tracks.map((track) => track.id).join("-");
  const open = () => questions.find((question) => !skipped.has(keyOf(question)));

  async function load() {
    const answer = await get("/api/questions");
    questions = answer.questions;
    secondsAtStake = answer.seconds_at_stake;
    settled = answer.seconds_total > 0 ? 1 - Math.min(1, secondsAtStake / answer.seconds_total) : 1;
    show();
  }

  function side(track) {
    const person = room.person(track.person);
    return h("figure", { class: "side", style: { "--person": person?.colour ?? "gray" } },
      h("div", { class: "strip" }, picture(room.strip(track.id, 4), `Heads of ${person?.shown_name ?? "somebody"}`, { loading: "eager" })),
      wholeFrames && h("div", { class: "whole" }, picture(room.frame(track.best_frame, 640, track.id), "The whole frame, with the head boxed", { loading: "eager", onerror: (e) => e.target.remove() })),
      h("figcaption", {}, h("a", { href: `#/person/${track.person}` }, person?.shown_name ?? "somebody"),
        h("span", { class: "about" }, ` shot ${track.shot}, at ${clock(track.start_s)}, ${duration(track.end_s - track.start_s)}`)));
  }

  function show() {
    const question = open();
    const bar = h("div", { class: "settled" }, h("progress", { max: 1, value: settled, "aria-label": "Screen time that is settled" }),
      h("span", {}, `${percent(settled)} of the screen time is settled · ${counted(questions.length, "question")} left${atStake(secondsAtStake, ", about ")}`));
    if (!question) {
      const again = questions.length > 0;
      if (room.soFar) {
        stage.replaceChildren(h("h1", { class: "question" }, "No questions yet"),
          h("p", { class: "empty", role: "status" }, "Questions come when all of the film has been looked at: the rest of it answers many of them by itself."),
          h("a", { href: "#/cast" }, "To the cast so far"));
        return;
      }
      stage.replaceChildren(bar, h("p", { class: "empty", role: "status" }, again ? `You skipped ${counted(questions.length, "question")}.` : "Nothing uncertain is worth asking. Well done."),
        again ? h("button", { class: "main", onclick: () => { skipped.clear(); show(); } }, "Ask them again") : h("a", { href: "#/cast" }, "To the cast"));
      return;
    }
    const [a, b] = question.tracks;
    stage.replaceChildren(bar, h("h1", { class: "question" }, "Is this the same person?"),
      h("div", { class: "sides" }, side(a), side(b)),
      h("div", { class: "answers" },
        h("button", { class: "answer same", onclick: () => say("same") }, "Same ", h("kbd", {}, "S")),
        h("button", { class: "answer different", onclick: () => say("different") }, "Different ", h("kbd", {}, "D")),
        h("button", { class: "answer skip", onclick: skip }, "Skip ", h("kbd", {}, "Space"))),
      h("p", { class: "about" }, `The film says: the same with ${percent(question.probability_same)}. ${atStake(question.seconds_at_stake) ? `${duration(question.seconds_at_stake)} of` : "Hardly any"} screen time depends on it.`));
    const next = questions[questions.indexOf(question) + 1];
    for (const track of next?.tracks ?? []) new Image().src = room.strip(track.id, 4);
  }

  async function say(kind) {
    const question = open();
    if (!question || busy) return;
    busy = true;
    await room.edit({ kind, tracks: question.tracks.map((track) => track.id) });
    busy = false;
  }
  function skip() {
    const question = open();
    if (question) skipped.add(keyOf(question)), show();
  }

  place.append(stage);
  load();
  room.addEventListener("cast", load);
  return {
    close: () => room.removeEventListener("cast", load),
    onKey(event) {
      const onButton = event.target instanceof HTMLButtonElement && event.key === " ";
      const action = { s: () => say("same"), d: () => say("different"), " ": skip, ArrowRight: skip,
        f: () => { wholeFrames = !wholeFrames; show(); } }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action || onButton) return;
      event.preventDefault();
      action();
    },
  };
}
