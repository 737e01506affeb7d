"""Log masses of the standard normal distribution between two points, for src/tpe/normalMass.golden.json. pip install mpmath; python3 normalMass.py"""

import json
from pathlib import Path

from mpmath import erfc, log, mp, mpf, sqrt


def log_mass(middle, width):
    """With 3000 digits: the difference of two tails cancels all of 2200 of them at 100."""
    with mp.workdps(3000):
        a, b = mpf(middle) - mpf(width) / 2, mpf(middle) + mpf(width) / 2
        if a > 0:
            a, b = -b, -a
        return float(log((erfc(-b / sqrt(mpf(2))) - erfc(-a / sqrt(mpf(2)))) / 2))


rows = [
    {"middle": middle, "width": width, "expected": log_mass(middle, width)}
    for middle in [0.0, 0.25, 1.0, 3.5, -6.0, 12.0, 40.0, 100.0]
    for width in [1e-14, 1e-4, 0.015625, 0.019, 0.25, 2.0, 30.0]
]
target = Path(__file__).parent.parent / "src" / "tpe" / "normalMass.golden.json"
target.write_text(json.dumps(rows) + "\n")
