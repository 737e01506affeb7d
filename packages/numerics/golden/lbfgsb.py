"""SciPy's L-BFGS-B on the problems of boxProblems.mjs, and its Moré-Thuente line search on the six functions of that paper.

    pip install scipy
    python3 packages/numerics/golden/lbfgsb.py                 # writes src/lbfgsb/lbfgsb.golden.json and src/lbfgsb/moreThuente.golden.json
    python3 packages/numerics/golden/lbfgsb.py --starts 5 42   # prints SciPy's results from 5 random starts a problem under seed 42
    python3 packages/numerics/golden/lbfgsb.py --time          # prints microseconds per evaluation without the function's own, a problem a line

The problems are written here a second time, with numpy: their values and gradients at the start are in the golden file, so that both spellings are
compared too.
"""

import json
import os
import sys
import time
from pathlib import Path

# Threads cost more than they save on vectors of twenty.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import scipy
from scipy.optimize import fmin_l_bfgs_b
from scipy.optimize._dcsrch import DCSRCH

SOURCE = Path(__file__).resolve().parent.parent / "src" / "lbfgsb"
INFINITY = float("inf")


def rosenbrock(x):
    a, b = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    g = np.zeros_like(x)
    g[:-1] -= 400 * a * x[:-1] + 2 * b
    g[1:] += 200 * a
    return float(np.sum(100 * a**2 + b**2)), g


def beale(x):
    k, y = np.arange(1, 4), np.array([1.5, 2.25, 2.625])
    r = y - x[0] * (1 - x[1] ** k)
    return float(r @ r), np.array([-2 * r @ (1 - x[1] ** k), 2 * r @ (x[0] * k * x[1] ** (k - 1))])


def wood(x):
    a, b, c, d = x
    p, q = b - a * a, d - c * c
    f = 100 * p * p + (1 - a) ** 2 + 90 * q * q + (1 - c) ** 2 + 10.1 * ((b - 1) ** 2 + (d - 1) ** 2) + 19.8 * (b - 1) * (d - 1)
    g = [-400 * a * p - 2 * (1 - a), 200 * p + 20.2 * (b - 1) + 19.8 * (d - 1), -360 * c * q - 2 * (1 - c), 180 * q + 20.2 * (d - 1) + 19.8 * (b - 1)]
    return float(f), np.array(g)


def quadratic(x):
    n = len(x)
    c = 10 ** (6 * np.arange(n) / (n - 1))
    z = x - 1 - 2 * np.mean(x - 1)
    return float(c @ z**2 / 2), c * z - 2 * np.mean(c * z)


def powell_singular(x):
    a, b, c, d = x
    p, q, r, s = a + 10 * b, c - d, b - 2 * c, a - d
    return float(p * p + 5 * q * q + r**4 + 10 * s**4), np.array([2 * p + 40 * s**3, 20 * p + 4 * r**3, 10 * q - 8 * r**3, -10 * q - 40 * s**3])


def dixon_price(x):
    i = np.arange(2, len(x) + 1)
    r = 2 * x[1:] ** 2 - x[:-1]
    g = np.zeros_like(x)
    g[0] = 2 * (x[0] - 1)
    g[1:] += 8 * i * r * x[1:]
    g[:-1] -= 2 * i * r
    return float((x[0] - 1) ** 2 + i @ r**2), g


def variably_dimensioned(x):
    i = np.arange(1, len(x) + 1)
    s = i @ (x - 1)
    return float((x - 1) @ (x - 1) + s**2 + s**4), 2 * (x - 1) + i * (2 * s + 4 * s**3)


def trigonometric(x):
    n, i = len(x), np.arange(1, len(x) + 1)
    r = n - np.sum(np.cos(x)) + i * (1 - np.cos(x)) - np.sin(x)
    return float(r @ r), 2 * r * (i * np.sin(x) - np.cos(x)) + 2 * np.sum(r) * np.sin(x)


def driver1(x):
    t = x[1:] - x[:-1] ** 2
    g = np.zeros_like(x)
    g[0] = 2 * (x[0] - 1)
    g[1:] += 8 * t
    g[:-1] -= 16 * x[:-1] * t
    return float((x[0] - 1) ** 2 + 4 * t @ t), g


def hs3(x):
    a, b = x
    return float(b + 1e-5 * (b - a) ** 2), np.array([-2e-5 * (b - a), 1 + 2e-5 * (b - a)])


def hs4(x):
    a, b = x
    return float((a + 1) ** 3 / 3 + b), np.array([(a + 1) ** 2, 1.0])


def hs5(x):
    a, b = x
    return float(np.sin(a + b) + (a - b) ** 2 - 1.5 * a + 2.5 * b + 1), np.cos(a + b) + np.array([2 * (a - b) - 1.5, -2 * (a - b) + 2.5])


def hs45(x):
    return float(2 - np.prod(x) / 120), np.array([-np.prod(np.delete(x, i)) / 120 for i in range(5)])


def hs110(x):
    root = np.prod(x) ** 0.2
    a, b = x - 2, 10 - x
    return float(np.sum(np.log(a) ** 2 + np.log(b) ** 2) - root), 2 * np.log(a) / a - 2 * np.log(b) / b - 0.2 * root / x


def bells(x):
    f, g = 0.0, np.zeros_like(x)
    for centre, height in [(0.2, 1), (0.6, 1.5), (1, 2)]:
        bell = height * np.exp(-4 * np.sum((x - centre) ** 2))
        f -= bell
        g += 8 * (x - centre) * bell
    return float(f), g


def every(n, value):
    return [value] * n


def alternate(n, first, second):
    return [second if i % 2 else first for i in range(n)]


def whole(n):
    return every(n, -INFINITY), every(n, INFINITY)


def cube(n, low, high):
    return every(n, low), every(n, high)


PROBLEMS = [
    ("Rosenbrock 2", rosenbrock, [-1.2, 1], *whole(2)),
    ("Rosenbrock 5", rosenbrock, alternate(5, -1.2, 1), *whole(5)),
    ("Rosenbrock 10", rosenbrock, alternate(10, -1.2, 1), *whole(10)),
    ("Rosenbrock 20", rosenbrock, alternate(20, -1.2, 1), *whole(20)),
    ("Rosenbrock 2 in [-2, 2]", rosenbrock, [-1.2, 1], *cube(2, -2, 2)),
    ("Rosenbrock 10 in [-2, 2]", rosenbrock, alternate(10, -1.2, 1), *cube(10, -2, 2)),
    ("Rosenbrock 20 in [-2, 2]", rosenbrock, every(20, -1), *cube(20, -2, 2)),
    ("Rosenbrock 2 in [-2, 0.5]", rosenbrock, [-1.2, 0.5], *cube(2, -2, 0.5)),
    ("Rosenbrock 10 in [-2, 0.8]", rosenbrock, alternate(10, -1.2, 0.8), *cube(10, -2, 0.8)),
    ("Rosenbrock 20 in [1.1, 3]", rosenbrock, alternate(20, 1.1, 3), *cube(20, 1.1, 3)),
    ("Beale", beale, [1, 1], *whole(2)),
    ("Beale in [-4.5, 4.5]", beale, [-3, -3], *cube(2, -4.5, 4.5)),
    ("Beale, x1 <= 2", beale, [1, 1], every(2, -INFINITY), [2, INFINITY]),
    ("Wood", wood, [-3, -1, -3, -1], *whole(4)),
    ("HS38 (Wood)", wood, [-3, -1, -3, -1], *cube(4, -10, 10)),
    ("quadratic 10, condition 1e6", quadratic, every(10, -1), *whole(10)),
    ("quadratic 20, condition 1e6, x >= 0", quadratic, alternate(20, 3, 5), every(20, 0), every(20, INFINITY)),
    ("quadratic 10, condition 1e6, in [1.5, 2]", quadratic, alternate(10, 1.5, 2), *cube(10, 1.5, 2)),
    ("Powell singular", powell_singular, [3, -1, 0, 1], *whole(4)),
    ("Powell singular, x2 >= 0.1", powell_singular, [3, 1, 0, 1], [-INFINITY, 0.1, -INFINITY, -INFINITY], every(4, INFINITY)),
    ("Dixon and Price 10", dixon_price, every(10, 3), *cube(10, -10, 10)),
    ("variably dimensioned 10", variably_dimensioned, [1 - i / 10 for i in range(1, 11)], *whole(10)),
    ("trigonometric 10", trigonometric, every(10, 0.1), *whole(10)),
    ("driver1", driver1, every(25, 3), alternate(25, 1, -100), every(25, 100)),
    ("HS1", rosenbrock, [-2, 1], [-INFINITY, -1.5], every(2, INFINITY)),
    ("HS2", rosenbrock, [-2, 1.5], [-INFINITY, 1.5], every(2, INFINITY)),
    ("HS3", hs3, [10, 1], [-INFINITY, 0], every(2, INFINITY)),
    ("HS4", hs4, [1.125, 0.125], [1, 0], every(2, INFINITY)),
    ("HS5", hs5, [0, 0], [-1.5, -3], [4, 3]),
    ("HS45", hs45, every(5, 0.5), every(5, 0), [1, 2, 3, 4, 5]),
    ("HS110", hs110, every(10, 9), *cube(10, 2.001, 9.999)),
    ("bells 5 in [0, 1]", bells, every(5, 0.3), *cube(5, 0, 1)),
]


def minimise(f, start, lower, upper):
    start = np.clip(np.array(start, dtype=float), lower, upper)
    x, value, details = fmin_l_bfgs_b(f, start, bounds=list(zip(lower, upper)), m=10, factr=1e7, pgtol=1e-5)
    return x, float(value), details["funcalls"]


# ---- the six functions of Moré and Thuente, section 5, each with the mu and eta of its table


def concave(beta):
    return lambda a: (-a / (a * a + beta), (a * a - beta) / (a * a + beta) ** 2)


def quintic(beta):
    return lambda a: ((a + beta) ** 5 - 2 * (a + beta) ** 4, 5 * (a + beta) ** 4 - 8 * (a + beta) ** 3)


def wavy(beta, l):
    def phi(a):
        if a <= 1 - beta:
            base, slope = 1 - a, -1.0
        elif a >= 1 + beta:
            base, slope = a - 1, 1.0
        else:
            base, slope = (a - 1) ** 2 / (2 * beta) + beta / 2, (a - 1) / beta
        return base + 2 * (1 - beta) / (l * np.pi) * np.sin(l * np.pi * a / 2), slope + (1 - beta) * np.cos(l * np.pi * a / 2)

    return phi


def yanai(beta1, beta2):
    def gamma(beta):
        return np.sqrt(1 + beta**2) - beta

    def phi(a):
        left, right = np.sqrt((1 - a) ** 2 + beta2**2), np.sqrt(a**2 + beta1**2)
        return gamma(beta1) * left + gamma(beta2) * right, -gamma(beta1) * (1 - a) / left + gamma(beta2) * a / right

    return phi


TABLES = [
    ("1", concave(2), 1e-3, 0.1),
    ("2", quintic(0.004), 0.1, 0.1),
    ("3", wavy(0.01, 39), 0.1, 0.1),
    ("4", yanai(0.001, 0.001), 1e-3, 1e-3),
    ("5", yanai(0.01, 0.001), 1e-3, 1e-3),
    ("6", yanai(0.001, 0.01), 1e-3, 1e-3),
]


def search(phi, mu, eta, first):
    """The steps SciPy's translation of MINPACK-2's dcsrch evaluates."""
    steps = []

    def value(step):
        steps.append(float(step))
        return float(phi(step)[0])

    machine = DCSRCH(value, lambda step: float(phi(step)[1]), mu, eta, 1e-10, 0, 1e10)
    value0, slope0 = phi(0.0)
    machine(first, phi0=float(value0), derphi0=float(slope0), maxiter=100)
    return steps


def write(name, rows):
    text = json.dumps(rows, separators=(",", ":")).replace("},{", "},\n{")
    (SOURCE / name).write_text(text + "\n")


def write_golden():
    rows = []
    for name, f, start, lower, upper in PROBLEMS:
        value0, gradient0 = f(np.array(start, dtype=float))
        x, value, evaluations = minimise(f, start, lower, upper)
        row = {"name": name, "valueAtStart": value0, "gradientAtStart": list(map(float, gradient0))}
        rows.append({**row, "point": list(map(float, x)), "value": value, "evaluations": evaluations})
    write("lbfgsb.golden.json", rows)
    searches = [
        {"table": table, "mu": mu, "eta": eta, "first": first, "steps": search(phi, mu, eta, first)}
        for table, phi, mu, eta in TABLES
        for first in (1e-3, 1e-1, 1e1, 1e3)
    ]
    write("moreThuente.golden.json", searches)


def print_starts(count, seed):
    draw = np.random.default_rng(seed)
    rows = []
    for name, f, start, lower, upper in PROBLEMS:
        for _ in range(count):
            low = np.where(np.isfinite(lower), lower, np.array(start) - 2)
            high = np.where(np.isfinite(upper), upper, np.array(start) + 2)
            chosen = draw.uniform(low, np.minimum(high, low + 10))
            _, value, evaluations = minimise(f, chosen, lower, upper)
            rows.append({"name": name, "start": list(map(float, chosen)), "value": value, "evaluations": evaluations})
    print(json.dumps({"version": scipy.__version__, "rows": rows}))


def best_seconds(rounds, run):
    seconds = INFINITY
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds


def print_times():
    rows = []
    for name, f, start, lower, upper in PROBLEMS:
        x = np.clip(np.array(start, dtype=float), lower, upper)
        evaluations = minimise(f, start, lower, upper)[2]
        whole_run = best_seconds(9, lambda: minimise(f, start, lower, upper)) / evaluations
        alone = best_seconds(9, lambda: [f(x) for _ in range(100)]) / 100
        rows.append({"name": name, "evaluations": evaluations, "microseconds": 1e6 * whole_run, "functionMicroseconds": 1e6 * alone})
    print(json.dumps({"version": scipy.__version__, "rows": rows}))


if __name__ == "__main__":
    if "--starts" in sys.argv[1:]:
        print_starts(*map(int, sys.argv[sys.argv.index("--starts") + 1 :][:2]))
    elif "--time" in sys.argv[1:]:
        print_times()
    else:
        write_golden()
