#!/usr/bin/env python3
"""Longer films cut together from the labelled clips, in which people come back, and their scores.

    DRAMATIS_DATA=FOLDER bench/people/recut_films.py [--seeds 1 2] [--kinds plain small] [--more FILM=PERSON ...]

Every clip is cut into pieces of one to four seconds, the pieces of all clips are shuffled and made
one film of some thirty people, of whom most come back several times, each film with a look of its
own (`KINDS`). No constant of the program was chosen on these films, but the clips they are made of
are those it was chosen on; FILM is one of yours in which nobody but PERSON is to be seen.

Who is where comes from src/people/testdata/people_in_clips.csv, by way of the tracks that the
program finds in the whole clip: so "covered" says what is lost beside the clip as it was, not what
is never found. Heads under 16 pixels, and those of which less than a half is left, do not count.
"""

import argparse
import csv
import json
import os
import pathlib
import random
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LABELS = ROOT / "src/people/testdata/people_in_clips.csv"
WIDTH, HEIGHT, RATE = 640, 360, 25
EVERY = 5  # frames from one labelled head to the next
LEAST_HEAD_PX = 16
PIECES_OF_A_CLIP = {"hyland_xfactor.mp4": 10, "basketball_robot.mp4": 6, "tvshow_coaches.mp4": 6}
# Blended frames, an end title, and a clip in which everybody lies on the side.
LEFT_OUT = {
    "audrey_trailer.mp4": [(160, 182), (204, 221)],
    "hyland_xfactor.mp4": [(0, 178), (2260, 2428)],
    "goldeneye_rotated.mp4": [(0, 240)],
}
ALONE = {
    "woman_expressions.mp4": "woman_expressions",
    "single_face.mp4": "man_at_a_door",
    "face_noface_hevc.mov": "man_at_a_door",
}
LOOKS = {
    "as it is": "null",
    "dark": "eq=brightness=-0.12:contrast=0.6",
    "grey": "hue=s=0",
    "blurred": "gblur=sigma=1.5",
    "noisy": "noise=alls=18:allf=t",
    "warm": "colorbalance=rs=0.25:bs=-0.25",
    "closer": "null",
}
# name: looks drawn for each piece, size, quality of the film's coding
KINDS = {
    "plain": (["as it is"], 360, 20),
    "scenes": (["as it is"], 360, 23),
    "small": (["as it is"], 240, 32),
    "dark": (["dark"], 360, 26),
    "mixed": (list(LOOKS), 360, 26),
}


def run(*words):
    return subprocess.run([str(w) for w in words], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def overlap(a, b):
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / (a[2] * a[3] + b[2] * b[3] - wide * high)


class Clip:
    """A film file, the whole film's tracks, and who they are."""

    def __init__(self, path, program, projects, labels, alone):
        self.path, self.name = path, path.name
        project = projects / f"{path.name}.dramatis"
        run(program, "run", "--quiet", path, "-o", project)
        cast = json.loads(run(program, "export", project, "--format", "json"))
        self.film, self.tracks = cast["film"], cast["tracks"]
        self.shots = [(s["start_frame"], s["end_frame"]) for s in cast["shots"]]
        self.person = {t["id"]: self.person_of(t, labels, alone) for t in self.tracks}

    def person_of(self, track, labels, alone):
        """None: nobody said."""
        if alone:
            return alone
        boxes = {h["frame"]: h["box"] for h in track["heads"]}
        votes = {}
        for frame, box, person in labels:
            if frame in boxes and overlap(boxes[frame], box) > 0.4:
                votes[person] = votes.get(person, 0) + 1
        return f"{self.name}/{max(votes, key=votes.get)}" if votes else None

    def pieces(self, draw):
        """Ranges within shots, none in what is left out, all with somebody labelled."""
        found = []
        for start, end in self.shots:
            while end - start >= 25:
                length = draw.randint(25, 100)
                last = min(end, start + length)
                if end - last < 25:
                    last = min(end, start + 120)
                found.append((start, last))
                start = last
        out = LEFT_OUT.get(self.name, [])
        found = [(a, b) for a, b in found if not any(a < y and x < b for x, y in out)]
        shown = lambda a, b: any(
            self.person[t["id"]] and min(b, t["end_frame"]) - max(a, t["start_frame"]) >= 10 for t in self.tracks
        )
        found = [(a, b) for a, b in found if shown(a, b)]
        draw.shuffle(found)
        return [(self, a, b) for a, b in found[: PIECES_OF_A_CLIP.get(self.name, 4)]]


def in_an_order(pieces, kind, draw):
    """Shuffled, and no two neighbours of one clip; in `scenes` two clips are cut back and forth."""
    if kind == "scenes":
        return in_scenes(pieces, draw)
    draw.shuffle(pieces)
    film = []
    while pieces:
        other = next((p for p in pieces if not film or p[0] is not film[-1][0]), None)
        if other is None:
            break
        pieces.remove(other)
        film.append(other)
    return film


def in_scenes(pieces, draw):
    """Scenes of up to three pieces of each of two clips; most clips are in two scenes."""
    stacks = {}
    for piece in pieces:
        stacks.setdefault(piece[0].name, []).append(piece)
    film = []
    while len(stacks) > 1:
        names = [name for name in sorted(stacks) if not film or name != film[-1][0].name]
        pair = draw.sample(names, min(2, len(names)))
        for _ in range(3):
            for name in pair:
                if stacks.get(name):
                    film.append(stacks[name].pop())
        stacks = {name: stack for name, stack in stacks.items() if stack}
    return film


class Shape:
    """From a clip's picture to the film's: fitted into the frame, perhaps a part of it enlarged."""

    def __init__(self, film, look, height, draw):
        pixels = [int(n) for n in film["pixel_aspect"].split("/")]
        wide, high = film["width"] * pixels[0] / pixels[1], film["height"]
        scale = min(WIDTH / wide, HEIGHT / high)
        self.size = (round(wide * scale / 2) * 2, round(high * scale / 2) * 2)
        self.corner = ((WIDTH - self.size[0]) // 2, (HEIGHT - self.size[1]) // 2)
        self.stored = (film["width"], film["height"])
        self.part = (0, 0, WIDTH, HEIGHT)
        if look == "closer":
            self.part = (draw.randrange(40, 201, 2), draw.randrange(10, 91, 2), 400, 226)
        self.out = (round(height * 16 / 9 / 2) * 2, height)

    def filters(self):
        x, y, w, h = self.part
        return (
            f"scale={self.size[0]}:{self.size[1]},pad={WIDTH}:{HEIGHT}:{self.corner[0]}:{self.corner[1]},"
            f"crop={w}:{h}:{x}:{y},scale={self.out[0]}:{self.out[1]},setsar=1"
        )

    def box(self, box):
        """None where less than a half is left, or it is too small."""
        x, y, w, h = self.part
        place, sides = [], []
        for k in range(2):
            fit, part, corner = self.size[k] / self.stored[k], (w, h)[k], (x, y)[k]
            grow = self.out[k] / part
            place.append((box[k] * fit + self.corner[k] - corner) * grow)
            sides.append(box[2 + k] * fit * grow)
        left = [max(0, place[k]) for k in range(2)]
        right = [min(self.out[k], place[k] + sides[k]) for k in range(2)]
        wide, high = right[0] - left[0], right[1] - left[1]
        if wide <= 0 or high < LEAST_HEAD_PX or wide * high < 0.5 * sides[0] * sides[1]:
            return None
        return [left[0], left[1], wide, high]


def make_film(pieces, kind, draw, path):
    """Writes the film; returns labelled heads, first frames of shots, and what was done to each piece."""
    looks, height, quality = KINDS[kind]
    width = round(height * 16 / 9 / 2) * 2
    encoder = subprocess.Popen(
        f"ffmpeg -v error -y -f rawvideo -pix_fmt yuv420p -s {width}x{height} -r {RATE} -i - -c:v libx264"
        f" -preset veryfast -crf {quality} -threads 2 {path}".split(),
        stdin=subprocess.PIPE,
    )
    heads, cuts, made, frame = [], [], [], 0
    for piece, (clip, first, last) in enumerate(pieces):
        look = draw.choice(looks)
        shape = Shape(clip.film, look, height, draw)
        raw = run(
            *("ffmpeg", "-v", "error", "-nostdin", "-i", clip.path),
            *("-vf", f"trim=start_frame={first}:end_frame={last},{shape.filters()},{LOOKS[look]},format=yuv420p"),
            *("-fps_mode", "passthrough", "-f", "rawvideo", "-"),
        )
        encoder.stdin.write(raw)
        for track in clip.tracks:
            for head in track["heads"]:
                at = head["frame"]
                if not (first <= at < last and (at - first) % EVERY == 2 and head["seen"]):
                    continue
                box = shape.box(head["box"])
                if box:
                    known = clip.person[track["id"]]
                    other = f"{clip.name}#{track['id']}"
                    heads.append((frame + at - first, box, known or other, bool(known), piece))
        cuts.append(frame)
        made.append((clip.name, first, last, look))
        frame += len(raw) // (width * height * 3 // 2)
    encoder.stdin.close()
    encoder.wait()
    return heads, cuts, made


class Found:
    """The project's tracks beside the labelled heads."""

    def __init__(self, cast, heads):
        self.cast = cast
        boxes = {}
        for track in cast["tracks"]:
            for head in track["heads"]:
                boxes.setdefault(head["frame"], []).append((track["id"], head["box"]))
        by_frame = {}
        for head in heads:
            by_frame.setdefault(head[0], []).append(head)
        self.pairs, self.missed = [], []  # (track, head)
        for frame, labelled in by_frame.items():
            close = [(overlap(h[1], b), n, t) for n, h in enumerate(labelled) for t, b in boxes.get(frame, [])]
            taken_heads, taken = set(), set()
            for much, n, track in sorted(close, reverse=True):
                if much >= 0.4 and n not in taken_heads and track not in taken:
                    taken_heads.add(n), taken.add(track)
                    self.pairs.append((track, labelled[n]))
            self.missed += [h for n, h in enumerate(labelled) if n not in taken_heads]
        self.persons = {}
        for track, head in self.pairs:
            votes = self.persons.setdefault(track, {})
            votes[head[2]] = votes.get(head[2], 0) + 1

    def person(self, track):
        votes = self.persons.get(track)
        return max(votes, key=votes.get) if votes else f"track {track}"

    def tracks_a_person_and_shot(self):
        tracks = {}
        for track, head in self.pairs:
            if head[3]:
                tracks.setdefault((head[4], head[2]), set()).add(track)
        return sum(map(len, tracks.values())), len(tracks)

    def switches(self):
        return sum(1 for votes in self.persons.values() if sum(n >= 2 for n in votes.values()) > 1)


def answers_to_the_truth(program, project, found, truth, most):
    """Answers the program's own questions in a copy of the project; B-cubed F after each."""
    copy = project.with_suffix(".asked")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project, copy)
    scores = []
    for _ in range(most + 1):
        people = json.loads(run(program, "eval", copy, "--truth", truth, "--json"))["people"]
        scores.append(people["by_frames"]["bcubed"]["f"])
        question = json.loads(run(program, "people", copy, "--ask", "--json"))
        if scores[-1] > 1 - 1e-9 or not question:
            break
        a, b = (t["track"] for t in question["tracks"])
        run(program, "same" if found.person(a) == found.person(b) else "different", copy, a, b)
    shutil.rmtree(copy)
    return scores


def write_truth(path, heads):
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["frame", "x", "y", "width", "height", "person"])
        for frame, box, person, known, _ in heads:
            if known:
                table.writerow([frame, *(round(v, 2) for v in box), person])


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--program", default=ROOT / "build/dramatis")
    words.add_argument("--out", type=pathlib.Path, default=ROOT / "build/bench/recut")
    words.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    words.add_argument("--kinds", nargs="+", default=list(KINDS), choices=KINDS)
    words.add_argument("--more", nargs="*", default=[], metavar="FILM=PERSON")
    words.add_argument("--answers", action="store_true", help="also answer the program's questions")
    given = words.parse_args()
    folder = pathlib.Path(os.environ.get("DRAMATIS_DATA", ROOT / "shared/data")) / "clips"
    projects = given.out / "clips"
    projects.mkdir(parents=True, exist_ok=True)

    labels = {}
    with open(LABELS) as file:
        for line in csv.DictReader(file):
            box = [float(line[k]) for k in ("x", "y", "width", "height")]
            labels.setdefault(line["clip"], []).append((int(line["frame"]), box, line["person"]))
    alone = {folder / name: person for name, person in ALONE.items()}
    alone |= {pathlib.Path(m.rpartition("=")[0]): m.rpartition("=")[2] for m in given.more}
    paths = sorted([folder / name for name in labels] + list(alone))
    clips = [Clip(p, given.program, projects, labels.get(p.name, []), alone.get(p)) for p in paths if p.exists()]

    print("film          P     R     F  missed F  covered  people found/true  tracks a person+shot  switches  cuts right/missed/false")
    for seed in given.seeds:
        for kind in given.kinds:
            draw = random.Random(seed)
            pieces = in_an_order([p for clip in clips for p in clip.pieces(draw)], kind, draw)
            path = given.out / f"{kind}-{seed}.mp4"
            project = path.with_suffix(".dramatis")
            heads, cuts, made = make_film(pieces, kind, draw, path)
            write_truth(path.with_suffix(".csv"), heads)
            path.with_suffix(".cuts").write_text("".join(f"{c}\n" for c in cuts[1:]))
            path.with_suffix(".json").write_text(json.dumps({"heads": heads, "cuts": cuts, "pieces": made}))
            run(given.program, "run", "--quiet", path, "-o", project)
            truth = path.with_suffix(".csv")
            people = json.loads(run(given.program, "eval", project, "--truth", truth, "--json"))["people"]
            found = Found(json.loads(run(given.program, "export", project, "--format", "json")), heads)
            at = [s["start_frame"] for s in found.cast["shots"]][1:]
            right = sum(any(abs(c - a) <= 1 for a in at) for c in cuts[1:])
            score, (tracks, shown) = people["by_frames"]["bcubed"], found.tracks_a_person_and_shot()
            print(
                f"{path.stem:10s} {score['precision']:.3f} {score['recall']:.3f} {score['f']:.3f}"
                f"     {people['bcubed_with_missed']['f']:.3f}    {people['head_recall']:.3f}"
                f"       {people['cast']:3d}/{people['people']:3d}         {tracks}/{shown} = {tracks / max(1, shown):.2f}"
                f"      {found.switches()}    {right}/{len(cuts) - 1 - right}/{len(at) - right}",
                flush=True,
            )
            if given.answers:
                scores = answers_to_the_truth(given.program, project, found, truth, people["people"])
                print("           F after answers: " + " ".join(f"{s:.3f}" for s in scores), flush=True)


if __name__ == "__main__":
    main()
