"""Films of photographs, whose people are known: photo_films.py PHOTOS BED OUT [--data FOLDER] [FILM...]

PHOTOS holds a folder for each person; BED.csv, of photo_beds, says where the faces are. FILM is
RECIPE-FACE-SIZE[-OPTION...], as in drift-24-360-short-noise; without any, those of docs/people.md are made.
OUT/FILM.mp4 is the film, OUT/truth.csv a truth of all of them, for `dramatis eval --truth`.

RECIPE  full     one photograph a shot, still
        zoom     one photograph a shot, the camera drawing near and passing along
        beside   one to three photographs side by side, still
        drift    the same, each on a way of its own, growing and shrinking
        glide    the same, straight on
        cutout   heads cut out, each on a way of its own, before the clips of --data
FACE    height of the faces in the film, pixels; whole: as large as fits
SIZE    lines of the film, 360 or 720
OPTION  short    shots of 12 to 25 frames instead of 50
        long     shots of 100 frames
        noise    every frame has grain of its own and is a little lighter or darker
        plain    the same grey behind everything (otherwise grey, noise or blur, by shot)
        half0, half1   every second person alone
"""
import csv
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

FILMS = [f"{recipe}-{face}-{size}" for recipe in ("full", "zoom", "beside", "drift", "cutout")
         for face in ("whole", 32, 24) for size in (360,)]
FPS = 25


class Photograph:
    def __init__(self, folder, row):
        self.person = row["person"]
        self.picture = cv2.imread(str(folder / row["person"] / row["photo"]))
        self.face = np.array([float(row[key]) for key in ("x", "y", "width", "height")])

    def cut_round_face(self):
        """Three faces wide, as far as the photograph goes."""
        x, y, w, h = self.face
        left, top = max(0, int(x - w)), max(0, int(y - h))
        cut = Photograph.__new__(Photograph)
        cut.person = self.person
        cut.picture = self.picture[top:int(y + 2 * h), left:int(x + 2 * w)]
        cut.face = self.face - [left, top, 0, 0]
        return cut


def head_of(face):
    """The head round a face, as src/heads/head_from_face.cpp has it of those who look ahead."""
    x, y, w, h = face
    return np.array([x + w / 2 - 0.55 * h, y - 0.345 * h, 1.1 * h, 1.4 * h])


class Placed:
    """A photograph in a shot: where its middle is and how large it is, at each moment."""

    def __init__(self, photo, scale, centre, mask=None, swing=(0, 0), growth=0.0, straight=False,
                 chance=random):
        self.photo, self.scale, self.centre, self.mask = photo, scale, np.array(centre), mask
        self.swing, self.growth, self.straight = np.array(swing), growth, straight
        self.phase = np.array([chance.uniform(0, 6), chance.uniform(0, 6)])
        self.speed = np.array([chance.uniform(1.2, 3), chance.uniform(1.2, 3)])

    def draw(self, frame, seconds):
        scale = self.scale * (1 + self.growth * seconds)
        way = (seconds - 2) / 2 if self.straight else np.sin(self.phase + self.speed * seconds)
        centre = self.centre + self.swing * way
        h, w = self.photo.picture.shape[:2]
        place = np.array([[scale, 0, centre[0] - scale * w / 2], [0, scale, centre[1] - scale * h / 2]])
        size = (frame.shape[1], frame.shape[0])
        # Shrunk by area first: a warp alone would leave out pixels.
        picture, mask, warp = self.photo.picture, self.mask, place.copy()
        if mask is None:
            mask = np.ones((h, w), np.float32)
        if scale < 1:
            small = (max(1, round(w * scale)), max(1, round(h * scale)))
            picture = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
            mask = cv2.resize(mask, small, interpolation=cv2.INTER_AREA)
            warp[0, 0], warp[1, 1] = scale * w / small[0], scale * h / small[1]
        shown = cv2.warpAffine(picture, warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        weight = cv2.warpAffine(mask, warp, size, flags=cv2.INTER_LINEAR)[..., None]
        frame[:] = frame * (1 - weight) + shown * weight
        x, y, fw, fh = self.photo.face * scale
        return head_of([x + place[0, 2], y + place[1, 2], fw, fh])


def background(kind, width, height, chance):
    grey = np.full((height, width, 3), chance.randint(60, 190), np.uint8)
    if kind == "plain":
        grey[:] = 128
    if kind == "noise":
        noise = np.random.default_rng(chance.randint(0, 9999)).normal(0, 20, grey.shape)
        return np.clip(grey + noise, 0, 255).astype(np.uint8)
    return grey


def blurred(photo, width, height):
    return cv2.GaussianBlur(cv2.resize(photo.picture, (width, height)), None, width / 20)


def oval(photo):
    x, y, w, h = head_of(photo.face)
    mask = np.zeros(photo.picture.shape[:2], np.float32)
    cv2.ellipse(mask, (int(x + w / 2), int(y + h / 2)), (int(w / 2), int(h / 2)), 0, 0, 360, 1, -1)
    return cv2.GaussianBlur(mask, None, max(1.0, h / 40))


class Film:
    def __init__(self, name):
        self.name = name
        self.recipe, face, lines, *self.options = name.split("-")
        self.face_px = None if face == "whole" else int(face)
        self.height = int(lines)
        self.width = {360: 640, 720: 1280}[self.height]
        self.chance = random.Random(name.split("-short")[0])

    def scale_of(self, photo, room_width):
        h, w = photo.picture.shape[:2]
        fits = min(room_width / w, self.height / h)
        return self.face_px / photo.face[3] if self.face_px else fits

    def shots(self, photos):
        photos = list(photos)
        self.chance.shuffle(photos)
        while photos:
            wanted = 1 if self.recipe in ("full", "zoom") else self.chance.randint(1, 3)
            shot = []
            for photo in photos:
                if len(shot) < wanted and photo.person not in [p.person for p in shot]:
                    shot.append(photo)
            photos = [p for p in photos if p not in shot]
            yield shot

    def placed(self, shot):
        room = self.width / len(shot)
        moving = self.recipe in ("drift", "glide", "cutout")
        for i, photo in enumerate(shot):
            middle = [(i + 0.5) * room, self.height / 2]
            if moving:
                photo = photo.cut_round_face()
            scale = self.scale_of(photo, room * (1 if self.recipe in ("full", "zoom") else 0.8))
            if self.recipe in ("full", "beside"):
                yield Placed(photo, scale, middle, chance=self.chance)
            elif self.recipe == "zoom":
                yield Placed(photo, scale, middle, swing=(6, 4), growth=0.06, chance=self.chance)
            else:
                face = photo.face[3] * scale
                yield Placed(photo, scale * (1 if self.face_px else 0.8), middle,
                             oval(photo) if self.recipe == "cutout" else None,
                             swing=(0.5 * face, 0.3 * face), growth=self.chance.uniform(-0.06, 0.06),
                             straight=self.recipe == "glide", chance=self.chance)

    def grounds(self, shot, clips):
        """What lies behind the photographs: a picture for each frame."""
        if self.recipe == "cutout":
            yield from clip_frames(self.chance.choice(clips), self.width, self.height, self.chance)
        kind = "plain" if "plain" in self.options else self.chance.choice(["grey", "noise", "blur"])
        ground = (blurred(shot[0], self.width, self.height) if kind == "blur"
                  else background(kind, self.width, self.height, self.chance))
        while True:
            yield ground


def clip_frames(clip, width, height, chance):
    video = cv2.VideoCapture(str(clip))
    count = int(video.get(cv2.CAP_PROP_FRAME_COUNT))
    video.set(cv2.CAP_PROP_POS_FRAMES, chance.randint(0, max(0, count - 60)))
    frame = np.full((height, width, 3), 128, np.uint8)
    while True:
        read, next_frame = video.read()
        if read:
            frame = cv2.resize(next_frame, (width, height))
        yield frame


def make(film, photos, clips, out, truth):
    encoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s",
         f"{film.width}x{film.height}", "-r", str(FPS), "-i", "-", "-threads", "1", "-c:v", "libx264",
         "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p", str(out / f"{film.name}.mp4")],
        stdin=subprocess.PIPE)
    grain = np.random.default_rng(1)
    number = 0
    for shot in film.shots(photos):
        placed = list(film.placed(shot))
        length = film.chance.randint(12, 25) if "short" in film.options else 50
        length = 100 if "long" in film.options else length
        grounds = film.grounds(shot, clips)
        for i in range(length):
            frame = next(grounds).astype(np.float32)
            for one in placed:
                x, y, w, h = one.draw(frame, i / FPS)
                right, bottom = min(x + w, film.width), min(y + h, film.height)
                x, y = max(x, 0), max(y, 0)
                if i % 5 == 2:
                    truth.writerow([f"{film.name}.mp4", number, *(round(v, 1) for v in (
                        x, y, right - x, bottom - y)), one.photo.person])
            if "noise" in film.options:
                frame = frame * grain.normal(1, 0.03) + grain.normal(0, 6, frame.shape)
            encoder.stdin.write(np.clip(frame, 0, 255).astype(np.uint8).tobytes())
            number += 1
    encoder.stdin.close()
    if encoder.wait():
        sys.exit(f"{film.name}: ffmpeg failed")


def main():
    words = sys.argv[1:]
    data = Path("shared/data")
    if "--data" in words:
        at = words.index("--data")
        data = Path(words[at + 1])
        del words[at:at + 2]
    folder, bed, out, *films = words
    cv2.setNumThreads(1)
    with open(bed + ".csv") as file:
        photos = [Photograph(Path(folder), row) for row in csv.DictReader(file)]
    clips = [data / "clips" / f"{name}.mp4" for name in ("psd_testvideo", "one_by_one", "sintel_trailer")]
    people = sorted({p.person for p in photos})
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    written = defaultdict(list)
    if (out / "truth.csv").exists():
        with open(out / "truth.csv") as file:
            for row in list(csv.reader(file))[1:]:
                written[row[0]].append(row)
    for name in films or FILMS:
        film = Film(name)
        some = [p for p in photos for half in [people.index(p.person) % 2]
                if f"half{1 - half}" not in film.options]

        class Rows(list):
            writerow = list.append
        rows = Rows()
        make(film, some, clips, out, rows)
        written[f"{name}.mp4"] = rows
        with open(out / "truth.csv", "w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["clip", "frame", "x", "y", "width", "height", "person"])
            for rows in written.values():
                table.writerows(rows)


main()
