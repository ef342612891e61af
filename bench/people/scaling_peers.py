#!/usr/bin/env python3
"""Other clusterings on the data of `people_scaling N`: unit vectors of length 512 of N / 20 people.

    scaling_peers.py N

Prints seconds and peak memory with the vectors counted in, a line for each peer that is installed,
each in a process of its own: fastcluster's centroid linkage and scikit-learn's average linkage. They
know no constraints; all distances are in memory.
"""

import importlib.util
import multiprocessing
import resource
import sys
import time


def vectors(count, length=512):
    import numpy as np
    random = np.random.default_rng(1)
    people = random.standard_normal((count // 20 + 1, length), dtype=np.float32)
    rows = people[random.integers(len(people), size=count)]
    rows += 0.6 * random.standard_normal(rows.shape, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fastcluster_centroid(rows):
    import fastcluster
    from scipy.cluster.hierarchy import fcluster
    return fcluster(fastcluster.linkage(rows, method="centroid"), 1.0, criterion="distance").max()


def sklearn_average(rows):
    from sklearn.cluster import AgglomerativeClustering
    model = AgglomerativeClustering(None, linkage="average", distance_threshold=1.1)
    return model.fit_predict(rows).max() + 1


PEERS = [("fastcluster, centroid linkage", ("numpy", "scipy", "fastcluster"), fastcluster_centroid),
         ("scikit-learn, average linkage", ("numpy", "sklearn"), sklearn_average)]


def measure(name, peer, count):
    rows = vectors(count)
    begin = time.perf_counter()
    clusters = peer(rows)
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {count} rows, {clusters} clusters: {seconds:.2f} s, {memory} MB", flush=True)


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    for name, packages, peer in PEERS:
        missing = [p for p in packages if importlib.util.find_spec(p) is None]
        if missing:
            print(f"{name}: not installed ({', '.join(missing)})", flush=True)
            continue
        process = multiprocessing.get_context("spawn").Process(
            target=measure, args=(name, peer, int(sys.argv[1])))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
