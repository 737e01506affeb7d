"""Derives the golden values of the constrained functions, independently of the TypeScript.

    pip install mpmath numpy scipy
    python3 golden/constrained.py > src/constrained/constrained.golden.json

Every optimum is the root of its Karush-Kuhn-Tucker system at 50 digits, for the constraints and bounds that are active there. The
multipliers must be positive. The listed minimiser lies inside the active constraints by a margin of 1e-12 of their scale, so that it is
feasible in doubles too. Three runs of differential evolution over the whole box must find nothing feasible below the optimum. Every check is
an assertion.
"""

import itertools
import json
import sys

import numpy
from mpmath import asin, atan2, cos, diff, exp, findroot, matrix, mp, mpf, pi, sin, sqrt
from scipy.optimize import differential_evolution

mp.dps = 50

PROBE = [mpf(k) / 10 + mpf("0.013") for k in (3, 7, 2, 9, 4, 6, 1, 8)]
OTHER = [mpf(k) / 10 + mpf("0.017") for k in (6, 2, 8, 3, 7, 1, 9, 4)]


def townsend_edge(x, y):
    t = atan2(x, y)
    return x**2 + y**2 - (2 * cos(t) - cos(2 * t) / 2 - cos(3 * t) / 4 - cos(4 * t) / 8) ** 2 - (2 * sin(t)) ** 2


def welded(h, l, t, b):
    load, span, young, shear = 6000, 14, mpf(30) * 10**6, mpf(12) * 10**6
    moment = load * (span + l / 2)
    radius = sqrt(l**2 / 4 + ((h + t) / 2) ** 2)
    polar = 2 * sqrt(mpf(2)) * h * l * (l**2 / 12 + ((h + t) / 2) ** 2)
    tau1 = load / (sqrt(mpf(2)) * h * l)
    tau2 = moment * radius / polar
    tau = sqrt(tau1**2 + tau1 * tau2 * l / radius + tau2**2)
    buckling = mpf("4.013") * young * sqrt(t**2 * b**6 / 36) / span**2 * (1 - t / (2 * span) * sqrt(young / (4 * shear)))
    return [
        tau - 13600,
        6 * load * span / (b * t**2) - 30000,
        h - b,
        mpf("0.10471") * h**2 + mpf("0.04811") * t * b * (14 + l) - 5,
        mpf("0.125") - h,
        4 * load * mpf(span) ** 3 / (young * t**3 * b) - mpf("0.25"),
        load - buckling,
    ]


def reducer(x1, x2, x3, x4, x5, x6, x7):
    return [
        27 / (x1 * x2**2 * x3) - 1,
        mpf("397.5") / (x1 * x2**2 * x3**2) - 1,
        mpf("1.93") * x4**3 / (x2 * x3 * x6**4) - 1,
        mpf("1.93") * x5**3 / (x2 * x3 * x7**4) - 1,
        sqrt((745 * x4 / (x2 * x3)) ** 2 + mpf("16.9e6")) / (110 * x6**3) - 1,
        sqrt((745 * x5 / (x2 * x3)) ** 2 + mpf("157.5e6")) / (85 * x7**3) - 1,
        x2 * x3 / 40 - 1,
        5 * x2 / x1 - 1,
        x1 / (12 * x2) - 1,
        (mpf("1.5") * x6 + mpf("1.9")) / x4 - 1,
        (mpf("1.1") * x7 + mpf("1.9")) / x5 - 1,
    ]


# name: (box, objective, constraints, start, active constraints, fixed coordinates (bounds and whole numbers) by index, scale of a margin)
PROBLEMS = {
    "gramacy": (
        [(0, 1), (0, 1)],
        lambda x, y: x + y,
        lambda x, y: [mpf(3) / 2 - x - 2 * y - sin(2 * pi * (x**2 - 2 * y)) / 2, x**2 + y**2 - mpf(3) / 2],
        (0.19512, 0.40467),
        [0],
        {},
    ),
    "gardner1": (
        [(0, 6), (0, 6)],
        lambda x, y: cos(2 * x) * cos(y) + sin(x),
        lambda x, y: [cos(x) * cos(y) - sin(x) * sin(y) - mpf(1) / 2],
        (4.7, 0),
        [],
        {1: mpf(0)},
    ),
    "gardner2": (
        [(0, 6), (0, 6)],
        lambda x, y: sin(x) + y,
        lambda x, y: [sin(x) * sin(y) + mpf(95) / 100],
        (4.7, 1.25),
        [0],
        {},
    ),
    "townsend": (
        [(-2.25, 2.25), (-2.5, 1.75)],
        lambda x, y: -(cos((x - mpf(1) / 10) * y) ** 2) - x * sin(3 * x + y),
        lambda x, y: [townsend_edge(x, y)],
        (2.0053, 1.19445),
        [0],
        {},
    ),
    "simionescu": (
        [(-1.25, 1.25), (-1.25, 1.25)],
        lambda x, y: x * y / 10,
        lambda x, y: [x**2 + y**2 - (1 + cos(8 * atan2(x, y)) / 5) ** 2],
        (0.8485, -0.8485),
        [0],
        {},
    ),
    "mishra-bird": (
        [(-10, 0), (-6.5, 0)],
        lambda x, y: sin(y) * exp((1 - cos(x)) ** 2) + cos(x) * exp((1 - sin(y)) ** 2) + (x - y) ** 2,
        lambda x, y: [(x + 5) ** 2 + (y + 5) ** 2 - 25],
        (-3.13, -1.58),
        [],
        {},
    ),
    "g06": (
        [(13, 100), (0, 100)],
        lambda x, y: (x - 10) ** 3 + (y - 20) ** 3,
        lambda x, y: [100 - (x - 5) ** 2 - (y - 5) ** 2, (x - 6) ** 2 + (y - 5) ** 2 - mpf("82.81")],
        (14.095, 0.84296),
        [0, 1],
        {},
    ),
    "g08": (
        [(0, 10), (0, 10)],
        lambda x, y: -(sin(2 * pi * x) ** 3) * sin(2 * pi * y) / (x**3 * (x + y)),
        lambda x, y: [x**2 - y + 1, 1 - x + (y - 4) ** 2],
        (1.228, 4.2454),
        [],
        {},
    ),
    "tension-spring": (
        [(0.05, 2), (0.25, 1.3), (2, 15)],
        lambda d, D, n: (n + 2) * D * d**2,
        lambda d, D, n: [
            1 - D**3 * n / (71785 * d**4),
            (4 * D**2 - d * D) / (12566 * (D * d**3 - d**4)) + 1 / (5108 * d**2) - 1,
            1 - mpf("140.45") * d / (D**2 * n),
            (D + d) / mpf("1.5") - 1,
        ],
        (0.051689, 0.356717, 11.28897),
        [0, 1],
        {},
    ),
    "welded-beam": (
        [(0.1, 2), (0.1, 10), (0.1, 10), (0.1, 2)],
        lambda h, l, t, b: mpf("1.10471") * h**2 * l + mpf("0.04811") * t * b * (14 + l),
        welded,
        (0.20573, 3.47049, 9.03662, 0.20573),
        [0, 1, 2, 6],
        {},
    ),
    "speed-reducer": (
        [(2.6, 3.6), (0.7, 0.8), (17, 28), (7.3, 8.3), (7.8, 8.3), (2.9, 3.9), (5, 5.5)],
        lambda x1, x2, x3, x4, x5, x6, x7: mpf("0.7854") * x1 * x2**2 * (mpf("3.3333") * x3**2 + mpf("14.9334") * x3 - mpf("43.0934"))
        - mpf("1.508") * x1 * (x6**2 + x7**2)
        + mpf("7.4777") * (x6**3 + x7**3)
        + mpf("0.7854") * (x4 * x6**2 + x5 * x7**2),
        reducer,
        (3.5, 0.7, 17, 7.3, 7.8, 3.350215, 5.286683),
        [4, 5, 7],
        {1: mpf("0.7"), 2: mpf(17), 3: mpf("7.3"), 4: mpf("7.8")},
    ),
    "pressure-vessel": (
        [(0.0625, 6.1875), (0.0625, 6.1875), (10, 200), (10, 200)],
        lambda s, h, r, l: mpf("0.6224") * s * r * l + mpf("1.7781") * h * r**2 + mpf("3.1661") * s**2 * l + mpf("19.84") * s**2 * r,
        lambda s, h, r, l: [
            -s + mpf("0.0193") * r,
            -h + mpf("0.00954") * r,
            -pi * r**2 * l - 4 * pi * r**3 / 3 + 1296000,
            l - 240,
        ],
        (0.8125, 0.4375, 42.098, 176.637),
        [0, 2],
        {0: mpf(13) / 16, 1: mpf(7) / 16},
    ),
}
STEPS = {"speed-reducer": {2: (17, 1)}, "pressure-vessel": {0: (0.0625, 0.0625), 1: (0.0625, 0.0625)}}


def partial(f, x, k):
    return diff(lambda v: f(*[v if j == k else x[j] for j in range(len(x))]), x[k])


def solve(name, margins):
    """The KKT point whose active constraints have the values -margins."""
    box, objective, constraints, start, active, fixed = PROBLEMS[name]
    free = [k for k in range(len(box)) if k not in fixed]

    def point(values):
        x = [fixed.get(k) for k in range(len(box))]
        for k, value in zip(free, values):
            x[k] = value
        return x

    def system(*unknowns):
        x = point(unknowns[: len(free)])
        multipliers = unknowns[len(free) :]
        rows = []
        for k in free:
            row = partial(objective, x, k)
            for multiplier, c in zip(multipliers, active):
                row += multiplier * partial(lambda *z: constraints(*z)[c], x, k)
            rows.append(row)
        return rows + [constraints(*x)[c] + margin for c, margin in zip(active, margins)]

    # Least squares give the multipliers at the start.
    x0 = point([mpf(start[k]) for k in free])
    guess = []
    if active:
        jacobian = numpy.array([[float(partial(lambda *z: constraints(*z)[c], x0, k)) for c in active] for k in free])
        gradient = numpy.array([float(partial(objective, x0, k)) for k in free])
        guess = list(numpy.linalg.lstsq(jacobian, -gradient, rcond=None)[0])
    root = findroot(system, [x0[k] for k in free] + [mpf(float(g)) for g in guess], tol=mpf(10) ** -60, maxsteps=100)
    values = [root[k] for k in range(len(free) + len(active))]
    return point(values[: len(free)]), values[len(free) :]


def search(name, optimum):
    """Nothing feasible below the optimum in three runs of differential evolution with exact penalties."""
    box, objective, constraints, _, _, _ = PROBLEMS[name]
    steps = STEPS.get(name, {})
    fast = FAST[name]

    def penalised(x):
        x = [steps[k][0] + round((v - steps[k][0]) / steps[k][1]) * steps[k][1] if k in steps else v for k, v in enumerate(x)]
        f, c = fast(*x)
        worst = max([0.0] + [v for v in c if not v <= 0])
        return f if worst == 0 else 1e12 + worst

    best = min(differential_evolution(penalised, box, seed=seed, maxiter=400, popsize=15, tol=0, atol=0, polish=False).fun for seed in range(3))
    assert best >= float(optimum) - 1e-9 * max(1, abs(float(optimum))), (name, best, float(optimum))
    return best


def double(name):
    """The formulas in doubles: the same lambdas with mpmath's functions replaced."""
    import math

    scope = dict(globals())
    scope.update(cos=math.cos, sin=math.sin, exp=math.exp, sqrt=math.sqrt, atan2=math.atan2, pi=math.pi, mpf=float)
    import types

    _, objective, constraints, _, _, _ = PROBLEMS[name]
    scope["townsend_edge"] = types.FunctionType(townsend_edge.__code__, scope)
    f = types.FunctionType(objective.__code__, scope)
    c = types.FunctionType(constraints.__code__, scope)

    def both(*x):
        try:
            return f(*x), c(*x)
        except (ZeroDivisionError, OverflowError, ValueError):
            return math.inf, [math.inf]

    return both


FAST = {name: double(name) for name in PROBLEMS}


def probes_of(name):
    box, objective, constraints, _, _, _ = PROBLEMS[name]
    probes = []
    for unit in (PROBE, OTHER):
        at = [mpf(str(low)) + (mpf(str(high)) - mpf(str(low))) * u for (low, high), u in zip(box, unit)]
        for k, (low, step) in STEPS.get(name, {}).items():
            at[k] = mpf(low) + mpf(round((at[k] - mpf(low)) / mpf(step))) * mpf(step)
        at = [mpf(float(v)) for v in at]
        value, limits = mp.nstr(objective(*at), 20), [mp.nstr(v, 20) for v in constraints(*at)]
        probes.append({"x": [float(v) for v in at], "value": value, "constraints": limits})
    return probes


def margin_scale(name, c, x):
    """The size of the largest term of a constraint's first-order change, at least 1."""
    constraint = PROBLEMS[name][2]
    return max(mpf(1), *(abs(partial(lambda *z: constraint(*z)[c], x, k) * x[k]) for k in range(len(x))))


def certify(name):
    box, objective, constraints, _, active, fixed = PROBLEMS[name]
    x, multipliers = solve(name, [mpf(0)] * len(active))
    optimum = objective(*x)
    assert all(m > 0 for m in multipliers), (name, multipliers)
    assert all(c < mpf(10) ** -40 for c in constraints(*x)), (name, constraints(*x))
    for k, value in fixed.items():
        # At a bound, the Lagrangian must grow inwards. Whole numbers are searched below.
        if k in STEPS.get(name, {}):
            continue
        slope = partial(objective, x, k) + sum(m * partial(lambda *z: constraints(*z)[c], x, k) for m, c in zip(multipliers, active))
        inwards = 1 if abs(value - mpf(str(box[k][0]))) < abs(value - mpf(str(box[k][1]))) else -1
        assert slope * inwards >= 0, (name, k, slope)
    inside, _ = solve(name, [mpf(10) ** -12 * margin_scale(name, c, x) for c in active])
    listed = [float(v) for v in inside]
    f, c = FAST[name](*listed)
    assert all(v <= 0 for v in c), (name, c)
    best = search(name, optimum)
    print(name, mp.nstr(optimum, 20), [mp.nstr(v, 18) for v in x], "excess", f - float(optimum), "searched", best, file=sys.stderr)
    return {"optimum": mp.nstr(optimum, 25), "point": [mp.nstr(v, 20) for v in x], "minimiser": listed, "probes": probes_of(name)}


if __name__ == "__main__":
    names = sys.argv[1:] or list(PROBLEMS)
    entries = {name: certify(name) for name in names}
    about = {"oracle": "mpmath, 50 digits", "made by": "golden/constrained.py"}
    print(json.dumps({"about": about, "functions": entries}, indent=1))
