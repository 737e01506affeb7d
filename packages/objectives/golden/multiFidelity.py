"""The golden values of the functions of several fidelities at 50 digits, from formulas written independently of the TypeScript.

    pip install mpmath scipy
    python3 golden/multiFidelity.py > src/multiFidelity/multiFidelity.golden.json
    python3 golden/multiFidelity.py currin-mf      # only these functions

For every function: its minimum at the highest fidelity, the minimisers, and values at four points and several fidelities, the first point
at the published probe fractions. Minima in corners are confirmed by local searches from many starts, the others polished by Newton's
method. The noise of mf-prior-bench's functions is keyed as ours (streams.py). Every check is an assertion.
"""

import json
import random
import sys

from mpmath import cos, diff, exp, findroot, fp, log, mp, mpf, pi, sin, sqrt
from scipy.optimize import minimize

from streams import Stream, derive

mp.dps = 50
RUN = (7, 0, 0x80000000, 9)
U = (0.3, 0.7, 0.2, 0.9, 0.4, 0.6, 0.1, 0.8)
Q = lambda text: mpf(text)


def forrester_high(x):
    return (6 * x[0] - 2) ** 2 * sin(12 * x[0] - 4)


def forrester(x, level):
    return forrester_high(x) if level == 2 else forrester_high(x) / 2 + 10 * (x[0] - Q("0.5")) - 5


def branin_of(b, c, t):
    return lambda x: (x[1] - b * x[0] ** 2 + c * x[0] - 6) ** 2 + 10 * (1 - t) * cos(x[0]) + 10


B, CC, T = Q("5.1") / (4 * pi**2), 5 / pi, 1 / (8 * pi)


def branin_mf(x, z):
    return branin_of(B - Q("0.01") * (1 - z), CC - Q("0.1") * (1 - z), T + Q("0.005") * (1 - z))(x)


def branin_augmented(x, s):
    return branin_of(B - Q("0.1") * (1 - s), CC, T)(x)


DEPTHS = [Q("1"), Q("1.2"), Q("3"), Q("3.2")]
A3 = [[3, 10, 30], ["0.1", 10, 35]] * 2
P3 = [[3689, 1170, 2673], [4699, 4387, 7470], [1091, 8732, 5547], [381, 5743, 8828]]
A6 = [[10, 3, 17, "3.5", "1.7", 8], ["0.05", 10, 17, "0.1", 8, 14], [3, "3.5", "1.7", 10, 17, 8], [17, 8, "0.05", 10, "0.1", 14]]
P6 = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]


def wells(depths, x):
    A, P = (A3, P3) if len(x) == 3 else (A6, P6)
    return -sum(d * exp(-sum(Q(str(a)) * (v - Q(p) / 10000) ** 2 for a, p, v in zip(row, places, x))) for d, row, places in zip(depths, A, P))


def hartmann_augmented(x, s):
    return wells([DEPTHS[0] - Q("0.1") * (1 - s)] + DEPTHS[1:], x)


def mf_hartmann(bias, noise):
    def f(x, z):
        rest = 1 - log(z) / log(100)
        drawn = 0 if z == 100 else abs(Stream(derive(RUN, "mf-hartmann", *map(float, x), float(z))).normal())
        return wells([d - bias * rest for d in DEPTHS], x) + noise * rest * drawn

    return f


def currin_high(x):
    a, b = x
    first = 1 if b == 0 else 1 - exp(-1 / (2 * b))
    return first * (2300 * a**3 + 1900 * a**2 + 2092 * a + 60) / (100 * a**3 + 500 * a**2 + 4 * a + 20)


def currin(x, level):
    if level == 2:
        return -currin_high(x)
    h = Q("0.05")
    return -sum(currin_high([x[0] + i * h, y]) for i in (-1, 1) for y in (x[1] + h, max(mpf(0), x[1] - h))) / 4


def park1_high(x):
    a, b, c, d = x
    first = sqrt((b + c**2) * d) / 2 if a == 0 else a / 2 * (sqrt(1 + (b + c**2) * d / a**2) - 1)
    return first + (a + 3 * d) * exp(1 + sin(c))


def park1(x, level):
    high = park1_high(x)
    return -high if level == 2 else -((1 + sin(x[0]) / 10) * high - 2 * x[0] + x[1] ** 2 + x[2] ** 2 + Q("0.5"))


def park2(x, level):
    high = mpf(2) / 3 * exp(x[0] + x[1]) - x[3] * sin(x[2]) + x[2]
    return -high if level == 2 else -(Q("1.2") * high - 1)


def borehole(x, level):
    rw, r, tu, hu, tl, hl, length, kw = x
    lead, one = (2 * pi, 1) if level == 2 else (5, Q("1.5"))
    return lead * tu * (hu - hl) / (log(r / rw) * (one + 2 * length * tu / (log(r / rw) * rw**2 * kw) + tu / tl))


UNIT = lambda d: [[0, 1]] * d
BRANIN = [[-5, 10], [0, 15]]
WELL = [[0.05, 50000, 63070, 990, 63.1, 820, 1680, 9855]]
BOREHOLE = [[0.05, 0.15], [100, 50000], [63070, 115600], [990, 1110], [63.1, 116], [700, 820], [1120, 1680], [9855, 12045]]
PLACES3 = [[0.1145887, 0.5556489, 0.852547]]
PLACES6 = [[0.2016895, 0.1500107, 0.476874, 0.2753324, 0.3116517, 0.6573005]]
BRANIN_PLACES = [[-pi, Q("12.275")], [pi, Q("2.275")], [3 * pi, Q("2.475")]]
GRADES = {"good": ("2.5", 2), "moderate": ("3", 3), "bad": ("3.5", 4), "terrible": ("4", 5)}

# id: (function, bounds, fidelities, minimisers, whether they are interior and to be polished)
FUNCTIONS = {
    "forrester-mf": (forrester, UNIT(1), (1, 2), [[0.7572]], True),
    "branin-mf": (branin_mf, BRANIN, (0.0625, 0.5, 1), BRANIN_PLACES, False),
    "branin-augmented": (branin_augmented, BRANIN, (0.0625, 0.5, 1), BRANIN_PLACES, False),
    "hartmann6-augmented": (hartmann_augmented, UNIT(6), (0.0625, 0.5, 1), PLACES6, True),
    "currin-mf": (currin, UNIT(2), (1, 2), [[mpf(13) / 60, mpf(0)]], False),
    "park1-mf": (park1, UNIT(4), (1, 2), [[1, 1, 1, 1]], False),
    "park2-mf": (park2, UNIT(4), (1, 2), [[1, 1, 1, 0]], False),
    "borehole-mf": (borehole, BOREHOLE, (1, 2), WELL, False),
}
for grade, (bias, noise) in GRADES.items():
    FUNCTIONS[f"mf-hartmann3-{grade}"] = (mf_hartmann(Q(bias), noise), UNIT(3), (3, 10, 100), PLACES3, True)
    FUNCTIONS[f"mf-hartmann6-{grade}"] = (mf_hartmann(Q(bias), noise), UNIT(6), (3, 10, 100), PLACES6, True)


def polished(f, place, top):
    start = [mpf(v) for v in place]
    if len(start) == 1:
        return [findroot(lambda v: diff(lambda w: f([w], top), v), start[0])]
    gradient = [lambda *x, k=k: diff(lambda *y: f(list(y), top), x, tuple(int(j == k) for j in range(len(x)))) for k in range(len(start))]
    return list(findroot(lambda *x: [g(*x) for g in gradient], start, tol=1e-60))


def searched(f, bounds, top, seed):
    """The least value that local searches in doubles find."""
    draws = random.Random(seed)
    scaled = lambda u: float(f([mpf(l) + (mpf(h) - mpf(l)) * mpf(float(v)) for v, (l, h) in zip(u, bounds)], top))
    return min(minimize(scaled, [draws.random() for _ in bounds], bounds=[(0, 1)] * len(bounds), method="L-BFGS-B").fun for _ in range(12))


golden = {}
for name in sys.argv[1:] or FUNCTIONS:
    f, bounds, fidelities, places, interior = FUNCTIONS[name]
    top = fidelities[-1]
    mp.dps = 60
    minimisers = [polished(f, place, top) if interior else [mpf(v) for v in place] for place in places]
    mp.dps = 50
    values = [f(x, top) for x in minimisers]
    assert max(values) - min(values) < mpf(10) ** -40, name
    mp.dps = 20
    assert searched(f, bounds, top, name) > float(min(values)) - 1e-9 * max(1, abs(float(min(values)))), name
    mp.dps = 50
    probes = []
    for shift in range(4):
        x = [l + (h - l) * U[(k + 3 * shift) % 8] for k, (l, h) in enumerate(bounds)]
        x = [float(v) for v in x]
        probes.append({"x": x, "values": {str(z): mp.nstr(f([mpf(v) for v in x], mpf(z) if isinstance(z, float) else z), 20) for z in fidelities}})
    golden[name] = {"optimum": mp.nstr(min(values), 25), "minimisers": [[float(v) for v in x] for x in minimisers], "probes": probes}

# What the reference tables say of the low level of Forrester's function: its own minimum, far from the one that counts.
low = findroot(lambda v: diff(lambda w: forrester([w], 1), v), mpf("0.0924"))
assert abs(forrester([low], 1) - mpf("-9.334904876953638203")) < mpf(10) ** -17

lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in golden.items())
sys.stdout.write(f'{{\n"run": {json.dumps(RUN)},\n"functions": {{\n{lines}\n}}\n}}\n')
