"""The peers of latinHypercube.mjs: SciPy's LatinHypercube, plain and with optimization="random-cd", and the best of five random
designs by least distance, as pyDOE's criterion "maximin" takes it. Needs `pip install scipy`. Reads {"cases": [[d, n], ...],
"seeds": k} on standard input; writes one JSON row per case and peer: mean squared centred discrepancy, mean least distance, and the
median seconds per design."""

import json
import sys
import time

import numpy as np
from scipy.spatial.distance import pdist
from scipy.stats import qmc


def best_of_five(dimensions, points, seed):
    designs = [qmc.LatinHypercube(dimensions, rng=np.random.default_rng([seed, restart])).random(points) for restart in range(5)]
    return max(designs, key=lambda design: pdist(design).min())


peers = {
    "SciPy": lambda d, n, seed: qmc.LatinHypercube(d, rng=seed).random(n),
    "SciPy random-cd": lambda d, n, seed: qmc.LatinHypercube(d, optimization="random-cd", rng=seed).random(n),
    "best of 5": best_of_five,
}

request = json.load(sys.stdin)
rows = []
for dimensions, points in request["cases"]:
    for name, make in peers.items():
        make(dimensions, points, 0)
        discrepancies, distances, seconds = [], [], []
        for seed in range(request["seeds"]):
            start = time.perf_counter()
            design = make(dimensions, points, seed)
            seconds.append(time.perf_counter() - start)
            discrepancies.append(qmc.discrepancy(design))
            distances.append(pdist(design).min())
        rows.append(
            {
                "name": name,
                "dimensions": dimensions,
                "points": points,
                "discrepancy": float(np.mean(discrepancies)),
                "distance": float(np.mean(distances)),
                "seconds": float(np.median(seconds)),
            }
        )
json.dump(rows, sys.stdout)
