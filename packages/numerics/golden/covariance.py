"""The stationary covariances against mpmath, and the polynomial of their exponential.

    pip install mpmath
    python3 packages/numerics/golden/covariance.py                 # writes src/covariance/stationary.golden.json
    python3 packages/numerics/golden/covariance.py --polynomial    # prints the coefficients in assembly/exp.ts and their error

The golden file holds points of several sizes, with the covariance, its derivative by the first coordinate of the second point and its
derivative by the logarithm of the first lengthscale, all from the textbook's definitions by the distance r.
"""

import json
import random
import sys
from pathlib import Path

from mpmath import cos, diff, exp, log, lu_solve, matrix, mp, mpf, nstr, pi, sqrt

OUT = Path(__file__).resolve().parent.parent / "src" / "covariance" / "stationary.golden.json"
mp.dps = 60

FAMILIES = {
    "matern12": lambda r: exp(-r),
    "matern32": lambda r: (1 + sqrt(3) * r) * exp(-sqrt(3) * r),
    "matern52": lambda r: (1 + sqrt(5) * r + 5 * r**2 / 3) * exp(-sqrt(5) * r),
    "squaredExponential": lambda r: exp(-(r**2) / 2),
}


def golden():
    random.seed("stationary covariances")
    rows = []
    for family, k in FAMILIES.items():
        for case in range(24):
            d = 1 + case % 4
            size = [1e-6, 0.1, 1, 3, 10, 30][case % 6]
            x = [size * random.gauss(0, 1) for _ in range(d)]
            z = [size * random.gauss(0, 1) for _ in range(d)]
            squares = [(mpf(a) - mpf(b)) ** 2 for a, b in zip(x, z)]
            r = sqrt(sum(squares))
            slope = diff(k, r)  # dk/dr
            rows.append(
                {
                    "family": family,
                    "x": x,
                    "z": z,
                    "value": float(k(r)),
                    "byCoordinate": float(slope * (mpf(z[0]) - mpf(x[0])) / r),
                    "byLogLengthscale": float(-slope * squares[0] / r),
                }
            )
    OUT.write_text("[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n")


def polynomial(degree=9):
    """Remez's exchange for (e^r - 1 - r) / r^2 on [-ln 2 / 2, ln 2 / 2], a little widened, with the weight r^2 / e^r."""

    def target(r):
        return mpf(1) / 2 + r / 6 + r * r / 24 if abs(r) < mpf(10) ** -12 else (exp(r) - 1 - r) / r**2

    def weight(r):
        return r * r / exp(r)

    half = log(2) / 2 * (1 + mpf(2) ** -20)
    count = degree + 2
    extrema = [half * cos(pi * (count - 1 - i) / (count - 1)) for i in range(count)]
    grid = [half * (mpf(i) / 2000 - 1) for i in range(4001)]
    for _ in range(8):
        system = matrix(count, count)
        for i, r in enumerate(extrema):
            for j in range(degree + 1):
                system[i, j] = r**j
            system[i, degree + 1] = (-1) ** i / weight(r) if abs(r) > 1e-9 else 0
        c = lu_solve(system, matrix([target(r) for r in extrema]))
        errors = [(sum(c[j] * r**j for j in range(degree + 1)) - target(r)) * weight(r) for r in grid]
        peaks = []
        for i, error in enumerate(errors):
            if any(abs(error) < abs(errors[near]) for near in (i - 1, i + 1) if 0 <= near < len(errors)):
                continue
            if peaks and (error > 0) == (errors[peaks[-1]] > 0):
                if abs(error) > abs(errors[peaks[-1]]):
                    peaks[-1] = i
            elif error != 0:
                peaks.append(i)
        while len(peaks) > count:
            peaks.pop(0 if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else -1)
        extrema = [grid[i] for i in peaks]
    for power in range(degree + 1):
        print(f"c{power + 2}", repr(float(c[power])))
    print("largest error relative to e^r: 2^", nstr(log(max(map(abs, errors)), 2), 4))


if __name__ == "__main__":
    polynomial() if "--polynomial" in sys.argv else golden()
