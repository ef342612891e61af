"""The edit list of the demonstration film, read once for all who need it."""

import csv
import pathlib
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).parent
FRAME_RATE = (24000, 1001)


@dataclass
class Person:
    name: str
    x: float  # the middle of the head, in widths and heights of the picture
    y: float


@dataclass
class Part:
    """One source in one shot."""

    source: str
    in_s: str
    cut: list
    fit: str
    share: float  # of the place that `contain` fills
    place: str
    zoom: float
    look: str


@dataclass
class Shot:
    number: int
    start_frame: int
    end_frame: int
    fade_in: int = 0
    fade_out: int = 0
    parts: list = field(default_factory=list)
    people: list = field(default_factory=list)

    @property
    def frames(self):
        return self.end_frame - self.start_frame


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def read_edit_list(path=HERE / "edit-list.csv"):
    shots = []
    for row in rows_of(path):
        number, frames = int(row["shot"]), int(row["frames"])
        if not shots or shots[-1].number != number:
            start = shots[-1].end_frame if shots else 0
            shots.append(Shot(number, start, start + frames))
        shot = shots[-1]
        fade = row["fade"].split()
        shot.fade_in += int(fade[1]) if fade[:1] == ["in"] else 0
        shot.fade_out += int(fade[1]) if fade[:1] == ["out"] else 0
        shot.people += [_person(text) for text in row["people"].split(";") if text.strip()]
        shot.parts.append(_part(row))
    return shots


def _person(text):
    name, x, y = text.strip().rsplit(" ", 2)
    return Person(name, float(x), float(y))


def _part(row):
    fit, _, share = row["fit"].partition(" ")
    return Part(row["source"], row["in_s"], row["cut"].split(), fit, float(share or 1), row["place"],
                float(row["zoom"] or 1), row["look"])
