// The cast: a card for each person; extras, pictures and the ignored apart.

import { arrange, h, isTyping, keepingFocus } from "./dom.js";
import { room } from "./room.js";
import { card } from "./card.js";
import { bringPortraits } from "./portraits.js";
import { bringCastList } from "./cast_list.js";
import { atStake, counted } from "./words.js";

const orders = {
  time: ["Screen time", (a, b) => b.seconds - a.seconds],
  unnamed: ["Unnamed first", (a, b) => Number(Boolean(a.name)) - Number(Boolean(b.name)) || b.seconds - a.seconds],
  named: ["Named first", (a, b) => Number(Boolean(b.name)) - Number(Boolean(a.name)) || b.seconds - a.seconds],
  first: ["First appearance", (a, b) => a.first_s - b.first_s],
  unsure: ["Most to check", (a, b) => b.unsure_tracks - a.unsure_tracks || b.seconds - a.seconds],
};

const groups = [
  { word: "cast", title: "Cast", holds: (p) => !p.ignored && p.kind === "character", open: true },
  { word: "extras", title: "Extras", holds: (p) => !p.ignored && p.kind === "extra", about: "seen once, for a moment" },
  { word: "pictures", title: "Pictures and screens", holds: (p) => !p.ignored && p.kind === "picture", about: "portraits, posters, statues, televisions" },
  { word: "faceless", title: "Heads without a face", holds: (p) => !p.ignored && p.kind === "faceless", about: "someone is there, but who is not known" },
  { word: "ignored", title: "Ignored", holds: (p) => p.ignored, about: "neither counted nor named anywhere" },
];

// Kept while the page is open, so that coming back from a person changes nothing.
const memory = { order: "time", filter: "", open: new Set(["cast"]), extrasShown: false, scroll: 0 };

function markCard(node, id) {
  const on = room.selected.has(id);
  if (node.classList.contains("selected") === on) return;
  node.classList.toggle("selected", on);
  node.querySelector("input[type=checkbox]").checked = on;
}

const isTypedInto = (node) => node.contains(document.activeElement) && isTyping(document.activeElement);

/** A group of cards, made once; show() puts the cards of those it holds into it. */
function sectionOf(group, cardOf) {
  const body = h("ul", { class: "cards", "aria-label": group.title });
  const isOpen = () => group.open || memory.open.has(group.word) || Boolean(memory.filter);
  let people = [];
  const fill = () => arrange(body, isOpen() ? people.map(cardOf) : []);
  const count = h("span", { class: "count" });
  const title = h("h2", { class: "group-title" }, group.title);
  const element = group.open ? h("section", { class: "group" }, h("h1", { class: "group-title" }, group.title), body)
    : h("details", { class: "group" }, h("summary", {}, title, count, h("span", { class: "about" }, group.about)), body);
  element.addEventListener("toggle", () => {
    if (memory.filter) return;
    if (element.open) memory.open.add(group.word);
    else memory.open.delete(group.word);
    fill();
  });
  function show(all) {
    people = all.filter(group.holds);
    element.hidden = !group.open && people.length === 0;
    count.textContent = String(people.length);
    if (!group.open) element.open = isOpen();
    fill();
  }
  return { element, show };
}

export function castView(place) {
  const cards = new Map(); // id -> {person, version, node, place}; a person that did not change keeps its node
  const list = h("div", { class: "groups" });
  const summary = h("p", { class: "summary" });

  const cardOf = (person) => {
    const known = cards.get(person.id);
    if (known?.person === person && known.version === room.version) return known.node;
    if (known && isTypedInto(known.node)) return (kept = known.node);
    const node = card(person);
    markCard(node, person.id);
    cards.set(person.id, { person, version: room.version, node, place: known?.place ?? nextPlace++ });
    return node;
  };
  let kept = null; // is behind, because somebody is typing a name there
  list.addEventListener("focusout", () => setTimeout(() => { if (kept && !isTypedInto(kept)) showCast(); }));

  /** A run gives ids anew; where two have become one, the card that is typed into stays. */
  function findOwners() {
    const all = [...cards.values()].sort((a, b) => isTypedInto(b.node) - isTypedInto(a.node));
    cards.clear();
    for (const one of all) {
      const owner = room.today(one.person);
      if (owner && !cards.has(owner.id)) cards.set(owner.id, one);
    }
  }

  // While a run adds to the cast, who is there stays in place and who is new comes after.
  let nextPlace = 0, calm = false;
  const placeOf = (person) => cards.get(person.id)?.place ?? nextPlace;
  function newOrder(order) {
    memory.order = order;
    for (const one of cards.values()) one.place = nextPlace;
    showCast();
  }

  const sections = groups.map((group) => sectionOf(group, cardOf));
  const unplaced = h("p", { class: "about", hidden: true });
  list.append(...sections.map((section) => section.element), unplaced);

  function showCast() {
    const wanted = memory.filter.toLowerCase();
    const people = room.cast.people.filter((p) => p.shown_name.toLowerCase().includes(wanted));
    people.sort(orders[memory.order][1]);
    const main = room.cast.people.filter(groups[0].holds), extras = room.cast.people.filter(groups[1].holds);
    if (!main.length && extras.length && !memory.extrasShown) {
      memory.extrasShown = true; // once: who folds them wants them folded
      memory.open.add("extras");
    }
    findOwners();
    calm ||= room.soFar;
    if (calm) people.sort((a, b) => placeOf(a) - placeOf(b));
    kept = null;
    const { scrollTop } = place;
    keepingFocus(list, () => sections.forEach((section) => section.show(people)));
    place.scrollTop = scrollTop;
    unplaced.hidden = room.cast.unplaced_names.length === 0;
    unplaced.textContent = `Named, but not seen today: ${room.cast.unplaced_names.join(", ")}.`;
    const named = main.filter((p) => p.name).length;
    const stake = room.cast.questions ? ` · ${counted(room.cast.questions, "question")}${atStake(room.cast.seconds_at_stake, " about ")}` : "";
    const nobody = extras.length ? `Nobody is on the screen for long; ${counted(extras.length, "extra")} below` : "Nobody was found";
    summary.textContent = (main.length ? `${named} of ${main.length} named` : nobody) + stake;
  }

  const markSelected = () => cards.forEach(({ node }, id) => markCard(node, id));

  place.append(h("div", { class: "toolbar" }, summary,
    h("input", { type: "search", placeholder: "Find a person", "aria-label": "Find a person", value: memory.filter,
      oninput: (event) => { memory.filter = event.target.value; showCast(); } }),
    h("label", { class: "inline" }, "Order ",
      h("select", { onchange: (event) => newOrder(event.target.value) },
        Object.entries(orders).map(([word, [title]]) => h("option", { value: word, selected: word === memory.order }, title)))),
    h("label", { class: "button", title: "A picture of each cast member; the file's name is theirs" }, "Portraits…",
      h("input", { type: "file", accept: "image/*", multiple: true, class: "unseen portraits",
        onchange: async (event) => { await bringPortraits([...event.target.files]); event.target.value = ""; } })),
    h("button", { onclick: bringCastList }, "Cast list…")), list);
  showCast();
  requestAnimationFrame(() => setTimeout(() => performance.mark("cards"))); // for who measures
  place.scrollTop = memory.scroll;
  room.addEventListener("cast", showCast);
  room.addEventListener("selection", markSelected);
  return {
    close() {
      memory.scroll = place.scrollTop;
      room.removeEventListener("cast", showCast);
      room.removeEventListener("selection", markSelected);
    },
    onKey(event) {
      if (isTyping(event.target)) return;
      moveByArrows(event, list);
      if (event.key === "Escape") room.selectNone();
      if (event.key === "/") event.preventDefault(), place.querySelector("input[type=search]").focus();
    },
  };
}

/** Arrow keys go from card to card, as they lie on the screen. */
function moveByArrows(event, list) {
  const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
  if (!step) return;
  const cards = [...list.querySelectorAll(".card")].filter((c) => c.offsetParent);
  const at = cards.indexOf(document.activeElement.closest?.(".card"));
  if (!cards.length) return;
  event.preventDefault();
  const perRow = Math.max(1, cards.filter((c) => c.offsetTop === cards[Math.max(0, at)].offsetTop).length);
  const to = at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, at + step[0] + perRow * step[1]));
  cards[to].querySelector(".face").focus();
}
