"""The golden values of the learning-curve simulators and of counting ones in NumPy, written independently of the TypeScript.

    pip install numpy scipy
    python3 golden/learningCurves.py > src/learningCurves/learningCurves.golden.json

Everything is computed again: keys and streams (streams.py), fields, scores, the bisections, curves, noise and divergence. What two
ways of computing must agree on to the last bits is only compared to 9 digits. Kendall's tau is SciPy's.
"""

import json
import sys

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import kendalltau

from streams import Stream, derive

ZERO = (0, 0, 0, 0)
KEY = (1, 2, 3, 0xFFFFFFFF)
RUN = (7, 0, 0x80000000, 9)


def branin(x):
    return (x[1] - 5.1 / (4 * np.pi**2) * x[0] ** 2 + 5 / np.pi * x[0] - 6) ** 2 + 10 * (1 - 1 / (8 * np.pi)) * np.cos(x[0]) + 10


A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = 1e-4 * np.array(
    [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]
)


def hartmann6(x):
    return -np.array([1, 1.2, 3, 3.2]) @ np.exp(-(A * (np.array(x) - P) ** 2).sum(axis=1))


def goldstein(x):
    a, b = x
    first = 1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a**2 - 14 * b + 6 * a * b + 3 * b**2)
    return first * (30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a**2 + 48 * b - 36 * a * b + 27 * b**2))


# formula, bounds, minimum, its tolerance, minimisers
BASES = {
    "branin": (branin, np.array([[-5, 10], [0, 15]]), 5 / (4 * np.pi), 1e-14, [[-np.pi, 12.275], [np.pi, 2.275], [3 * np.pi, 2.475]]),
    "hartmann6": (
        hartmann6,
        np.array([[0, 1]] * 6),
        -3.3223680114155148,
        1e-14,
        [[0.20168951100670543, 0.15001069182345797, 0.476873974221897, 0.2753324304940561, 0.31165161660011326, 0.6573005340656203]],
    ),
    "goldstein-price": (goldstein, np.array([[-2, 2]] * 2), 3, 2e-13, [[0, -1]]),
}


def field(d, key):
    draws = Stream(key)
    w = np.array([draws.normal() for _ in range(16 * d)]).reshape(16, d) / (0.4 * np.sqrt(d))
    b = np.array([2 * np.pi * draws.uniform() for _ in range(16)])
    return lambda u: np.cos(np.atleast_2d(u) @ w.T + b).sum(axis=1)


def standard(f, sample):
    v = f(sample)
    return lambda u: (f(u) - v.mean()) / v.std()


def phi(base, s, a):
    return {
        "power": lambda: (1 + (2 ** (1 / a) - 1) * s) ** -a,
        "exponential": lambda: 2.0 ** -(s**a),
        "logarithmic": lambda: a / np.log((np.exp(2 * a) - np.exp(a)) * s + np.exp(a)),
        "hill": lambda: 1 / (1 + s**a),
    }[base]()


def danger(d, key, sample, minimisers):
    h = standard(field(d, key), sample)

    def f(u):
        u = np.atleast_2d(u)
        out = ndtr(h(u))
        for m in minimisers:
            out = out * (1 - np.exp(-((u - m) ** 2).sum(axis=1) / (2 * 0.01 * d)))
        return out

    return f


def simulator(name, o, key):
    f, bounds, optimum, tolerance, places = BASES[name]
    d, R = len(bounds), o.get("epochs", 81)
    low, width = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
    draws = Stream(derive(ZERO, "learning curves", d))
    sample = np.array([[draws.uniform() for _ in range(d)] for _ in range(2048)])
    regret = lambda x: max(0.0, f(x) - optimum - tolerance)
    r = np.array([regret(low + width * u) for u in sample])
    quarters = lambda v: [(np.sort(v)[at - 1] + np.sort(v)[at]) / 2 for at in (512, 1024, 1536)]
    q1, m, q3 = quarters(r)
    p = min(1, 2 * np.log(3) / np.log(q3 / q1))
    end = lambda x: (regret(x) / m) ** p / ((regret(x) / m) ** p + 1)
    ends = (r / m) ** p / ((r / m) ** p + 1)
    order = np.sort(-ends)

    def score(e):
        q = -e
        n = np.searchsorted(order, q, side="right")
        if n in (0, 2048):
            return ndtri(0.5 / 2048) * (1 if n == 0 else -1)
        return ndtri((n - 0.5 + (q - order[n - 1]) / (order[n] - order[n - 1])) / 2048)

    z = np.array([score(e) for e in ends])
    raw = field(d, derive(key, "half-life"))
    v = raw(sample)
    slope = np.cov(v, z, bias=True)[0, 1] / z.var()
    rest = v - v.mean() - slope * (z - z.mean())
    g = lambda u, zu: (raw(u) - v.mean() - slope * (zu - z.mean())) / rest.std()
    alphas = standard(field(d, derive(key, "alpha")), sample)
    shape = o.get("shape", "power")
    names = ["power", "exponential", "logarithmic", "hill"] if shape == "mixture" else [shape]
    fields = [standard(field(d, derive(key, f"weight of {n}")), sample) for n in names]

    def left(u, s):
        if "saturation" in o:
            k, rate = o["saturation"]["halfLives"], o["saturation"]["rate"]
            s = np.where(s <= k, s, k + rate * (s - k))
        a = np.exp(0.1 * alphas(u))
        w = np.exp([h(u) for h in fields]) if shape == "mixture" else np.ones((1, len(np.atleast_2d(u))))
        return sum(wi * phi(n, s, a) for wi, n in zip(w / w.sum(axis=0), names))

    def errors(u, e, zu, rho, t):
        life = o.get("halfLifeEpochs", R / 9) * np.exp(o.get("halfLifeSpread", 1) * (rho * zu + np.sqrt(1 - rho**2) * g(u, zu)))
        return 1 - (1 - e) * (1 - left(u, t / life)) / (1 - left(u, R / life))

    tau = lambda rho: kendalltau(errors(sample, ends, z, rho, 1), ends).statistic
    assert tau(1.0) < o["firstEpochTau"] < tau(-1.0)
    lo, hi = -1.0, 1.0
    for _ in range(14):
        mid = (lo + hi) / 2
        if tau(mid) > o["firstEpochTau"]:
            lo = mid
        else:
            hi = mid
    rho = (lo + hi) / 2
    minimisers = [(np.array(p) - low) / width for p in places]
    chance = feasible = None
    if o.get("diverging"):
        dg = danger(d, derive(key, "divergence"), sample, minimisers)
        ds = dg(sample)
        a, b = 0.0, 1.0
        while (ds**b).mean() > o["diverging"]:
            b *= 2
        for _ in range(50):
            c = (a + b) / 2
            a, b = (c, b) if (ds**c).mean() > o["diverging"] else (a, c)
        chance = lambda u: dg(u)[0] ** b
    if o.get("infeasible"):
        di = danger(d, derive(key, "infeasible"), sample, minimisers)
        most = np.sort(di(sample))[int((1 - o["infeasible"]) * 2047)]
        feasible = lambda u: di(u)[0] <= most
    pace = standard(field(d, derive(key, "cost")), sample)
    iqr = quarters(ends)[2] - quarters(ends)[0]

    def evaluate(x, t, run):
        u = (np.array(x) - low) / width
        if feasible and not feasible(u):
            return None
        if chance:
            draws = Stream(derive(run, "divergence", *x))
            if draws.uniform() < chance(u) and t >= R ** draws.uniform():
                return None
        e = end(x)
        value = errors(u, e, score(e), rho, t)[0]
        if "noise" in o:
            draws, memory = Stream(derive(run, "noise", *x)), o["noise"]["memory"]
            n = draws.normal()
            for _ in range(t - 1):
                n = memory * n + np.sqrt(1 - memory**2) * draws.normal()
            value += o["noise"]["spreads"] * iqr * n
        return value

    seconds = lambda x, t: o.get("secondsPerEpoch", 1) * t * np.exp(o.get("costSpread", 0.5) * pace((np.array(x) - low) / width)[0])
    return evaluate, end, seconds


CASES = [
    ("branin", {"firstEpochTau": 0.8}),
    ("branin", {"firstEpochTau": -0.2, "shape": "hill", "epochs": 27, "halfLifeEpochs": 5, "secondsPerEpoch": 30, "costSpread": 1}),
    ("hartmann6", {"firstEpochTau": 0.4, "shape": "mixture", "saturation": {"halfLives": 2, "rate": 0.25}}),
    ("hartmann6", {"firstEpochTau": 0.47, "shape": "exponential", "noise": {"spreads": 0.3, "memory": 0.75}, "halfLifeSpread": 0.5}),
    ("goldstein-price", {"firstEpochTau": 0.1}),
    ("branin", {"firstEpochTau": 0.6, "shape": "logarithmic", "diverging": 0.4, "infeasible": 0.2}),
]

rows = []
for name, options in CASES:
    evaluate, end, seconds = simulator(name, options, KEY)
    bounds = BASES[name][1]
    R = options.get("epochs", 81)
    probes = []
    for n in range(1, 13):
        x = [float(l + (h - l) * ((n * (k + 1) * 37 + 5 * k) % 64) / 64) for k, (l, h) in enumerate(bounds)]
        values = [evaluate(x, t, RUN) for t in (1, R // 9, R // 3, R)]
        probes.append({"x": x, "values": [None if v is None else float(v) for v in values], "end": float(end(x)), "seconds": float(seconds(x, R // 3))})
    rows.append({"base": name, "options": options, "probes": probes})


def counting(switches, probabilities, b):
    key = derive(RUN, "counting-ones", *switches, *probabilities)
    ones = 0
    for k, p in enumerate(probabilities):
        draws = Stream(derive(key, f"x{k + 1}"))
        ones += sum(draws.uniform() < p for _ in range(b))
    return -(sum(switches) + ones / b)


COUNTS = [([0, 1], [0.25, 0.75]), ([1, 1], [1.0, 1.0]), ([0, 0], [0.0, 0.5])]
counts = [{"switches": s, "reals": p, "values": [counting(s, p, b) for b in (9, 27, 729)]} for s, p in COUNTS]

pairs = []
for n, levels in ((2, 2), (10, 1000), (50, 5), (200, 20), (333, 10000)):
    rng = np.random.default_rng(n)
    a, b = rng.integers(0, levels, n), rng.integers(0, levels, n)
    b = np.where(rng.random(n) < 0.5, a, b)
    a[0], b[0], a[1], b[1] = 0, 0, 1, 1
    pairs.append({"a": a.tolist(), "b": b.tolist(), "tau": float(kendalltau(a, b).statistic)})

text = ",\n".join(json.dumps(row) for row in rows)
sys.stdout.write(
    f'{{\n"key": {json.dumps(KEY)},\n"run": {json.dumps(RUN)},\n"curves": [\n{text}\n],\n"countingOnes": {json.dumps(counts)},\n"kendall": {json.dumps(pairs)}\n}}\n'
)
