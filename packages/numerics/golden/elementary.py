"""The elementary functions and the normal quantile against mpmath.

    pip install mpmath
    python3 packages/numerics/golden/elementary.py           # writes the golden files
    python3 packages/numerics/golden/elementary.py --check   # needs `npm run build`; prints the largest error of each function
    python3 packages/numerics/golden/elementary.py --check 1000 another     # on 1000 points instead of 10^5, under another seed

The golden files hold a few hundred values of each function to 120 bits (30 digits for the quantile). They judge the exact integer arithmetic of
`exact.ts`, which in turn judges the functions on 10^5 points at every test. The check judges the functions directly, on points of its own.
"""

import json
import math
import random
import struct
import subprocess
import sys
from pathlib import Path
from statistics import NormalDist

from mpmath import mp, mpf

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
PRECISION_BITS = 240
GOLDEN_POINTS = 96
GOLDEN_QUANTILES = 600
LN2 = math.log(2)


def to_hex(x):
    return struct.pack(">d", x).hex()


def from_hex(digits):
    return struct.unpack(">d", bytes.fromhex(digits))[0]


# ---- points: a quarter each of all finite doubles, the natural range, many octaves, and hard places


def anywhere(draw):
    while True:
        x = struct.unpack(">d", draw.randbytes(8))[0]
        if math.isfinite(x) and x != 0:
            return x


def octaves(draw, low, high):
    exponent = draw.uniform(low, high)
    whole = math.floor(exponent)
    return draw.choice((-1, 1)) * math.ldexp(1 + exponent - whole, whole)


def around(draw, x):
    return x * (1 + draw.randint(-4, 4) * 2.0**-52)


def beside_reduction_step(draw, low, high):
    return around(draw, (draw.randint(low, high) + 0.5) * LN2)


def beside_quarter_turn(draw):
    """The double nearest to a multiple of pi/2: the multiple is made exactly, so that cancellation is deep at every size."""
    with mp.workprec(1200):
        return float(int(abs(octaves(draw, 0, 1020))) * mp.pi / 2)


def exponent_for(draw, x):
    return draw.uniform(-1080, 1030) * LN2 / math.log(x)


def pow_in_reach(draw, x):
    y = exponent_for(draw, x)
    return (x, y)


def no_pole(x, forbidden):
    return x if x > forbidden else abs(x)


KINDS = {
    "exp": (anywhere, lambda d: d.uniform(-746, 710), lambda d: octaves(d, -60, 3), lambda d: beside_reduction_step(d, -1075, 1023)),
    "expm1": (anywhere, lambda d: d.uniform(-40, 100), lambda d: octaves(d, -60, 3), lambda d: beside_reduction_step(d, -8, 8)),
    "log": (
        lambda d: abs(anywhere(d)),
        lambda d: d.uniform(1e-6, 10),
        lambda d: 1 + octaves(d, -52, -1),
        lambda d: around(d, math.ldexp(math.sqrt(2), d.randint(-1000, 1000))),
    ),
    "log1p": (
        lambda d: no_pole(anywhere(d), -1),
        lambda d: d.uniform(-0.999999, 3),
        lambda d: octaves(d, -60, -1),
        lambda d: abs(octaves(d, -52, -1)) - 1,
    ),
    "sin": (anywhere, lambda d: d.uniform(-10, 10), lambda d: octaves(d, -40, 60), beside_quarter_turn),
    "cos": (anywhere, lambda d: d.uniform(-10, 10), lambda d: octaves(d, -40, 60), beside_quarter_turn),
    "tanh": (anywhere, lambda d: d.uniform(-23, 23), lambda d: octaves(d, -60, 3), lambda d: d.uniform(-1.1, 1.1)),
    "pow": (
        lambda d: pow_in_reach(d, abs(anywhere(d))),
        lambda d: (d.uniform(1e-6, 10), d.uniform(-100, 100)),
        lambda d: pow_in_reach(d, 1 + octaves(d, -52, -2)),
        lambda d: (-d.uniform(1e-6, 20), float(d.randint(-60, 60))),
    ),
}


# The double that comes closest to a multiple of pi/2 (J.-M. Muller, Elementary Functions: Algorithms and Implementation).
CLOSEST_TO_QUARTER_TURN = math.ldexp(6381956970095103, 797)
ALWAYS = {"sin": [CLOSEST_TO_QUARTER_TURN, sys.float_info.max], "cos": [CLOSEST_TO_QUARTER_TURN, sys.float_info.max]}


def points(name, count, seed):
    draw = random.Random(f"{name} {seed}")
    made = [KINDS[name][index % 4](draw) for index in range(count)]
    return [point if isinstance(point, tuple) else (point,) for point in ALWAYS.get(name, []) + made]


def probabilities(count, seed):
    draw = random.Random(f"quantile {seed}")
    kinds = (
        lambda: draw.random(),
        lambda: 10 ** draw.uniform(-300, -1),
        lambda: 1 - 2 ** draw.uniform(-53, -1),
        lambda: 0.5 + octaves(draw, -53, -2),
    )
    return [max(5e-324, kinds[index % 4]()) for index in range(count)]


# ---- exact values


def exact(name, point):
    x = mpf(point[0])
    if name == "pow":
        y = mpf(point[1])
        size = mp.exp(max(mpf(-800), min(mpf(800), y * logarithm(abs(x)))))
        return -size if x < 0 and int(y) % 2 else size
    if name in ("exp", "expm1"):
        return getattr(mp, name)(max(mpf(-800), min(mpf(800), x)))
    if name == "tanh" and abs(x) > 400:
        x = mp.sign(x) * 400
    return getattr(mp, name)(x)


def logarithm(x):
    with mp.extraprec(80):
        return mp.log(x)


def exact_quantile(p):
    """Newton's method on log P(Z <= z) = log p in the lower half."""
    with mp.workdps(45):
        p = mpf(p)
        if p > 0.5:
            return -exact_quantile_lower(1 - p)
        return exact_quantile_lower(p)


def exact_quantile_lower(p):
    if p == 0.5:
        return mpf(0)
    z = mpf(NormalDist().inv_cdf(float(p)))
    if z == 0:
        z = (p - mpf(1) / 2) * mp.sqrt(2 * mp.pi)
    for _ in range(4):
        tail = mp.erfc(-z / mp.sqrt(2)) / 2
        density = mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)
        step = mp.log(tail / p) * tail / density
        z -= step
        if abs(step) < abs(z) * mpf(10) ** -18:
            return z
    raise ArithmeticError(f"no convergence at {p}")


def ulp_error(computed, value):
    """The same measure as ulpError of exact.ts."""
    if math.isnan(computed):
        return math.inf
    exponent = mp.floor(mp.log(abs(value), 2)) if value != 0 else -1075
    if exponent >= 1024:
        return 0.0 if computed == math.copysign(math.inf, value) else math.inf
    if math.isinf(computed):
        computed = math.copysign(1, computed) * mp.ldexp(1, 1024)
    return float(abs(mpf(computed) - value) / mp.ldexp(1, int(max(exponent, -1022)) - 52))


# ---- golden files


def write_golden():
    mp.prec = PRECISION_BITS
    table = {}
    for name in KINDS:
        rows = []
        for point in points(name, GOLDEN_POINTS, "golden"):
            value = exact(name, point)
            if value == 0 or abs(value) >= mp.ldexp(1, 1024):
                continue
            with mp.workprec(120):
                rounded = +value
            sign, mantissa, exponent, _ = rounded._mpf_
            rows.append([*map(to_hex, point), ("-" if sign else "") + f"{int(mantissa):x}", int(exponent)])
        table[name] = rows
    write("exact.golden.json", table)
    quantiles = [5e-324, 1e-320, 1e-300, 1e-100, 1e-20, 0.075, 0.925, 0.5, 0.975, 1 - 2**-53] + probabilities(GOLDEN_QUANTILES, "golden")
    write("normalQuantile.golden.json", [[to_hex(p), mp.nstr(exact_quantile(p), 30)] for p in quantiles])


def write(name, value):
    text = json.dumps(value, separators=(",", ":")).replace("],[", "],\n[")
    (SOURCE / name).write_text(text + "\n")


# ---- check


def check(count=100_000, seed="check"):
    mp.prec = PRECISION_BITS
    print(f"{'function':16}{'points':>8}  {'largest error':>16}  at")
    for name in KINDS:
        asked = points(name, count, seed)
        worst = max(zip(map(ulp_error, evaluate(name, asked), (exact(name, point) for point in asked)), asked))
        print(f"{name:16}{len(asked):8}  {worst[0]:12.4f} ulp  {', '.join(map(repr, worst[1]))}", flush=True)
    asked = [(p,) for p in probabilities(count, seed)]
    worst = max((relative(z, exact_quantile(*p)), p) for z, p in zip(evaluate("normalQuantile", asked), asked))
    print(f"{'normalQuantile':16}{len(asked):8}  {worst[0]:12.3g} rel  {worst[1][0]!r}")


def relative(computed, value):
    return float(abs((mpf(computed) - value) / value)) if value != 0 else abs(computed)


def evaluate(name, asked):
    lines = "".join(f"{name} {' '.join(map(to_hex, point))}\n" for point in asked)
    run = subprocess.run(["node", str(HERE / "evaluate.mjs")], input=lines, capture_output=True, text=True, check=True)
    answers = [from_hex(line) for line in run.stdout.split()]
    if len(answers) != len(asked):
        raise RuntimeError(f"{name}: {len(asked)} asked, {len(answers)} answered")
    return answers


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        options = sys.argv[sys.argv.index("--check") + 1 :]
        check(*map(int, options[:1]), *options[1:2])
    else:
        write_golden()
