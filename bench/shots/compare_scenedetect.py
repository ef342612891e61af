#!/usr/bin/env python3
"""The shot detectors beside PySceneDetect's, on real clips and on invented difficult films.

    compare_scenedetect.py [--program build/dramatis] [--data FOLDER] [--films FOLDER] [--only WORD]

Real clips: DRAMATIS_DATA or shared/data, a folder with clips.csv (columns file and cuts: the first
frames of new shots, hard cuts only). Both programs run with their defaults; for every clip and
detector both lists of cuts are printed, and F beside the labelled cuts with a tolerance of one frame.

Invented films: pieces of the same clips, cut against each other by ffmpeg at places drawn by a fixed
seed, with the things that mislead detectors: flashes, changes of light, fast pans, dissolves, wipes,
fades, noise, letterboxes, low frame rates. Their cuts are known by construction, and no threshold
was chosen on them. Only hard cuts are truth; what is found within a gradual transition counts as
neither right nor wrong.

From PyPI: scenedetect 0.7.2, opencv-python-headless. Without data or package: says so and ends with 77.
"""

import argparse
import csv
import importlib.util
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

CLASSIC = ["content", "adaptive", "threshold", "hist", "hash"]
OURS = ["auto", "transnetv2"]
TOLERANCE_FRAMES = 1
ROOT = pathlib.Path(__file__).resolve().parents[2]
RATE, WIDTH, HEIGHT = 25, 640, 360


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
        self.of = {}

    def add(self, name, scores):
        self.of[name] = tuple(a + b for a, b in zip(self.of.get(name, (0, 0, 0)), scores))

    def print(self, title):
        print(f"\n{title}\n{'detector':24} {'right':>6} {'missed':>6} {'false':>6} {'F':>7}")
        for name, (right, missed, false) in self.of.items():
            print(f"{name:24} {right:6} {missed:6} {false:6} {f_of((right, missed, false)):7.4f}")
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
        cuts = [shot["start_frame"] for shot in shots if shot["begins_with"] == "cut"]
        slow = [
            f"{shot['begins_with']} at {shot['start_frame']}" for shot in shots if shot["begins_with"] != "cut"
        ]
        if truth is None:
            print(f"  {detector:12} {cuts} {slow}")
            continue
        scores = score(cuts, truth, gradual)
        line(detector, f"{cuts} {slow if slow else ''}", scores)
        sums.add(detector, scores)


# Invented films. A piece is a stretch of one shot of a clip, as raw frames of one size and rate.


def ffmpeg(*words, given=None):
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin" if given is None else "-y", *map(str, words)],
        input=given,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


def piece(clip, first, frames, look="null"):
    """Frames of a clip from `first` on; `look` is a filter that changes how they look."""
    shape = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=increase,crop={WIDTH}:{HEIGHT},setsar=1"
    raw = ffmpeg(
        *("-noautorotate", "-i", clip),
        *("-vf", f"trim=start_frame={first}:end_frame={first + frames},{shape},{look}"),
        *("-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
    )
    size = WIDTH * HEIGHT * 3
    return [raw[i : i + size] for i in range(0, len(raw), size)]


def mix(a, b, share):
    import numpy as np

    x, y = (np.frombuffer(frame, np.uint8).astype(np.float32) for frame in (a, b))
    return np.clip(x * (1 - share) + y * share, 0, 255).astype(np.uint8).tobytes()


def wiped(a, b, share):
    import numpy as np

    x, y = (np.frombuffer(frame, np.uint8).reshape(HEIGHT, WIDTH, 3) for frame in (a, b))
    edge = int(WIDTH * share)
    return np.concatenate([y[:, :edge], x[:, edge:]], axis=1).tobytes()


def lit(frame, gain, offset=0.0):
    import numpy as np

    x = np.frombuffer(frame, np.uint8).astype(np.float32)
    return np.clip(x * gain + offset, 0, 255).astype(np.uint8).tobytes()


class InventedFilm:
    def __init__(self, seed, stretches):
        self.draw = random.Random(seed)
        self.stretches = stretches
        self.frames, self.cuts, self.gradual = [], [], []
        self.last = None

    def shot(self, frames, look="null"):
        """A piece of a shot, never twice running from the same clip."""
        others = [s for s in self.stretches if s[0] != self.last and s[2] - s[1] >= frames]
        clip, start, end = self.draw.choice(others)
        self.last = clip
        return piece(clip, self.draw.randint(start, end - frames), frames, look)

    def cut_to(self, frames):
        if self.frames:
            self.cuts.append(len(self.frames))
        self.frames += frames

    def gradually_to(self, frames, length, step):
        """step(old, new, share) makes the frames of the transition."""
        start = len(self.frames) - length
        for i in range(length):
            self.frames[start + i] = step(self.frames[start + i], frames[i], (i + 1) / (length + 1))
        self.gradual.append((start, start + length))
        self.frames += frames[length:]

    def write(self, path, crf=23, rate=RATE):
        ffmpeg(
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", rate, "-i", "-"),
            *("-c:v", "libx264", "-preset", "veryfast", "-crf", crf, "-pix_fmt", "yuv420p", path),
            given=b"".join(self.frames),
        )


def plain_cuts(film):
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(12, 50)))


def dark_cuts(film):
    """Night: everything at a fifth of its light, with noise."""
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(15, 45), "colorlevels=romax=0.2:gomax=0.2:bomax=0.2,noise=alls=6:allf=t"))


def graded_alike(film):
    """Every shot in the same faded grey: cuts without a change of colour or mean brightness."""
    for _ in range(12):
        film.cut_to(film.shot(film.draw.randint(15, 45), "hue=s=0,normalize=smoothing=0,eq=contrast=0.5"))


def flashes(film):
    """Photographers' flashes of one to three frames inside shots."""
    for _ in range(8):
        frames = film.shot(45)
        for _ in range(2):
            at = film.draw.randint(8, 36)
            for i in range(film.draw.randint(1, 3)):
                frames[at + i] = lit(frames[at + i], 1.2, film.draw.choice([90, 140, 200]))
        film.cut_to(frames)


def light_switched(film):
    """The light changes at once within a shot: a third to three times, up or down."""
    for _ in range(8):
        frames = film.shot(45)
        at, gain = film.draw.randint(12, 33), film.draw.choice([0.35, 0.5, 1.8, 2.5])
        film.cut_to(frames[:at] + [lit(frame, gain) for frame in frames[at:]])


def flicker(film):
    for _ in range(8):
        film.cut_to([lit(f, film.draw.uniform(0.75, 1.25)) for f in film.shot(40)])


def whip_pans(film):
    """A window that sweeps over an enlarged shot, 2 to 9 hundredths of the picture a frame."""
    for _ in range(8):
        speed = film.draw.choice([0.02, 0.04, 0.06, 0.09])
        sweep = f"scale={WIDTH * 3}:-2,crop={WIDTH}:{HEIGHT}:x='min(iw-ow\\,n*{speed * WIDTH:.1f})':y=ih/3"
        film.cut_to(film.shot(30, sweep))


def dissolves(film):
    film.cut_to(film.shot(50))
    for length in (4, 6, 10, 15, 25, 10, 20, 8):
        film.gradually_to(film.shot(50), length, mix)
        film.cut_to(film.shot(50))


def wipes(film):
    film.cut_to(film.shot(50))
    for length in (8, 12, 18, 25, 10):
        film.gradually_to(film.shot(50), length, wiped)
        film.cut_to(film.shot(50))


def fades(film):
    for length in (6, 10, 20, 12, 8):
        frames = film.shot(60)
        for i in range(length):
            frames[i] = lit(frames[i], i / length)
            frames[-1 - i] = lit(frames[-1 - i], i / length)
        if film.frames:
            film.gradual.append((len(film.frames) - length, len(film.frames) + length))
        film.frames += frames


def shaken_noise(film):
    """A hand-held camera on fast, grainy film."""
    for _ in range(8):
        shake = "noise=alls=40:allf=t,rotate=0.02*sin(n*2.1),crop=iw*0.9:ih*0.9:x='(iw-ow)/2*(1+sin(n*1.7))':y='(ih-oh)/2*(1+cos(n*1.3))',"
        film.cut_to(film.shot(40, shake + f"scale={WIDTH}:{HEIGHT}"))


def few_frames(film):
    """A slide show's cousin: every third frame only, so that within a shot much moves at once."""
    for _ in range(8):
        film.cut_to(film.shot(90)[::3])


def quick_shots(film):
    """Bursts of shots of 6 to 12 frames."""
    for _ in range(24):
        film.cut_to(film.shot(film.draw.randint(6, 12)))


def same_scene(film):
    """From a wide view to a closer one of the same shot: what a cut on action looks like."""
    for _ in range(10):
        frames, closer = film.draw.randint(18, 40), f"crop=iw*0.45:ih*0.45:x=iw*{film.draw.uniform(0.1, 0.5):.2f},scale={WIDTH}:{HEIGHT}"
        clip, start, end = film.draw.choice([s for s in film.stretches if s[2] - s[1] >= 2 * frames])
        at = film.draw.randint(start, end - 2 * frames)
        film.cut_to(piece(clip, at, frames))
        film.cut_to(piece(clip, at + frames, frames, closer))


INVENTIONS = [plain_cuts, dark_cuts, graded_alike, flashes, light_switched, flicker, whip_pans, dissolves]
INVENTIONS += [wipes, fades, shaken_noise, few_frames, quick_shots, same_scene]


def clean_stretches(data, labels):
    """(clip, first, end) of shots between labelled cuts, a few frames inside them; not from clips
    that hold gradual transitions or things that change like cuts."""
    leave_out = ("audrey", "hyland_x", "basketball", "face_noface", "one_by_one")
    stretches = []
    for file, (cuts, frames) in labels.items():
        if cuts is None or any(word in file for word in leave_out):
            continue
        edges = [0, *cuts, frames]
        stretches += [(str(data / file), a + 3, b - 3) for a, b in zip(edges, edges[1:]) if b - a > 20]
    return stretches


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
    arguments = parser.parse_args()
    data = pathlib.Path(arguments.data)
    if not (data / "clips.csv").exists():
        skip(f"no labelled clips at {data}: set DRAMATIS_DATA")
    for package in ("scenedetect", "cv2"):
        if importlib.util.find_spec(package) is None:
            skip(f"the Python package {package} is not installed (scenedetect, opencv-python-headless)")

    labels, parity = read_labels(data), []
    real, invented = Sums(), Sums()
    for file, (cuts, _) in labels.items():
        if arguments.only in file:
            compare_film(arguments.program, str(data / file), file, cuts, [], real, parity)
    real.print("Real clips, labelled hard cuts, tolerance 1 frame")

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(arguments.films or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        stretches = clean_stretches(data, labels)
        for number, invent in enumerate(INVENTIONS):
            for seed in range(arguments.seeds):
                name = f"{invent.__name__}-{seed}"
                if arguments.only not in name:
                    continue
                film = InventedFilm(1000 * number + seed, stretches)
                invent(film)
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
