"""Ways of clustering side by side on the same vectors: compare.py DRAMATIS [--casts] BED...

BED is what photo_beds wrote, without the variant: BED-whole.npy and so on, and BED.csv. Needs numpy and
scikit-learn; hdbscan and finch-clust where they are installed. Every photograph is a shot of its own.
For methods with a threshold the best of a row of thresholds is shown, which flatters them.

--casts: instead, the default alone on sixteen random casts of 8 to 21 people, in shots of one to three.
"""
import csv
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.cluster import DBSCAN, HDBSCAN, AgglomerativeClustering


def bcubed(truth, found):
    truth = np.unique(truth, return_inverse=True)[1]
    found = np.unique(found, return_inverse=True)[1]
    table = np.zeros((truth.max() + 1, found.max() + 1))
    np.add.at(table, (truth, found), 1)
    precision = (table**2 / table.sum(0)).sum() / table.sum()
    recall = (table**2 / table.sum(1)[:, None]).sum() / table.sum()
    return precision, recall, 2 * precision * recall / (precision + recall)


def noise_apart(labels):
    """Points that belong nowhere are people of their own."""
    labels = labels.copy()
    lonely = np.where(labels < 0)[0]
    labels[lonely] = labels.max() + 1 + np.arange(len(lonely))
    return labels


def chinese_whispers(distances, threshold, rounds=20):
    random = np.random.default_rng(0)
    near = np.where(distances < threshold, 2.0 - distances, 0.0)
    np.fill_diagonal(near, 0)
    labels = np.arange(len(distances))
    for _ in range(rounds):
        for i in random.permutation(len(labels)):
            if near[i].any():
                votes = np.bincount(labels, weights=near[i], minlength=len(labels))
                labels[i] = votes.argmax()
    return labels


def dramatis(program, bed, shots, *options):
    output = subprocess.run(
        [program, "cluster", "--embeddings", bed, "--shots", shots, *options],
        check=True, capture_output=True, text=True).stdout
    return np.array([int(line.split(",")[1]) for line in output.split()[1:]])


def finch(vectors, _):
    from finch import FINCH
    partitions, counts, _ = FINCH(vectors, distance="cosine", verbose=False)
    return [partitions[:, level] for level in range(partitions.shape[1])]


def ways(program, bed, shots):
    vectors = np.load(bed)
    distances = np.linalg.norm(vectors[:, None] - vectors[None], axis=-1)
    steps = np.arange(0.8, 1.3, 0.025)
    yield "dramatis, default", [dramatis(program, bed, shots)]
    yield "Algorithm 1, usual threshold", [dramatis(program, bed, shots, "--method", "ducros2023")]
    yield "Algorithm 1, best threshold", [
        dramatis(program, bed, shots, "--method", "ducros2023", "--threshold", str(t)) for t in steps]
    yield "average linkage, usual threshold", [dramatis(program, bed, shots, "--method", "average")]
    yield "scikit-learn average, best", [
        AgglomerativeClustering(None, metric="precomputed", linkage="average",
                                distance_threshold=t).fit_predict(distances) for t in steps]
    yield "DBSCAN, best", [
        noise_apart(DBSCAN(eps=t, min_samples=2, metric="precomputed").fit_predict(distances))
        for t in steps]
    yield "HDBSCAN, min size 2", [
        noise_apart(HDBSCAN(min_cluster_size=2, metric="precomputed", copy=True).fit_predict(distances))]
    yield "Chinese whispers, best", [chinese_whispers(distances, t) for t in steps]
    try:
        yield "FINCH, best level", finch(vectors, None)
    except ImportError:
        print("   (FINCH is not installed)")


def shots_of(people, chance):
    """Photographs one after another in shots of up to three, nobody twice in one."""
    shots, present, size = [], set(), 1
    for person in people:
        if len(present) >= size or person in present:
            present, size = set(), chance.randint(1, 3)
        shots.append(shots[-1] + bool(not present) if shots else 0)
        present.add(person)
    return shots


def random_casts(program, bed, truth, folder):
    for variant in ("whole", "48", "32", "24", "dark"):
        vectors, scores = np.load(f"{bed}-{variant}.npy"), []
        for seed in range(100, 116):
            chance = random.Random(seed)
            names = sorted(set(truth))
            cast = chance.sample(names, min(len(names), chance.choice([8, 14, 21])))
            rows = [i for i, person in enumerate(truth) if person in cast]
            chance.shuffle(rows)
            np.save(folder / "vectors.npy", vectors[rows])
            shots = shots_of(truth[rows], chance)
            (folder / "shots.csv").write_text("".join(f"{shot}\n" for shot in shots))
            found = dramatis(program, folder / "vectors.npy", folder / "shots.csv")
            scores.append(bcubed(truth[rows], found))
        mean = np.mean(scores, axis=0)
        worst = np.min(scores, axis=0)
        print(f"{variant:6s} P {mean[0]:.3f} R {mean[1]:.3f} F {mean[2]:.3f}, "
              f"worst P {worst[0]:.3f} F {worst[2]:.3f}")


def main():
    program, beds = sys.argv[1], sys.argv[2:]
    casts = "--casts" in beds
    for bed in (bed for bed in beds if bed != "--casts"):
        with open(bed + ".csv") as file:
            truth = np.array([row["person"] for row in csv.DictReader(file)])
        if casts:
            with tempfile.TemporaryDirectory() as folder:
                random_casts(program, bed, truth, Path(folder))
            continue
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as shots:
            shots.write("".join(f"{i}\n" for i in range(len(truth))))
            shots.flush()
            for variant in ("whole", "48", "32", "24", "dark", "blurred"):
                if not Path(f"{bed}-{variant}.npy").exists():
                    continue
                print(variant)
                for name, found in ways(program, f"{bed}-{variant}.npy", shots.name):
                    score = max((bcubed(truth, labels) for labels in found), key=lambda s: s[2])
                    print(f"   {name:34s} P {score[0]:.3f} R {score[1]:.3f} F {score[2]:.3f}")


main()
