"""Reference values for the low-discrepancy sequences and the discrepancies.

    pip install scipy==1.17.1 mpmath
    python3 golden/sequences.py      (from packages/samplers; about a minute)

SciPy's points are written as integers k of k / 2^32, so that the comparison is exact. The R-sequence is worked out by mpmath in 60 digits.
"""

import json
import warnings

import mpmath
import numpy as np
from scipy.stats import qmc

warnings.simplefilter("ignore")


def write(path, value):
    with open(path, "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")


def sobol(dimensions, start, count, bits=30):
    engine = qmc.Sobol(dimensions, scramble=False, bits=bits)
    if start:
        engine.fast_forward(start)
    return engine.random(count)


def words(points):
    scaled = points * 2.0**32
    assert (scaled == np.floor(scaled)).all()
    return scaled.astype(np.int64)


def fnv(values):
    """FNV-1a, 32 bits, over the four bytes of each word, lowest first."""
    state = 0x811C9DC5
    for value in values:
        for byte in int(value).to_bytes(4, "little"):
            state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    return state


far = [(10, 1000, 30), (10, 2**16 - 1, 30), (10, 2**20 + 7, 30), (10, 2**24, 30), (3, 2**30 - 1, 30), (3, 2**31 + 12345, 32), (1111, 65537, 30)]
write(
    "src/sobol/sobol.golden.json",
    {
        "hashes": [{"dimensions": d, "count": n, "fnv": fnv(words(sobol(d, 0, n)).ravel())} for d, n in [(1, 4096), (10, 1024), (1024, 64), (1111, 256)]],
        "far": [{"dimensions": d, "index": i, "words": words(sobol(d, i, 1, bits))[0].tolist()} for d, i, bits in far],
    },
)

write("src/halton.golden.json", {"dimensions": 12, "count": 64, "points": qmc.Halton(12, scramble=False).random(64).tolist()})

mpmath.mp.dps = 60


def phi(d):
    return mpmath.findroot(lambda x: x ** (d + 1) - x - 1, mpmath.mpf(1) + mpmath.log(2) / d)


def r_point(d, n):
    return [float(mpmath.frac(mpmath.mpf(1) / 2 + n * phi(d) ** -(j + 1))) for j in range(d)]


write(
    "src/rSequence.golden.json",
    [{"dimensions": d, "n": n, "point": r_point(d, n)} for d in (1, 2, 3, 10, 50) for n in (1, 2, 3, 4, 1000, 2**26, 2**32)],
)

rng = np.random.default_rng(20240601)
sets = [rng.random((n, d)) for n, d in [(1, 1), (1, 3), (2, 2), (7, 1), (16, 2), (33, 3), (64, 5), (50, 10), (20, 40)]]
sets += [np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 1.0]])]
write(
    "src/discrepancy.golden.json",
    [
        {
            "dimensions": points.shape[1],
            "points": points.ravel().tolist(),
            "centred": qmc.discrepancy(points, method="CD"),
            "wrapAround": qmc.discrepancy(points, method="WD"),
            "mixture": qmc.discrepancy(points, method="MD"),
            "star": qmc.discrepancy(points, method="L2-star"),
        }
        for points in sets
    ],
)
