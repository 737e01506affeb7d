"""Tests of goodness of fit and of correlation, for src/testing/statistics/statistics.golden.json. pip install scipy; python3 statistics.py"""

import json
import random
import sys
from pathlib import Path

# This file has the name of a module of the standard library, which SciPy imports.
sys.path.pop(0)

from scipy import special, stats  # noqa: E402

draw = random.Random(1)
uniforms = [draw.random() for _ in range(50)]
squares = [value * value for value in uniforms]
others = [0.7 * value + 0.3 * draw.random() for value in uniforms]
counts = [18, 55, 39, 88]
probabilities = [0.1, 0.25, 0.2, 0.45]

rows = {
    "upperGamma": [
        {"a": a, "x": a * ratio, "expected": float(special.gammaincc(a, a * ratio))}
        for a in [0.5, 1.0, 3.5, 20.0, 500.0]
        for ratio in [0.001, 0.3, 0.9, 1.1, 1.5, 4.0]
        if special.gammaincc(a, a * ratio) > 1e-280
    ],
    "incompleteBeta": [
        {"x": x, "a": a, "b": b, "expected": float(special.betainc(a, b, x))}
        for a, b in [(0.5, 0.5), (24.0, 0.5), (511.0, 0.5), (2.0, 7.0), (300.0, 200.0)]
        for x in [1e-9, 0.2, 0.5, 0.75, 0.97, 1.0]
        if special.betainc(a, b, x) > 1e-280
    ],
    "kolmogorovSmirnov": [
        {"n": n, "d": d, "expected": float(stats.kstwo.sf(d, n))}
        for n in [1, 2, 5, 10, 64, 100, 333, 1024, 4096]
        for d in sorted({0.6 / n, 1.5 / n, *(min(0.999, c / n**0.5) for c in [0.3, 0.5, 0.83, 1.36, 1.99, 2.01, 3.0, 5.0])})
        if d > 0.5 / n
    ],
    "samples": {
        "uniforms": uniforms,
        "squares": squares,
        "others": others,
        "kstest": [[float(r.statistic), float(r.pvalue)] for r in (stats.kstest(sample, "uniform") for sample in (uniforms, squares))],
        "pearsonr": [[float(r.statistic), float(r.pvalue)] for r in (stats.pearsonr(uniforms, y) for y in (others, others[::-1]))],
    },
    "chisquare": {
        "counts": counts,
        "probabilities": probabilities,
        "expected": [float(x) for x in stats.chisquare(counts, [sum(counts) * p for p in probabilities])],
    },
}
target = Path(__file__).parent.parent / "src" / "testing" / "statistics" / "statistics.golden.json"
target.write_text(json.dumps(rows) + "\n")
