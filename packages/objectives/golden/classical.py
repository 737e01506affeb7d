"""Derives the golden values of the classical test functions at 50 digits, from formulas written independently of the TypeScript.

    pip install mpmath scipy
    python3 classical.py > ../src/classical/classical.golden.json
    python3 classical.py branin levy-d2      # only these functions, on standard output

For every function: the minimum, all minimisers, and the value at the probe point (the published probe fractions, cycled, on the
box, rounded to doubles exactly as TypeScript rounds them). Where no closed form exists, local searches from many starts collect
the local minima, Newton's method at 50 digits polishes the lowest, and those that tie to 1e-30 are the minimisers. Where a closed
form exists it is used, and the same searches must not find anything lower. Functions declared on all of R^n are searched on a box
three times as wide as well. It takes six minutes, most of them for the functions of Hartmann, Shekel, Goldstein and Price. Every
check is an assertion: the script prints nothing if one fails.
"""

import json
import random
import sys

from mpmath import fp, matrix, mp, mpf, norm
from mpmath import lu_solve
from scipy.optimize import minimize

mp.dps = 60
U = (0.3, 0.7, 0.2, 0.9, 0.4, 0.6, 0.1, 0.8)
R = mpf  # decimal constants are written as strings, so that they are exact at any precision


def number(c, text):
    return c.mpf(text) if c is mp else float(text)


# ---- formulas: f(c, x), where c is the arithmetic (mp: 60 digits, fp: doubles) and x a list

def branin(c, x):
    t = x[1] - number(c, "5.1") / (4 * c.pi**2) * x[0] ** 2 + 5 / c.pi * x[0] - 6
    return t**2 + 10 * (1 - 1 / (8 * c.pi)) * c.cos(x[0]) + 10


ALPHA = ("1.0", "1.2", "3.0", "3.2")
A3 = ((3, 10, 30), ("0.1", 10, 35), (3, 10, 30), ("0.1", 10, 35))
P3 = ((3689, 1170, 2673), (4699, 4387, 7470), (1091, 8732, 5547), (381, 5743, 8828))
A6 = ((10, 3, 17, "3.5", "1.7", 8), ("0.05", 10, 17, "0.1", 8, 14), (3, "3.5", "1.7", 10, 17, 8), (17, 8, "0.05", 10, "0.1", 14))
P6 = (
    (1312, 1696, 5569, 124, 8283, 5886),
    (2329, 4135, 8307, 3736, 1004, 9991),
    (2348, 1451, 3522, 2883, 3047, 6650),
    (4047, 8828, 8732, 5743, 1091, 381),
)


def hartmann(A, P, p41=None):
    def f(c, x):
        total = 0
        for i in range(4):
            inner = 0
            for j in range(len(x)):
                p = number(c, p41) if (p41 and i == 3 and j == 0) else number(c, str(P[i][j])) / 10000
                inner += number(c, str(A[i][j])) * (x[j] - p) ** 2
            total += number(c, ALPHA[i]) * c.exp(-inner)
        return -total

    return f


def hartmann4(c, x):
    return (number(c, "1.1") + hartmann(A6, P6)(c, x)) / number(c, "0.839")


def ackley(c, x):
    d = len(x)
    r = c.sqrt(sum(v**2 for v in x) / d)
    return -20 * c.exp(-r / 5) - c.exp(sum(c.cos(2 * c.pi * v) for v in x) / d) + 20 + c.e


def rosenbrock(c, x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (x[i] - 1) ** 2 for i in range(len(x) - 1))


def levy(c, x):
    w = [1 + (v - 1) / 4 for v in x]
    middle = sum((v - 1) ** 2 * (1 + 10 * c.sin(c.pi * v + 1) ** 2) for v in w[:-1])
    return c.sin(c.pi * w[0]) ** 2 + middle + (w[-1] - 1) ** 2 * (1 + c.sin(2 * c.pi * w[-1]) ** 2)


def rastrigin(c, x):
    return 10 * len(x) + sum(v**2 - 10 * c.cos(2 * c.pi * v) for v in x)


def griewank(c, x):
    product = 1
    for i, v in enumerate(x):
        product *= c.cos(v / c.sqrt(i + 1))
    return 1 + sum(v**2 for v in x) / 4000 - product


def schwefel_term(c, v):
    return -v * c.sin(c.sqrt(abs(v)))


def styblinski_tang(c, x):
    return sum(v**4 - 16 * v**2 + 5 * v for v in x) / 2


def michalewicz_term(i):
    return lambda c, x: -c.sin(x[0]) * c.sin(i * x[0] ** 2 / c.pi) ** 20


def michalewicz(c, x):
    return sum(michalewicz_term(i + 1)(c, [v]) for i, v in enumerate(x))


SHEKEL_C = ("0.1", "0.2", "0.2", "0.4", "0.4", "0.6", "0.3", "0.7", "0.5", "0.5")


def shekel(m, seventh):
    a = (
        (4, 4, 4, 4), (1, 1, 1, 1), (8, 8, 8, 8), (6, 6, 6, 6), (3, 7, 3, 7),
        (2, 9, 2, 9), seventh, (8, 1, 8, 1), (6, 2, 6, 2), (7, "3.6", 7, "3.6"),
    )
    return lambda c, x: -sum(
        1 / (sum((x[j] - number(c, str(a[i][j]))) ** 2 for j in range(4)) + number(c, SHEKEL_C[i])) for i in range(m)
    )


def goldstein_price(c, x):
    a, b = x
    first = 1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a**2 - 14 * b + 6 * a * b + 3 * b**2)
    return first * (30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a**2 + 48 * b - 36 * a * b + 27 * b**2))


def goldstein_price_log(c, x):
    return (c.ln(goldstein_price(c, x)) - number(c, "8.693")) / number(c, "2.427")


def six_hump_camel(c, x):
    a, b = x
    return (4 - number(c, "2.1") * a**2 + a**4 / 3) * a**2 + a * b + (-4 + 4 * b**2) * b**2


def three_hump_camel(c, x):
    a, b = x
    return 2 * a**2 - number(c, "1.05") * a**4 + a**6 / 6 + a * b + b**2


def booth(c, x):
    return (x[0] + 2 * x[1] - 7) ** 2 + (2 * x[0] + x[1] - 5) ** 2


def matyas(c, x):
    return number(c, "0.26") * (x[0] ** 2 + x[1] ** 2) - number(c, "0.48") * x[0] * x[1]


def bohachevsky(c, x):
    three, four, seven = number(c, "0.3"), number(c, "0.4"), number(c, "0.7")
    return x[0] ** 2 + 2 * x[1] ** 2 - three * c.cos(3 * c.pi * x[0]) - four * c.cos(4 * c.pi * x[1]) + seven


def beale(c, x):
    a, b = x
    return (number(c, "1.5") - a + a * b) ** 2 + (number(c, "2.25") - a + a * b**2) ** 2 + (number(c, "2.625") - a + a * b**3) ** 2


def bukin6(c, x):
    return 100 * c.sqrt(abs(x[1] - x[0] ** 2 / 100)) + abs(x[0] + 10) / 100


def cosine_mixture(c, x):
    return -sum(c.cos(5 * c.pi * v) for v in x) / 10 + sum(v**2 for v in x)


def drop_wave(c, x):
    s = x[0] ** 2 + x[1] ** 2
    return -(1 + c.cos(12 * c.sqrt(s))) / (s / 2 + 2)


def eggholder(c, x):
    a, b = x[0], x[1] + 47
    return -b * c.sin(c.sqrt(abs(b + a / 2))) - a * c.sin(c.sqrt(abs(a - b)))


def powell(c, x):
    total = 0
    for k in range(0, len(x), 4):
        a, b, d, e = x[k : k + 4]
        total += (a + 10 * b) ** 2 + 5 * (d - e) ** 2 + (b - 2 * d) ** 4 + 10 * (a - e) ** 4
    return total


def sphere(c, x):
    return sum(v**2 for v in x)


def zakharov(c, x):
    s = sum((i + 1) * v for i, v in enumerate(x)) / 2
    return sphere(c, x) + s**2 + s**4


def dixon_price(c, x):
    return (x[0] - 1) ** 2 + sum((i + 1) * (2 * x[i] ** 2 - x[i - 1]) ** 2 for i in range(1, len(x)))


def trid(c, x):
    return sum((v - 1) ** 2 for v in x) - sum(x[i] * x[i - 1] for i in range(1, len(x)))


def mccormick(c, x):
    a, b = x
    return c.sin(a + b) + (a - b) ** 2 - number(c, "1.5") * a + number(c, "2.5") * b + 1


def holder_table(c, x):
    r = c.sqrt(x[0] ** 2 + x[1] ** 2)
    return -abs(c.sin(x[0]) * c.cos(x[1]) * c.exp(abs(1 - r / c.pi)))


def cross_in_tray(c, x):
    r = c.sqrt(x[0] ** 2 + x[1] ** 2)
    inner = abs(c.sin(x[0]) * c.sin(x[1]) * c.exp(abs(100 - r / c.pi))) + 1
    return -(inner ** number(c, "0.1")) / 10000


def schaffer_n4(c, x):
    half = number(c, "0.5")
    top = c.cos(c.sin(abs(x[0] ** 2 - x[1] ** 2))) ** 2 - half
    return half + top / (1 + (x[0] ** 2 + x[1] ** 2) / 1000) ** 2


def alpine2(c, x):
    product = 1
    for v in x:
        product *= c.sqrt(v) * c.sin(v)
    return -product


def forrester(c, x):
    return (6 * x[0] - 2) ** 2 * c.sin(12 * x[0] - 4)


# ---- search and polish

def derivative(f, x, i, h):
    up, down = list(x), list(x)
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


def newton(f, x, free):
    """Solves gradient = 0 in the `free` coordinates by Newton's method; derivatives by central differences at 180 digits."""
    with mp.workdps(180):
        h = R(10) ** -40
        x = [R(v) for v in x]
        for _ in range(50):
            gradient = matrix([derivative(f, x, i, h) for i in free])
            hessian = matrix(len(free))
            for a, i in enumerate(free):
                for b, j in enumerate(free):
                    hessian[a, b] = derivative(lambda y: derivative(f, y, j, h), x, i, h)
            step = lu_solve(hessian, -gradient)
            for a, i in enumerate(free):
                x[i] += step[a]
            if norm(step) < R(10) ** -65:
                return [+v for v in x]
    raise AssertionError("Newton's method did not converge")


def local_minima(f, box, starts):
    random.seed(1)
    found = []
    for _ in range(starts):
        x0 = [random.uniform(low, high) for low, high in box]
        result = minimize(lambda x: float(f(fp, [float(v) for v in x])), x0, method="L-BFGS-B", bounds=box)
        found.append((float(result.fun), [float(v) for v in result.x]))
    return sorted(found)


def search(f, box, starts=300):
    """All global minimisers on the box: the lowest local minima, polished, that tie."""
    found = local_minima(f, box, starts)
    polished = []
    for value, x in found:
        if value > found[0][0] + 1e-6 * (1 + abs(found[0][0])):
            break
        if any(max(abs(a - b) for a, b in zip(x, y)) < 1e-3 for _, y in polished):
            continue
        free = [i for i, (low, high) in enumerate(box) if low + 1e-9 < x[i] < high - 1e-9]
        y = newton(lambda p: f(mp, p), x, free)
        assert max(abs(a - b) for a, b in zip(x, y)) < 1e-3, "Newton left its basin"
        polished.append((f(mp, y), y))
    best = min(value for value, _ in polished)
    return best, sorted([y for value, y in polished if value - best < R(10) ** -30])


def one_dimensional(term, low, high, starts):
    """The global minimum of one coordinate: Newton's method from every local minimum of a fine grid."""
    f = lambda v: term(fp, [v])
    xs = [low + (high - low) * k / starts for k in range(starts + 1)]
    values = [f(v) for v in xs]
    dips = [(values[k], xs[k]) for k in range(1, starts) if values[k] <= values[k - 1] and values[k] <= values[k + 1]]
    dips.sort()
    polished = []
    for value, x in dips[:4]:
        if value < dips[0][0] + 0.05 * abs(dips[0][0]):
            y = newton(lambda p: term(mp, p), [x], [0])
            polished.append((term(mp, y), y[0]))
    polished.sort()
    assert len(polished) == 1 or polished[1][0] - polished[0][0] > R(10) ** -12, "two minimisers"
    assert min(values[0], values[-1]) > polished[0][0], "the minimum lies on the edge"
    return polished[0]


# ---- the functions, each with its box and (where known) its minimisers in closed form

zeros = lambda d: [[mpf(0)] * d]
ones = lambda d: [[mpf(1)] * d]
cube = lambda low, high, d: [(low, high)] * d
golden = {}
asked = set(sys.argv[1:])


def skipped(name):
    return bool(asked) and name not in asked


def probe_point(box):
    return [low + (high - low) * U[k % 8] for k, (low, high) in enumerate(box)]


def short(v):
    """The nearest double."""
    return float(mp.nstr(v, 40))


def record(name, f, box, best, minimisers, reals, searched=40):
    if skipped(name):
        return
    for x in minimisers:
        assert abs(f(mp, x) - best) < R(10) ** -40 * (1 + abs(best)), name
        assert all(low - 1e-12 <= v <= high + 1e-12 for v, (low, high) in zip(x, box)), name
    print(name, file=sys.stderr, flush=True)
    boxes = [box] + ([[(2 * low - high, 2 * high - low) for low, high in box]] if reals else [])
    for wide in boxes:
        if searched > 0:
            lowest = local_minima(f, wide, searched)[0][0]
            assert lowest >= float(best) - 1e-9 * (1 + abs(float(best))), f"{name}: {lowest} lies below {best}"
    point = probe_point(box)
    golden[name] = {
        "optimum": mp.nstr(best if abs(best) > R(10) ** -50 else mpf(0), 30),
        "minimisers": sorted([short(v) for v in x] for x in minimisers),
        "probe": point,
        "probeValue": mp.nstr(f(mp, [mpf(v) for v in point]), 25),
    }


def exact(name, f, box, minimisers, reals=True):
    record(name, f, box, f(mp, minimisers[0]), minimisers, reals, 20 if len(box) <= 5 else 0)


def searched(name, f, box, reals, starts=300):
    if skipped(name):
        return
    best, minimisers = search(f, box, starts)
    record(name, f, box, best, minimisers, reals)


def separable(name, f, box, terms, reals):
    """Adds up one-dimensional minima that were certified one by one."""
    record(name, f, box, sum(value for value, _ in terms), [[x for _, x in terms]], reals, 0 if len(box) > 5 else 20)


PI = mp.pi
exact("branin", branin, [(-5, 10), (0, 15)], [[-PI, R("12.275")], [PI, R("2.275")], [3 * PI, R("2.475")]])
searched("hartmann3", hartmann(A3, P3), cube(0, 1, 3), True)
searched("hartmann3-alt", hartmann(A3, P3, "0.03815"), cube(0, 1, 3), True)
searched("hartmann4", hartmann4, cube(0, 1, 4), True)
searched("hartmann6", hartmann(A6, P6), cube(0, 1, 6), True, 100)
for m in (5, 7, 10):
    searched(f"shekel{m}", shekel(m, (5, 5, 3, 3)), cube(0, 10, 4), True, 200)
    searched(f"shekel{m}-sfu", shekel(m, (5, 3, 5, 3)), cube(0, 10, 4), True, 200)
exact("goldstein-price", goldstein_price, cube(-2, 2, 2), [[mpf(0), mpf(-1)]])
exact("goldstein-price-log", goldstein_price_log, cube(-2, 2, 2), [[mpf(0), mpf(-1)]])
searched("six-hump-camel", six_hump_camel, [(-3, 3), (-2, 2)], True)
exact("three-hump-camel", three_hump_camel, cube(-5, 5, 2), zeros(2))
exact("booth", booth, cube(-10, 10, 2), [[mpf(1), mpf(3)]])
exact("matyas", matyas, cube(-10, 10, 2), zeros(2))
exact("bohachevsky", bohachevsky, cube(-100, 100, 2), zeros(2))
exact("beale", beale, cube(-4.5, 4.5, 2), [[mpf(3), mpf("0.5")]])
exact("bukin6", bukin6, [(-15, -5), (-3, 3)], [[mpf(-10), mpf(1)]])
exact("drop-wave", drop_wave, cube(-5.12, 5.12, 2), zeros(2))
exact("mccormick", mccormick, [(-1.5, 4), (-3, 4)], [[R("0.5") - PI / 3, -R("0.5") - PI / 3]], False)
searched("holder-table", holder_table, cube(-10, 10, 2), False)
searched("cross-in-tray", cross_in_tray, cube(-10, 10, 2), False, 600)
# At a given |x^2 - y^2| the least x^2 + y^2 lies on an axis, and the numerator is negative where the minimum is: the axes decide.
_, root = one_dimensional(lambda c, x: schaffer_n4(c, [x[0], 0]), 0.0, 100.0, 200000)
axes = [[-root, mpf(0)], [mpf(0), -root], [mpf(0), root], [root, mpf(0)]]
record("schaffer-n4", schaffer_n4, cube(-100, 100, 2), schaffer_n4(mp, axes[0]), axes, True)

# Eggholder's minimum lies on the edge x = 512: a fine grid along the edge, Newton's method in y.
edge = lambda c, y: eggholder(c, [c.mpf(512), y[0]])
_, y = one_dimensional(edge, -512.0, 512.0, 20000)
record("eggholder", eggholder, cube(-512, 512, 2), eggholder(mp, [mpf(512), y]), [[mpf(512), y]], False, 2000)

value, x = one_dimensional(forrester, 0.0, 1.0, 2000)
record("forrester", forrester, [(0, 1)], value, [[x]], False)

schwefel_best, schwefel_x = one_dimensional(lambda c, x: schwefel_term(c, x[0]), -500.0, 500.0, 20000)


def schwefel(c, x):
    constant = -schwefel_best if c is mp else float(-schwefel_best)
    return sum(constant + schwefel_term(c, v) for v in x)


tang = one_dimensional(styblinski_tang, -5.0, 5.0, 2000)
alpine = one_dimensional(alpine2, 0.0, 10.0, 2000)
# |sqrt(x) sin x| is nowhere larger than at its greatest positive value, so a product with negative factors is no larger either.
assert max(abs(alpine2(fp, [10 * k / 20000])) for k in range(20001)) <= float(-alpine[0])

michalewicz_minima = []
for i in range(1, 101):
    # In each lobe of sin^20 the minimum lies near a peak of it, where i x^2 / pi = (k + 1/2) pi.
    peaks = [mp.pi * mp.sqrt((k + R("0.5")) / i) for k in range(i)]
    lobes = sorted((michalewicz_term(i)(mp, [p]), p) for p in peaks)
    best = []
    for v, p in lobes[:6]:
        q = newton(lambda z: michalewicz_term(i)(mp, z), [p], [0])[0]
        assert abs(q - p) < mp.pi / (2 * i) + R("0.2")
        best.append((michalewicz_term(i)(mp, [q]), q))
    best.sort()
    assert len(best) < 2 or best[1][0] - best[0][0] > R(10) ** -12
    michalewicz_minima.append(best[0])

for d in (1, 2, 3, 5, 10, 20):
    exact(f"ackley-d{d}", ackley, cube(-32.768, 32.768, d), zeros(d))
    exact(f"levy-d{d}", levy, cube(-10, 10, d), ones(d))
    exact(f"rastrigin-d{d}", rastrigin, cube(-5.12, 5.12, d), zeros(d))
    exact(f"griewank-d{d}", griewank, cube(-600, 600, d), zeros(d))
    separable(f"schwefel-d{d}", schwefel, cube(-500, 500, d), [(mpf(0), schwefel_x)] * d, False)
    separable(f"styblinski-tang-d{d}", styblinski_tang, cube(-5, 5, d), [tang] * d, True)
    separable(f"michalewicz-d{d}", michalewicz, cube(0, float(mp.pi), d), michalewicz_minima[:d], False)
    record(f"alpine2-d{d}", alpine2, cube(0, 10, d), -((-alpine[0]) ** d), [[alpine[1]] * d], False, 0 if d > 5 else 20)
    exact(f"sphere-d{d}", sphere, cube(-5.12, 5.12, d), zeros(d))
    exact(f"zakharov-d{d}", zakharov, cube(-5, 10, d), zeros(d))
    exact(f"cosine-mixture-d{d}", cosine_mixture, cube(-1, 1, d), zeros(d))
exact("cosine-mixture-d8", cosine_mixture, cube(-1, 1, 8), zeros(8))
for d in (2, 3, 5, 6, 10, 20):
    exact(f"rosenbrock-d{d}", rosenbrock, cube(-5, 10, d), ones(d))
    exact(f"rosenbrock-narrow-d{d}", rosenbrock, cube(-2.048, 2.048, d), ones(d))
    chain = [mpf(2) ** (-(mpf(2) ** i - 2) / mpf(2) ** i) for i in range(1, d + 1)]
    exact(f"dixon-price-d{d}", dixon_price, cube(-10, 10, d), [chain[:-1] + [-chain[-1]], chain])
    exact(f"trid-d{d}", trid, cube(-d * d, d * d, d), [[mpf(i * (d + 1 - i)) for i in range(1, d + 1)]])
    assert trid(mp, [mpf(i * (d + 1 - i)) for i in range(1, d + 1)]) == -mpf(d * (d + 4) * (d - 1)) / 6
for d in (4, 8, 20):
    exact(f"powell-d{d}", powell, cube(-4, 5, d), zeros(d))


def embedded(name, f, box, inner):
    """`f` on the coordinates floor((2j + 1) d / 2k) of a unit cube, mapped to its box; the others do nothing."""
    if skipped(name):
        return
    k = len(box)
    for d in (100, 500, 1000):
        chosen = [(2 * j + 1) * d // (2 * k) for j in range(k)]
        point = [U[i % 8] for i in range(d)]
        mapped = [low + (high - low) * mpf(point[i]) for i, (low, high) in zip(chosen, box)]
        golden[f"{name}-in-d{d}"] = {
            "optimum": golden[inner]["optimum"],
            "active": chosen,
            "probeValue": mp.nstr(f(mp, mapped), 25),
        }


embedded("branin", branin, [(-5, 10), (0, 15)], "branin")
embedded("hartmann6", hartmann(A6, P6), cube(0, 1, 6), "hartmann6")

json.dump(
    {
        "functions": golden,
        "michalewicz": [[short(x), short(v)] for v, x in michalewicz_minima],
        "constants": {
            "schwefel": [mp.nstr(-schwefel_best, 30), mp.nstr(schwefel_x, 30)],
            "styblinskiTang": [mp.nstr(tang[0], 30), mp.nstr(tang[1], 30)],
            "alpine2": [mp.nstr(-alpine[0], 30), mp.nstr(alpine[1], 30)],
        },
    },
    sys.stdout,
    indent=1,
)
print()
