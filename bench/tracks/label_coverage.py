#!/usr/bin/env python3
"""How many of the heads that were labelled by eye lie under a track?

    for clip in CLIPS/*; do
      dramatis run $clip -o OUT/$(basename $clip).dramatis
      dramatis export OUT/$(basename $clip).dramatis --format json -o OUT/$(basename $clip).json
    done
    label_coverage.py OUT [src/heads/testdata/head_boxes.csv]

Boxes of tracks and labels of a frame are paired one-to-one, best overlap first. Prints the frames in
which something is missing, and the shares of labels with an overlap of at least 0.5, 0.4 and 0.3.
Labels to be ignored take part in the pairing and are not counted.
"""

import collections
import csv
import json
import pathlib
import sys

LEAST = (0.5, 0.4, 0.3)


def overlap(a, b):
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def read_labels(path):
    """By clip and frame: boxes, each with whether it is to be ignored."""
    labels = collections.defaultdict(list)
    for row in csv.DictReader(open(path)):
        heads = labels[row["clip"], int(row["frame"])]
        if row["x"]:
            box = [float(row[side]) for side in ("x", "y", "width", "height")]
            heads.append((box, row["ignore"] not in ("", "0")))
    return labels


def tracked_boxes(export):
    boxes = collections.defaultdict(list)
    for track in json.loads(export.read_text())["tracks"]:
        for head in track["heads"]:
            boxes[head["frame"]].append(head["box"])
    return boxes


def best_pairs(labels, boxes):
    """For each label its overlap with the box that it was given, 0 without one; boxes left over."""
    pairs = sorted(((overlap(label, box), l, b) for l, (label, _) in enumerate(labels)
                    for b, box in enumerate(boxes)), reverse=True)
    given, taken = {}, set()
    for shared, l, b in pairs:
        if shared >= min(LEAST) and l not in given and b not in taken:
            given[l] = shared
            taken.add(b)
    return [given.get(l, 0.0) for l in range(len(labels))], len(boxes) - len(taken)


def main():
    out = pathlib.Path(sys.argv[1])
    labels = read_labels(sys.argv[2] if len(sys.argv) > 2 else "src/heads/testdata/head_boxes.csv")
    overlaps, boxes_of = [], {}
    for (clip, frame), heads in sorted(labels.items()):
        export = out / f"{clip}.json"
        if not export.exists():
            continue
        boxes = boxes_of.setdefault(clip, tracked_boxes(export))[frame]
        shared, left_over = best_pairs(heads, boxes)
        counted = [s for s, (_, ignored) in zip(shared, heads) if not ignored]
        overlaps += counted
        poor = [f"{s:.2f}" for s in counted if s < max(LEAST)]
        if poor or left_over:
            print(f"{clip} {frame}: {len(counted)} heads, poorly or not covered: {poor}, "
                  f"boxes on no label: {left_over}")
    print(f"{len(overlaps)} heads")
    for least in LEAST:
        covered = sum(s >= least for s in overlaps)
        print(f"overlap {least}: {covered}, {covered / max(1, len(overlaps)):.3f}")


if __name__ == "__main__":
    main()
