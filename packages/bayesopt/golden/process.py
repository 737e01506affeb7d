"""The marginal likelihood of small Gaussian processes, its gradient, and their predictions, by the textbook formulas in 60 digits.

    pip install mpmath
    python3 packages/bayesopt/golden/process.py        # writes src/process/process.golden.json

K = k(x, x) + diag(noise + variance); mu = 1'K^-1 y / (1'K^-1 1 + 1); with r = y - mu
    value     -(r'K^-1 r + ln |K| + n ln 2 pi + mu^2) / 2, without priors; gradient by central differences of it by u = ln(hyperparameter)
    mean      mu + k(z, x) K^-1 r
    covariance k(z, z) - k(z, x) K^-1 k(x, z)
    condition  ||K||_1 ||K^-1||_1
"""

import json
import random
from pathlib import Path

from mpmath import mp, mpf

TARGET = Path(__file__).resolve().parent.parent / "src" / "process" / "process.golden.json"
mp.dps = 60
STEP = mpf(10) ** -18
MOST_CONDITION = mpf(10) ** 12

FAMILIES = {
    "matern12": lambda r2: mp.exp(-mp.sqrt(r2)),
    "matern32": lambda r2: (1 + mp.sqrt(3 * r2)) * mp.exp(-mp.sqrt(3 * r2)),
    "matern52": lambda r2: (1 + mp.sqrt(5 * r2) + 5 * r2 / 3) * mp.exp(-mp.sqrt(5 * r2)),
    "squaredExponential": lambda r2: mp.exp(-r2 / 2),
}


def stationary(family, coordinates):
    def k(x, z, u):
        r2 = mp.fsum(((x[f] - z[f]) / mp.exp(l)) ** 2 for f, l in zip(coordinates, u))
        return mp.exp(u[len(coordinates)]) * FAMILIES[family](r2)

    return len(coordinates) + 1, k


def linear(d):
    return 1, lambda x, z, u: mp.exp(u[0]) * mp.fsum((x[f] - mpf(1) / 2) * (z[f] - mpf(1) / 2) for f in range(d))


def added(first, second):
    return first[0] + second[0], lambda x, z, u: first[1](x, z, u[: first[0]]) + second[1](x, z, u[first[0] :])


def multiplied(first, second):
    return first[0] + second[0], lambda x, z, u: first[1](x, z, u[: first[0]]) * second[1](x, z, u[first[0] :])


def kernels(d):
    every = list(range(d))
    return {
        **{family: stationary(family, every) for family in FAMILIES},
        "matern52 + linear": added(stationary("matern52", every), linear(d)),
        "matern32 * squaredExponential": multiplied(stationary("matern32", [0]), stationary("squaredExponential", [d - 1])),
    }


def gram(k, x, u, noises):
    return mp.matrix([[k(a, b, u) + (noises[i] if i == j else 0) for j, b in enumerate(x)] for i, a in enumerate(x)])


def regress(K, y):
    inverse = K**-1
    ones = mp.matrix([1] * len(y))
    mu = (ones.T * inverse * mp.matrix(y))[0] / ((ones.T * inverse * ones)[0] + 1)
    return inverse, mu, mp.matrix([value - mu for value in y])


def density(k, x, y, variance, u, learned):
    noise = mp.exp(u[-1]) if learned else mpf(0)
    K = gram(k, x, u, [noise + v for v in variance])
    inverse, mu, r = regress(K, y)
    return -((r.T * inverse * r)[0] + mp.log(mp.det(K)) + len(y) * mp.log(2 * mp.pi) + mu**2) / 2


def case(name, n, d, noise, source):
    count, k = kernels(d)[name]
    short = lambda low, high: source.randint(round(low * 256), round(high * 256)) / 256
    x = [[short(0, 1) for _ in range(d)] for _ in range(n)]
    if n > 4:
        x[3] = [min(1, value + 2**-7) for value in x[2]]
    y = [short(-2, 2) for _ in range(n)]
    z = [[short(0, 1) for _ in range(d)] for _ in range(2)] + [[value + 2**-10 for value in x[0]]]
    u = [short(-2, 1) for _ in range(count)]
    learned = noise == "learned"
    if learned:
        u.append(short(-8, -1))
    known = {"none": 0, "learned": 0, "tiny": 2.0**-40, "each": None}[noise]
    variance = [short(0.01, 1) if known is None else known for _ in range(n)]

    exact = lambda rows: [[mpf(value) for value in row] for row in rows]
    xs, zs, ys, us, vs = exact(x), exact(z), [mpf(v) for v in y], [mpf(v) for v in u], [mpf(v) for v in variance]
    at = lambda moved: density(k, xs, ys, vs, moved, learned)
    gradient = []
    for p in range(len(us)):
        above, below = us[:], us[:]
        above[p] += STEP
        below[p] -= STEP
        gradient.append((at(above) - at(below)) / (2 * STEP))
    K = gram(k, xs, us, [(mp.exp(us[-1]) if learned else 0) + v for v in vs])
    inverse, mu, r = regress(K, ys)
    condition = mp.mnorm(K, 1) * mp.mnorm(inverse, 1)
    if condition > MOST_CONDITION:
        return None
    across = mp.matrix([[k(a, b, us) for a in xs] for b in zs])
    mean = across * inverse * r
    within = mp.matrix([[k(a, b, us) for b in zs] for a in zs]) - across * inverse * across.T
    return {
        **{"kernel": name, "d": d, "noise": noise, "x": sum(x, []), "y": y, "variance": variance, "z": sum(z, []), "u": u},
        **{"value": float(at(us)), "gradient": [float(g) for g in gradient], "constant": float(mu), "condition": float(condition)},
        "mean": [float(mu + m) for m in mean],
        "covariance": [float(v) for v in within],
    }


source = random.Random(3)
cases = []
for name in kernels(2):
    for index, n in enumerate([1, 2, 5, 8, 12]):
        for noise in ["none", "learned", "tiny", "each"]:
            d = [1, 2, 6][(index + len(cases)) % 3]
            made = None
            while made is None:
                made = case(name, n, max(d, 2) if "*" in name else d, noise, source)
            cases.append(made)
TARGET.write_text("[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]\n")
print(len(cases), "cases, conditions up to", max(one["condition"] for one in cases))
