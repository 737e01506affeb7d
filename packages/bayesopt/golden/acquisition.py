"""Acquisition functions against mpmath at 60 digits, and the tables of src/acquisition/improvement.ts.

    pip install mpmath scipy
    python3 packages/bayesopt/golden/acquisition.py            # writes the golden files in src/acquisition
    python3 packages/bayesopt/golden/acquisition.py --fit      # prints the tables of improvement.ts, with their errors
    python3 packages/bayesopt/golden/acquisition.py --judge    # reads lines `name u value`, doubles as 16 hexadecimal digits; prints each function's largest relative error

With h(u) = phi(u) + u Phi(u): log is log h(u), slope (log h)'(u) and spread phi(u) / h(u).
"""

import json
import math
import random
import sys
from pathlib import Path

from mpmath import mp, mpf
from scipy.integrate import dblquad

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src" / "acquisition"
sys.path.insert(0, str(HERE.parent.parent / "numerics" / "golden"))
from fit import show  # noqa: E402
from special import EXACT, LEAST_NORMAL, from_hex, log_normal_cdf, log_normal_pdf, mills, normal_cdf, normal_hazard  # noqa: E402

DIGITS = 60
POINTS = 1000


# ---- exact values; u is a double, exact in mpf


def deficit(t):
    """G(t) = 1 - t M(t), by its asymptotic series where the difference would cancel."""
    if t > 1e8:
        return mp.fsum((-1) ** (k + 1) * mp.fprod(range(1, 2 * k, 2)) / t ** (2 * k) for k in range(1, 9))
    with mp.extradps(40):
        return 1 - t * mills(t)


def improvement(u):
    return mp.npdf(u) + u * normal_cdf(u)


def log_improvement(u):
    return log_normal_pdf(u) + mp.log(deficit(-u)) if u < -1 else mp.log(improvement(u))


def improvement_slope(u):
    return mills(-u) / deficit(-u) if u < -1 else normal_cdf(u) / improvement(u)


def spread_slope(u):
    return 1 / deficit(-u) if u < -1 else mp.npdf(u) / improvement(u)


EXACT_IMPROVEMENT = {"log": log_improvement, "slope": improvement_slope, "spread": spread_slope}


def zero():
    return mp.findroot(lambda u: mp.log(improvement(u)), 0.9)


# ---- points: from -1e100 to 40, many of them close to the branches and the zero


def arguments(count):
    draw = random.Random("improvement golden")
    kinds = (
        lambda: draw.uniform(-40, 37.5),
        lambda: -(10 ** draw.uniform(-3, 100)),
        lambda: draw.uniform(-8, 3),
        lambda: draw.choice((-5, -1, 1, 5, 0.6494715612537435, 1.1494715612537435)) * (1 + draw.choice((-1, 1)) * 10 ** draw.uniform(-16, -1)),
        lambda: 0.8994715612537435 * (1 + draw.choice((-1, 1)) * 10 ** draw.uniform(-16, -1)),
    )
    return [-1e100, -1.0, 0.8994715612537435, 37.5] + [kinds[index % len(kinds)]() for index in range(count - 4)]


# ---- joint expected improvement: y_j = m_j + a_j w + b_j e_j, for which P(all y > t) = E prod Phi((m_j + a_j w - t) / b_j)


def batches():
    draw = random.Random("batch golden")
    rows = []
    for q in (2, 2, 2, 3, 3, 4, 5):
        mean = [round(draw.uniform(-0.5, 1), 3) for _ in range(q)]
        common = [round(draw.uniform(-0.8, 0.8), 3) for _ in range(q)]
        own = [round(draw.uniform(0.2, 0.8), 3) for _ in range(q)]
        incumbent = round(draw.uniform(-0.5, 0.5), 3)
        covariance = [[common[i] * common[j] + (own[i] ** 2 if i == j else 0) for j in range(q)] for i in range(q)]
        rows.append({"incumbent": incumbent, "mean": mean, "covariance": covariance, "logExpectedImprovement": math.log(layers(incumbent, mean, common, own))})
    return rows


def layers(incumbent, mean, common, own):
    """E max(0, f* - min y) = the integral of P(min y <= t) over t below f*."""

    def density(w, t):
        above = math.prod(0.5 * math.erfc(-(m + a * w - t) / b / math.sqrt(2)) for m, a, b in zip(mean, common, own))
        return (1 - above) * math.exp(-w * w / 2) / math.sqrt(2 * math.pi)

    value, error = dblquad(density, incumbent - 12, incumbent, -9, 9, epsabs=1e-11, epsrel=1e-9)
    assert error < 1e-7 * value, (value, error)
    return value


# ---- golden files, tables, and judging


def write_golden():
    columns = [log_improvement, improvement_slope, spread_slope, log_normal_cdf, normal_hazard]
    rows = [[u, *(mp.nstr(column(mpf(u)), 25, min_fixed=0, max_fixed=0) for column in columns)] for u in arguments(POINTS)]
    write("improvement.golden.json", json.dumps(rows, separators=(",", ":")).replace("],[", "],\n["))
    write("logBatchExpectedImprovement.golden.json", json.dumps(batches(), indent=1))


def write(name, text):
    (SOURCE / name).write_text(text + "\n")


def print_tables():
    mp.dps = 70
    root = zero()
    print(f"zero of log h: {float(root)!r} + {float(root - float(root))!r}")
    show("log h(u) / (u - zero) in u - zero on [-1/4, 1/4]", lambda beyond: mp.log(improvement(root + beyond)) / beyond, -mpf(1) / 4, mpf(1) / 4, 12, 0)
    show("M(t) on [0, 1]", mills, 0, 1, 6, 6)
    show("G(t) on [1, 5]", deficit, 1, 5, 7, 7)
    show("t^2 G(t) in 1 / t^2, t >= 5", lambda s: deficit(1 / mp.sqrt(s)) / s, 0, mpf(1) / 25, 6, 6)


def judge(lines):
    worst = {}
    for name, u, value in map(str.split, lines):
        exact = (EXACT_IMPROVEMENT | EXACT)[name](mpf(from_hex(u)))
        if abs(exact) >= LEAST_NORMAL:
            worst[name] = max(worst.get(name, (0, "")), (float(abs(from_hex(value) / exact - 1)), repr(from_hex(u))))
    for name, (size, at) in worst.items():
        print(f"{name:20}{size:12.3g}  at {at}")


if __name__ == "__main__":
    mp.dps = DIGITS
    if "--judge" in sys.argv[1:]:
        judge(sys.stdin)
    elif "--fit" in sys.argv[1:]:
        print_tables()
    else:
        write_golden()
