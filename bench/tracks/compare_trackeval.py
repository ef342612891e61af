#!/usr/bin/env python3
"""Are our scores those of TrackEval and motmetrics?

    tracks_bench write WORLDS
    compare_trackeval.py TRACKS_BENCH WORLDS [--most N]

Scores WORLDS/*/dramatis.txt against gt.txt three ways and prints the largest difference of each
measure; exits with 1 when one exceeds 0.0005 (boxes are written with two digits, scores printed with
three more). Needs, from PyPI, trackeval 1.3.0 and motmetrics 1.4.0.
"""

import argparse
import pathlib
import re
import subprocess
import sys

import motmetrics
import numpy as np
from trackeval.metrics import CLEAR, HOTA, Identity


def read(path):
    rows = np.loadtxt(path, delimiter=",", ndmin=2)
    return rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2:6]


def overlaps(a, b):
    if len(a) == 0 or len(b) == 0:
        return np.zeros((len(a), len(b)))
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, :2] + a[:, None, 2:], b[None, :, :2] + b[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    return shared / (np.prod(a[:, None, 2:], axis=2) + np.prod(b[None, :, 2:], axis=2) - shared)


def by_trackeval(truth, tracked):
    numbers = [{old: new for new, old in enumerate(np.unique(ids))} for _, ids, _ in (truth, tracked)]
    last = max(truth[0].max(), tracked[0].max())
    data = {"gt_ids": [], "tracker_ids": [], "similarity_scores": []}
    for frame in range(1, last + 1):
        g, t = truth[0] == frame, tracked[0] == frame
        data["gt_ids"].append(np.array([numbers[0][i] for i in truth[1][g]], dtype=int))
        data["tracker_ids"].append(np.array([numbers[1][i] for i in tracked[1][t]], dtype=int))
        data["similarity_scores"].append(overlaps(truth[2][g], tracked[2][t]))
    data |= {"num_gt_ids": len(numbers[0]), "num_tracker_ids": len(numbers[1]),
             "num_gt_dets": len(truth[0]), "num_tracker_dets": len(tracked[0]),
             "num_timesteps": last}
    hota = HOTA().eval_sequence(data)
    clear = CLEAR({"PRINT_CONFIG": False}).eval_sequence(data)
    identity = Identity({"PRINT_CONFIG": False}).eval_sequence(data)
    return {"HOTA": np.mean(hota["HOTA"]), "DetA": np.mean(hota["DetA"]),
            "AssA": np.mean(hota["AssA"]), "MOTA": clear["MOTA"], "IDF1": identity["IDF1"],
            "switches": clear["IDSW"]}


def by_motmetrics(truth, tracked):
    accumulator = motmetrics.MOTAccumulator(auto_id=True)
    for frame in range(1, max(truth[0].max(), tracked[0].max()) + 1):
        g, t = truth[0] == frame, tracked[0] == frame
        distance = 1 - overlaps(truth[2][g], tracked[2][t])
        distance[distance > 0.5] = np.nan
        accumulator.update(truth[1][g], tracked[1][t], distance)
    summary = motmetrics.metrics.create().compute(accumulator, metrics=["idf1", "mota"])
    return {"IDF1": summary["idf1"].iloc[0], "MOTA": summary["mota"].iloc[0]}


def by_us(bench, folder):
    line = subprocess.check_output(
        [bench, "score", folder / "gt.txt", folder / "dramatis.txt"], text=True)
    return {name: float(value) for name, value in re.findall(r"(\w+) (-?[\d.]+)", line)}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("bench")
    arguments.add_argument("worlds", type=pathlib.Path)
    arguments.add_argument("--most", type=int, default=20)
    given = arguments.parse_args()
    worst = {}
    folders = sorted(p for p in given.worlds.iterdir() if p.is_dir())
    for folder in folders[:: max(1, len(folders) // given.most)]:
        truth, tracked = read(folder / "gt.txt"), read(folder / "dramatis.txt")
        ours = by_us(given.bench, folder)
        for judge, theirs in (("trackeval", by_trackeval(truth, tracked)),
                              ("motmetrics", by_motmetrics(truth, tracked))):
            for name, value in theirs.items():
                key = f"{judge} {name}"
                worst[key] = max(worst.get(key, 0), abs(ours[name] - value))
    for key, difference in worst.items():
        print(f"{key:<22}{difference:.6f}")
    sys.exit(int(max(worst.values()) > 0.0005))


if __name__ == "__main__":
    main()
