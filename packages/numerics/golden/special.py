"""The special functions against mpmath at 60 digits.

    pip install mpmath
    python3 packages/numerics/golden/special.py            # writes src/special/special.golden.json
    python3 packages/numerics/golden/special.py --judge    # reads lines `name x value`, doubles as 16 hexadecimal digits; prints each function's largest error

The golden file holds, for each function, pairs of an argument and its value, rounded to 25 of the 60 digits. The error of a value is relative, but
for digamma, whose zero is irrational, where it is |error| / max(1, |value|).
"""

import json
import math
import random
import struct
import sys
from pathlib import Path

from mpmath import mp, mpf

GOLDEN = Path(__file__).resolve().parent.parent / "src" / "special" / "special.golden.json"
DIGITS = 60
LEAST_NORMAL = mpf(2) ** -1022


def to_hex(x):
    return struct.pack(">d", x).hex()


def from_hex(digits):
    return struct.unpack(">d", bytes.fromhex(digits))[0]


# ---- exact values; x is a double, exact in mpf


def erfcx(x):
    return asymptotic(x, lambda k: (-1) ** k * odd_product(k) / (2 * x * x) ** k) / (x * mp.sqrt(mp.pi)) if x > 1e8 else mp.exp(x * x) * mp.erfc(x)


def asymptotic(x, term):
    return mp.fsum(term(k) for k in range(8))


def odd_product(k):
    return mp.fprod(range(1, 2 * k, 2))


def mills(t):
    """(1 - Phi(t)) / phi(t)."""
    return mp.sqrt(mp.pi / 2) * erfcx(t / mp.sqrt(2))


def normal_cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def log_normal_pdf(x):
    return -x * x / 2 - mp.log(2 * mp.pi) / 2


def log_normal_cdf(x):
    return mp.log1p(-normal_cdf(-x)) if x > 0 else log_normal_pdf(x) + mp.log(mills(-x))


def normal_hazard(x):
    return 1 / mills(-x) if x < 0 else mp.exp(log_normal_pdf(x)) / normal_cdf(x)


def log1mexp(x):
    return mp.log(-mp.expm1(-x)) if x < 1 else mp.log1p(-mp.exp(-x))


EXACT = {
    "erf": mp.erf,
    "erfc": mp.erfc,
    "erfcx": erfcx,
    "normalPdf": lambda x: mp.exp(log_normal_pdf(x)),
    "logNormalPdf": log_normal_pdf,
    "normalCdf": normal_cdf,
    "logNormalCdf": log_normal_cdf,
    "normalHazard": normal_hazard,
    "log1mexp": log1mexp,
    "logGamma": mp.loggamma,
    "digamma": mp.digamma,
}


# ---- points


def spread(draw, low, high):
    """Between 10^low and 10^high, evenly in the exponent."""
    return 10 ** draw.uniform(low, high)


def either_sign(draw, x):
    return draw.choice((-1, 1)) * x


def double_tail(d):
    return d.uniform(-38.4, 38)


def from_minus_1e100(d):
    return -spread(d, -3, 100)


KINDS = {
    "erf": (lambda d: d.uniform(-6, 6), lambda d: either_sign(d, spread(d, -300, 1)), lambda d: either_sign(d, d.uniform(0.499, 0.501))),
    "erfc": (lambda d: d.uniform(-6, 26.5), lambda d: either_sign(d, spread(d, -300, 1)), lambda d: d.uniform(0.49, 0.51)),
    "erfcx": (lambda d: d.uniform(-26.6, 10), lambda d: spread(d, -300, 300), lambda d: spread(d, -2, 100), lambda d: d.uniform(3.9, 4.1)),
    "normalPdf": (lambda d: d.uniform(-37.6, 37.6),),
    "logNormalPdf": (lambda d: d.uniform(-40, 40), from_minus_1e100),
    "normalCdf": (double_tail, lambda d: either_sign(d, spread(d, -20, 1)), lambda d: d.uniform(-1.1, -0.9)),
    "logNormalCdf": (double_tail, from_minus_1e100, lambda d: d.uniform(-2, 2)),
    "normalHazard": (lambda d: d.uniform(-40, 37), from_minus_1e100),
    "log1mexp": (lambda d: d.uniform(0, 700), lambda d: spread(d, -300, 0), lambda d: d.uniform(0.68, 0.71)),
    "logGamma": (
        lambda d: d.uniform(0, 10),
        lambda d: spread(d, -300, 305),
        lambda d: 1 + either_sign(d, spread(d, -15, -1)),
        lambda d: 2 + either_sign(d, spread(d, -15, -1)),
    ),
    "digamma": (lambda d: d.uniform(0, 12), lambda d: spread(d, -300, 300), lambda d: 1.4616321449683623 + either_sign(d, spread(d, -15, -1))),
}
COUNTS = {"erfcx": 500, "logNormalCdf": 500, "normalCdf": 400, "logGamma": 400, "digamma": 300}
OTHER_COUNT = 250


def points(name, count):
    draw = random.Random(f"{name} golden")
    return [KINDS[name][index % len(KINDS[name])](draw) for index in range(count)]


# ---- golden file, and judging


def write_golden():
    table = {
        name: [[x, mp.nstr(EXACT[name](mpf(x)), 25, min_fixed=0, max_fixed=0)] for x in points(name, COUNTS.get(name, OTHER_COUNT))] for name in EXACT
    }
    text = json.dumps(table, separators=(",", ":")).replace("],[", "],\n[")
    GOLDEN.write_text(text + "\n")


def error(name, computed, exact):
    if not math.isfinite(computed):
        return math.inf
    scale = max(1, abs(exact)) if name == "digamma" else abs(exact)
    return float(abs(computed - exact) / scale)


def judge(lines):
    worst = {}
    for name, x, value in map(str.split, lines):
        exact = EXACT[name](mpf(from_hex(x)))
        if abs(exact) >= LEAST_NORMAL:
            worst[name] = max(worst.get(name, (0, "")), (error(name, from_hex(value), exact), repr(from_hex(x))))
    for name, (size, at) in worst.items():
        print(f"{name:16}{size:12.3g}  at {at}")


if __name__ == "__main__":
    mp.dps = DIGITS
    if "--judge" in sys.argv[1:]:
        judge(sys.stdin)
    else:
        write_golden()
