#!/usr/bin/env python3
"""The same detections, tracked by other trackers.

    tracks_bench write WORLDS --seeds 101 120
    compare_trackers.py WORLDS [--world crossing-boxes]

Every tracker gets the boxes, scores and (where it can use them) embeddings of the invented world, frame
by frame, with its package's defaults; then again with settings that suit these worlds better, where we
found some. Online trackers leave gaps where a detection is missing, so each is scored as it comes and
with gaps of up to two seconds filled on straight lines. Scores are TrackEval's.

From PyPI: trackers 2.6.1 (SORT, ByteTrack, OC-SORT, BoT-SORT, C-BIoU), supervision 0.26 or later,
norfair 2.1.1, motpy 0.0.10, deep-sort-realtime 1.3.2, trackeval 1.3.0, motmetrics 1.4.0.
trackers and norfair ask for different versions of rich; norfair runs with either (pip install --no-deps).
"""

import argparse
import inspect
import pathlib
import warnings

import numpy as np

from compare_trackeval import by_trackeval, read

FRAMES_PER_SECOND = 25
PICTURE = np.zeros((720, 1280, 3), dtype=np.uint8)


def detections_of(folder):
    rows = np.loadtxt(folder / "det.txt", delimiter=",", ndmin=2)
    embeddings = np.fromfile(folder / "embeddings.f32", dtype=np.float32).reshape(len(rows), -1)
    for frame in range(1, int(rows[:, 0].max()) + 1):
        here = rows[:, 0] == frame
        yield frame, rows[here, 2:6], rows[here, 6], embeddings[here]


def corners(boxes):
    return np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])


def from_trackers(name, **options):
    def run(folder):
        import supervision
        import trackers
        kind = getattr(trackers, name)
        known = inspect.signature(kind.__init__).parameters
        if "enable_cmc" in known:
            options["enable_cmc"] = False  # there are no pictures to find the camera's motion in
        tracker = kind(frame_rate=FRAMES_PER_SECOND, **options)
        for frame, boxes, scores, _ in detections_of(folder):
            found = tracker.update(supervision.Detections(
                xyxy=corners(boxes), confidence=scores, class_id=np.zeros(len(boxes), dtype=int)))
            for box, identity in zip(found.xyxy, found.tracker_id):
                if identity is not None and identity >= 0:
                    yield frame, identity, box
    return run


def from_norfair(**options):
    def run(folder):
        import norfair
        tracker = norfair.Tracker(distance_function="iou", distance_threshold=0.7, **options)
        for frame, boxes, scores, _ in detections_of(folder):
            heads = [norfair.Detection(points=b.reshape(2, 2), scores=np.array([s, s]))
                     for b, s in zip(corners(boxes), scores)]
            for tracked in tracker.update(detections=heads):
                yield frame, tracked.id, tracked.estimate.reshape(-1)
    return run


def from_motpy(folder):
    import motpy
    tracker = motpy.MultiObjectTracker(dt=1 / FRAMES_PER_SECOND)
    numbers = {}
    for frame, boxes, scores, _ in detections_of(folder):
        tracker.step([motpy.Detection(box=b, score=s) for b, s in zip(corners(boxes), scores)])
        for tracked in tracker.active_tracks():
            yield frame, numbers.setdefault(tracked.id, len(numbers)), tracked.box


def from_deep_sort(**options):
    def run(folder):
        from deep_sort_realtime.deepsort_tracker import DeepSort
        tracker = DeepSort(embedder=None, **options)
        for frame, boxes, scores, embeddings in detections_of(folder):
            blank = np.full(embeddings.shape[1], 1 / np.sqrt(embeddings.shape[1]))
            looks = [e if e.any() else blank for e in embeddings]
            heads = [(list(b), s, "head") for b, s in zip(boxes, scores)]
            for tracked in tracker.update_tracks(heads, embeds=looks, frame=PICTURE):
                if tracked.is_confirmed() and tracked.time_since_update == 0:
                    yield frame, int(tracked.track_id), np.array(tracked.to_ltrb())
    return run


def from_dramatis(folder):
    frames, identities, boxes = read(folder / "dramatis.txt")
    yield from zip(frames, identities, corners(boxes))


TRACKERS = {
    "dramatis": from_dramatis,
    "SORT": from_trackers("SORTTracker"),
    "SORT, more patient": from_trackers("SORTTracker", lost_track_buffer=60,
                                        minimum_iou_threshold=0.1),
    "ByteTrack": from_trackers("ByteTrackTracker"),
    "ByteTrack, lower scores": from_trackers("ByteTrackTracker", track_activation_threshold=0.5,
                                             high_conf_det_threshold=0.5),
    "OC-SORT": from_trackers("OCSORTTracker"),
    "OC-SORT, more patient": from_trackers("OCSORTTracker", lost_track_buffer=60,
                                           minimum_iou_threshold=0.1),
    "BoT-SORT": from_trackers("BoTSORTTracker"),
    "BoT-SORT, lower scores": from_trackers("BoTSORTTracker", track_activation_threshold=0.5,
                                            high_conf_det_threshold=0.5),
    "C-BIoU": from_trackers("CBIoUTracker"),
    "C-BIoU, lower scores": from_trackers("CBIoUTracker", track_activation_threshold=0.5,
                                          high_conf_det_threshold=0.5),
    "norfair": from_norfair(),
    "motpy": from_motpy,
    "DeepSORT (deep-sort-realtime)": from_deep_sort(),
    "DeepSORT, looser": from_deep_sort(max_cosine_distance=0.6, max_age=60),
}


def as_arrays(rows):
    rows = list(rows)
    if not rows:
        return np.array([1]), np.array([1]), np.zeros((1, 4))
    frames, identities, boxes = zip(*rows)
    boxes = np.array(boxes, dtype=float)
    boxes[:, 2:] -= boxes[:, :2]
    return np.array(frames), np.array(identities), boxes


def filled(tracked, most=2 * FRAMES_PER_SECOND):
    """Gaps on straight lines."""
    frames, identities, boxes = tracked
    rows = [tracked]
    for identity in np.unique(identities):
        own = np.flatnonzero(identities == identity)
        own = own[np.argsort(frames[own])]
        for a, b in zip(own[:-1], own[1:]):
            missing = np.arange(frames[a] + 1, frames[b])
            if 0 < len(missing) <= most:
                share = ((missing - frames[a]) / (frames[b] - frames[a]))[:, None]
                rows.append((missing, np.full(len(missing), identity),
                             boxes[a] + share * (boxes[b] - boxes[a])))
    return tuple(np.concatenate(column) for column in zip(*rows))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("worlds", type=pathlib.Path)
    arguments.add_argument("--world", action="append")
    arguments.add_argument("--only")
    given = arguments.parse_args()
    warnings.simplefilter("ignore")
    names = ["IDF1", "HOTA", "AssA", "MOTA", "switches"]
    for world in given.world or ["crossing-boxes", "crossing"]:
        print(f"\n| {world} | IDF1 | gaps filled: IDF1 | worst | HOTA | AssA | MOTA | switches |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for name, tracker in TRACKERS.items():
            if given.only and given.only not in name:
                continue
            plain, full = [], []
            for folder in sorted(given.worlds.glob(f"{world}-[0-9]*")):
                truth, tracked = read(folder / "gt.txt"), as_arrays(tracker(folder))
                plain.append(by_trackeval(truth, tracked))
                full.append(by_trackeval(truth, filled(tracked)))
            mean = {n: np.mean([s[n] for s in full]) for n in names}
            print(f"| {name} | {np.mean([s['IDF1'] for s in plain]):.3f} | {mean['IDF1']:.3f} | "
                  f"{min(s['IDF1'] for s in full):.3f} | "
                  f"{mean['HOTA']:.3f} | {mean['AssA']:.3f} | {mean['MOTA']:.3f} | "
                  f"{np.sum([s['switches'] for s in full]):.0f} |", flush=True)


if __name__ == "__main__":
    main()
