"""How many actions a person needs in the naming room until the cast of the demonstration film is right
and named: joins, tracks put where they belong, and a name for each character, one action each. What
is right is known from the edit list, so the count is what the best user needs, who sees all.

Usage: count_actions.py PROJECT TRUTH.json    works on a copy, with every decision taken back; exit
                                              status 1 above MOST_PER_CHARACTER
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

sys.path.append(os.path.join(os.path.dirname(__file__), "..", "tests", "web"))
from invented_room import DRAMATIS, Room
from score import boxes_of, faceless_of_tracks

MOST_PER_CHARACTER = 2


def names_of_tracks(project, truth):
    """For each track its person, and who it truly is: None for who is nobody of the truth."""
    cast = json.loads(subprocess.run([DRAMATIS, "export", project, "--format", "json"], check=True, capture_output=True).stdout)
    names, persons, faceless = defaultdict(Counter), {}, faceless_of_tracks(cast)
    for track, person, _, name, _ in boxes_of(cast, truth):
        names[track][name] += 1
        persons[track] = faceless.get(track, person)
    return {track: (persons[track], names[track].most_common(1)[0][0]) for track in persons}


def take_everything_back(room):
    while room.ask("/api/cast")["undo"]:
        room.ask("/api/undo", {})


class Count:
    def __init__(self, room):
        self.room, self.done = room, Counter()

    def act(self, kind, **fields):
        self.room.ask("/api/edits", {"kind": kind, **fields})
        self.done[kind] += 1


def put_right(count, project, truth):
    """First who is in the wrong company, then who is in two, then the names."""
    tracks = names_of_tracks(project, truth)
    time = defaultdict(Counter)
    for person, name in tracks.values():
        time[person][name] += 1
    whose = {person: found.most_common(1)[0][0] for person, found in time.items()}
    home = {}
    for person in sorted(whose, key=lambda p: -time[p][whose[p]]):
        home.setdefault(whose[person], person)
    strays = defaultdict(list)
    for track, (person, name) in tracks.items():
        if name != whose[person] and name is not None:
            strays[person, name].append(track)
    for (_, name), some in strays.items():
        if name in home:
            count.act("move", tracks=some, person=home[name])
        else:
            count.act("split", tracks=some)
    for person, name in whose.items():
        if name is not None and person != home[name]:
            count.act("merge", people=[home[name], person])
    for person, name in sorted((p, n) for p, n in unnamed(project, truth).items()):
        count.act("name", person=person, name=name)


def unnamed(project, truth):
    return {person: name for person, name in names_of_tracks(project, truth).values() if name is not None}


def wrong(project, truth, room):
    named = {number: person["name"] for number, person in room.people().items()}
    return [track for track, (person, name) in names_of_tracks(project, truth).items() if name is not None and named.get(person) != name]


def main():
    project, truth = sys.argv[1], json.load(open(sys.argv[2]))
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.join(scratch, "project")
        shutil.copytree(project, copy)
        room = Room(copy)
        try:
            take_everything_back(room)
            count = Count(room)
            put_right(count, copy, truth)
            left = wrong(copy, truth, room)
            characters = {person["name"] for person in room.people().values() if person["name"]}
        finally:
            room.close()
    total = sum(count.done.values())
    print(f"{total} actions for {len(characters)} characters, {total / len(characters):.2f} each:",
          ", ".join(f"{number} {kind}" for kind, number in count.done.most_common()))
    print(f"tracks that are still wrong: {left or 'none'}")
    return 1 if left or total > MOST_PER_CHARACTER * len(characters) else 0


if __name__ == "__main__":
    sys.exit(main())
