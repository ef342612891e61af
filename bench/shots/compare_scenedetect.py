#!/usr/bin/env python3
"""The shot detectors beside PySceneDetect's, on real clips and on invented difficult films.

    compare_scenedetect.py [--program build/dramatis] [--data FOLDER] [--films FOLDER] [--only WORD]

Real clips: DRAMATIS_DATA or shared/data, a folder with clips.csv (columns file and cuts: the first
frames of new shots, hard cuts only). Both programs run with their defaults; for every clip and
detector both lists of cuts are printed, and F beside the labelled cuts with a tolerance of one frame.

Invented films: see invented_films.py. Their cuts are known by construction. Only hard cuts are truth;
what is found within a gradual transition counts as neither right nor wrong, and whether it was found
there, and as what kind, is told in a line of its own. Every boundary counts, of whatever kind.

From PyPI: scenedetect 0.7.2, opencv-python-headless. Without data or package: says so and ends with 77.
"""

import argparse
import csv
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CLASSIC = ["content", "adaptive", "threshold", "hist", "hash"]
OURS = ["auto", "transnetv2"]
KINDS = {"dissolves": "dissolve", "wipes": "wipe", "fades": "fade", "fades_and_cuts": "fade"}
# Seen in them (and in the notes of clips.csv): an iris wipe and a dissolve; two wipes in stripes.
REAL_GRADUAL = {"clips/audrey_trailer.mp4": [(165, 177), (208, 217)], "clips/hyland_xfactor.mp4": [(150, 174), (2258, 2278)]}
TOLERANCE_FRAMES = 1
ROOT = pathlib.Path(__file__).resolve().parents[2]


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(77)


# The two programs.


def cuts_of_scenedetect(film, detector):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "scenedetect", "-q", "-i", film, f"detect-{detector}"]
            + ["list-scenes", "-s", "-o", folder, "-f", "scenes.csv"],
            check=True,
            capture_output=True,
        )
        rows = list(csv.DictReader(open(f"{folder}/scenes.csv")))
    return [int(row["Start Frame"]) - 1 for row in rows[1:]]


def shots_of_dramatis(program, film, detector):
    done = subprocess.run(
        [program, "shots", "--quiet", film, "--detector", detector, "--format", "json"],
        check=True,
        capture_output=True,
    )
    return json.loads(done.stdout)["shots"][1:]


# Scores.


def score(found, truth, gradual=()):
    """Right, missed, false; what lies within a gradual transition is left out."""
    left, right = list(truth), 0
    false = 0
    for cut in sorted(found):
        near = [t for t in left if abs(t - cut) <= TOLERANCE_FRAMES]
        if near:
            left.remove(near[0])
            right += 1
        elif not any(start - 2 <= cut <= end + 2 for start, end in gradual):
            false += 1
    return right, len(left), false


def f_of(scores):
    right, missed, false = scores
    return 2 * right / (2 * right + missed + false) if right + missed + false else 1.0


class Sums:
    def __init__(self):
        self.of, self.gradual = {}, {}

    def add(self, name, scores):
        self.of[name] = tuple(a + b for a, b in zip(self.of.get(name, (0, 0, 0)), scores))

    def add_gradual(self, name, shots, gradual, kind):
        for start, end in gradual:
            found = [shot["begins_with"] for shot in shots if start - 2 <= shot["start_frame"] <= end + 2]
            counts = self.gradual.setdefault(name, [0, 0, 0])
            for i, counted in enumerate((found, kind in found, True)):
                counts[i] += bool(counted)

    def print(self, title):
        print(f"\n{title}\n{'detector':24} {'right':>6} {'missed':>6} {'false':>6} {'F':>7}")
        for name, (right, missed, false) in self.of.items():
            print(f"{name:24} {right:6} {missed:6} {false:6} {f_of((right, missed, false)):7.4f}")
        for name, (found, of_kind, all_there) in self.gradual.items():
            print(f"{name}: {found} of {all_there} gradual transitions found, {of_kind} with their kind")
        print()


def line(name, cuts, scores):
    right, missed, false = scores
    print(f"  {name:24} F {f_of(scores):.3f} ({right} right, {missed} missed, {false} false)  {cuts}")


def compare_film(program, film, name, truth, gradual, sums, parity):
    """truth None: not labelled; printed, not scored."""
    print(f"{name}: {'not labelled' if truth is None else truth}" + (f" gradual {gradual}" if gradual else ""))
    for detector in CLASSIC:
        theirs = cuts_of_scenedetect(film, detector)
        ours = [shot["start_frame"] for shot in shots_of_dramatis(program, film, detector)]
        parity.append((name, detector, theirs, ours))
        if truth is None:
            print(f"  {detector:12} PySceneDetect {theirs}\n  {'':12} dramatis      {ours}")
            continue
        for who, cuts in (("PySceneDetect", theirs), ("dramatis", ours)):
            scores = score(cuts, truth, gradual)
            line(f"{detector} {who}", cuts, scores)
            sums.add(f"{detector} {who}", scores)
    for detector in OURS:
        shots = shots_of_dramatis(program, film, detector)
        cuts = [shot["start_frame"] for shot in shots]
        slow = [
            f"{shot['begins_with']} at {shot['start_frame']}" for shot in shots if shot["begins_with"] != "cut"
        ]
        if truth is None:
            print(f"  {detector:12} {cuts} {slow}")
            continue
        scores = score(cuts, truth, gradual)
        line(detector, f"{cuts} {slow if slow else ''}", scores)
        sums.add(detector, scores)
        sums.add_gradual(detector, shots, gradual, KINDS.get(name.split("-")[0]))


def read_labels(data):
    labels = {}
    for row in csv.DictReader(open(data / "clips.csv")):
        cuts = None if row["cuts"] == "unknown" else [int(cut) for cut in row["cuts"].split()]
        labels[row["file"]] = (cuts, int(row["frames"]))
    return labels


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build/dramatis"))
    parser.add_argument("--data", default=os.environ.get("DRAMATIS_DATA", str(ROOT / "shared/data")))
    parser.add_argument("--films", help="keep the invented films in this folder")
    parser.add_argument("--only", default="", help="only films whose name holds this word")
    parser.add_argument("--seeds", type=int, default=2, help="invented films of each kind")
    parser.add_argument("--first-seed", type=int, default=0, help="another number: other films")
    arguments = parser.parse_args()
    data = pathlib.Path(arguments.data)
    if not (data / "clips.csv").exists():
        skip(f"no labelled clips at {data}: set DRAMATIS_DATA")
    for package in ("scenedetect", "cv2"):
        if importlib.util.find_spec(package) is None:
            skip(f"the Python package {package} is not installed (scenedetect, opencv-python-headless)")

    import invented_films  # after the packages it needs

    labels, parity = read_labels(data), []
    real, invented = Sums(), Sums()
    for file, (cuts, _) in labels.items():
        if arguments.only in file:
            compare_film(arguments.program, str(data / file), file, cuts, REAL_GRADUAL.get(file, []), real, parity)
    real.print("Real clips, labelled hard cuts, tolerance 1 frame")

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments.films or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        stretches = invented_films.clean_stretches(data, labels)
        photos = sorted(map(str, (data / "groups").iterdir()))
        for kind in invented_films.INVENTIONS:
            for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds):
                name = f"{kind.__name__}-{seed}"
                if arguments.only not in name:
                    continue
                film = invented_films.invent(kind, seed, stretches, photos)
                path = folder / f"{name}.mp4"
                film.write(path)
                compare_film(arguments.program, str(path), name, film.cuts, film.gradual, invented, parity)
    invented.print("Invented films")

    differing = [one for one in parity if one[2] != one[3]]
    print(f"Cuts equal to PySceneDetect's: {len(parity) - len(differing)} of {len(parity)} film-detector pairs")
    for name, detector, theirs, ours in differing:
        print(f"  {name} {detector}: only PySceneDetect {sorted(set(theirs) - set(ours))}, only dramatis {sorted(set(ours) - set(theirs))}")


if __name__ == "__main__":
    main()
