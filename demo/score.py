"""What dramatis found in the demonstration film beside its truth.

Usage: python3 score.py names CAST.json TRUTH.json     a line for each person: id, tab, name
       python3 score.py score CAST.json TRUTH.json     how many shots, heads and people agree
       python3 score.py check CAST.json TRUTH.json     the same; exit status 1 below what is required

A head of the truth is a person in a shot. A box belongs to the person whose place in the truth is
nearest to its middle, and to nobody when all are further than MAX_DISTANCE. B-cubed F (Bagga and
Baldwin 1998) is counted over boxes: a long track weighs more than a short one.
"""

import json
import math
import sys
from collections import Counter, defaultdict

MAX_DISTANCE = 0.25  # in widths of the picture
FOUND = 2 / 3  # a head is found when tracks cover this share of its frames
REQUIRED = {"shots": 0.95, "heads": 0.90, "people": 0.75}


def shot_at(truth, frame):
    return next(s for s in truth["shots"] if s["start_frame"] <= frame < s["end_frame"])


def person_at(cast, shot, box):
    """The name of the person of the truth to whom a box belongs, or None."""
    width, height = cast["film"]["width"], cast["film"]["height"]
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2

    def distance(person):
        return math.hypot(x - person["x"] * width, y - person["y"] * height) / width

    nearest = min(shot["people"], key=distance, default=None)
    return nearest["name"] if nearest and distance(nearest) < MAX_DISTANCE else None


def boxes_of(cast, truth):
    """(track, person id, truth's shot, truth's name or None, frame) for each box."""
    for track in cast["tracks"]:
        for head in track["heads"]:
            shot = shot_at(truth, head["frame"])
            name = person_at(cast, shot, head["box"])
            yield track["id"], track["person"], shot["start_frame"], name, head["frame"]


def faceless_of_tracks(cast):
    """The id by which a head that nobody knows is named, for each of their tracks."""
    return {track: head["id"] for head in cast["faceless"] for track in head["tracks"]}


def f_score(hits, found, expected):
    return 2 * hits / (found + expected) if found + expected else 1.0


def score_shots(cast, truth):
    """A cut must be on its frame; a fade anywhere between the first and the last darkened frame."""
    found = [shot["start_frame"] for shot in cast["shots"][1:]]
    hits = 0
    for before, shot in zip(truth["shots"], truth["shots"][1:]):
        earliest = shot["start_frame"] - before["fade_out"]
        latest = shot["start_frame"] + shot["fade_in"]
        hits += any(earliest <= start <= latest for start in found)
    return hits, len(found), len(truth["shots"]) - 1


def score_heads(boxes, truth):
    frames = defaultdict(set)
    for _, _, start, name, frame in boxes:
        frames[start, name].add(frame)
    hits, missed = 0, []
    for shot in truth["shots"]:
        clear = range(shot["start_frame"] + shot["fade_in"], shot["end_frame"] - shot["fade_out"])
        for person in shot["people"]:
            seen = len(frames[shot["start_frame"], person["name"]].intersection(clear))
            if seen >= FOUND * len(clear):
                hits += 1
            else:
                missed.append(f"{person['name']} from frame {clear.start}: {seen} of {len(clear)}")
    return hits, missed


def b_cubed_f(pairs):
    """pairs: (cluster, class) of each item."""
    both, clusters, classes = Counter(pairs), Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    if not pairs:
        return 0.0
    precision = sum(n * n / clusters[cluster] for (cluster, _), n in both.items()) / len(pairs)
    recall = sum(n * n / classes[name] for (_, name), n in both.items()) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def people_alike(pairs):
    """Names of the truth that are one person of the cast, and that person nobody else, nine parts in ten."""
    both, clusters, classes = Counter(pairs), Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    return {name for (cluster, name), n in both.items()
            if n >= 0.9 * clusters[cluster] and n >= 0.9 * classes[name]}


def names(cast, truth):
    """For each name of the truth the person of the cast with most of its boxes, each person once."""
    faceless = faceless_of_tracks(cast)
    counts = Counter((faceless.get(track, person), name) for track, person, _, name, _ in boxes_of(cast, truth)
                     if name is not None)
    counts = {who: n for who, n in counts.items() if who[0] is not None}
    person_of = {}
    for (person, name), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if name not in person_of and person not in person_of.values():
            person_of[name] = person
    for name, person in sorted(person_of.items(), key=lambda item: item[1]):
        print(f"{person}\t{name}")


def score(cast, truth):
    boxes = list(boxes_of(cast, truth))
    shots_hit, shots_found, shots_expected = score_shots(cast, truth)
    heads_expected = sum(len(shot["people"]) for shot in truth["shots"])
    heads_hit, missed = score_heads(boxes, truth)
    # A track without a person is a person of its own.
    pairs = [((person, None) if person is not None else (None, track), name)
             for track, person, _, name, _ in boxes if name is not None]
    on_a_head = {track for track, _, _, name, _ in boxes if name is not None}
    truth_names = {person["name"] for shot in truth["shots"] for person in shot["people"]}
    alike = people_alike(pairs)

    print(f"Shots   {shots_hit} of {shots_expected} changes found, {shots_found - shots_hit} false")
    print(f"Heads   {heads_hit} of {heads_expected} found (a head: a person in a shot)")
    for line in missed:
        print(f"        missed: {line}")
    print(f"Tracks  {len(on_a_head)} of {len(cast['tracks'])} lie on a head")
    print(f"People  {len(alike)} of {len(truth_names)} right, B-cubed F {b_cubed_f(pairs):.2f}")
    for name in sorted(truth_names - alike):
        print(f"        not whole: {name}")
    return {"shots": f_score(shots_hit, shots_found, shots_expected),
            "heads": heads_hit / heads_expected, "people": b_cubed_f(pairs)}


def main():
    word, cast_path, truth_path = sys.argv[1:]
    with open(cast_path, encoding="utf-8") as cast, open(truth_path, encoding="utf-8") as truth:
        cast, truth = json.load(cast), json.load(truth)
    if word == "names":
        return names(cast, truth)
    figures = score(cast, truth)
    if word == "check":
        below = [name for name, least in REQUIRED.items() if figures[name] < least]
        sys.exit(f"Below what is required: {', '.join(below)}" if below else 0)


if __name__ == "__main__":
    main()
