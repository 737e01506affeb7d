"""The kernels over the fidelity, in 50 digits.

    pip install mpmath
    python3 packages/bayesopt/golden/fidelity.py       # writes src/kernels/fidelity.golden.json

decay          k(t, t') = s * integral over l > 0 of exp(-l t) exp(-l t') Gamma(l; shape a, rate b), by quadrature: not by its closed form.
overTraining   k_x(x, x') (k_M(log t, log t') + k_d(t, t')) + k_c(t, t'), k_x and k_M of Matern 5/2, and its derivatives by u = ln(hyperparameter)
               by central differences. A point is (x_1, x_2, ln(t / min) / ln(max / min), t / max).
"""

import json
import random
from pathlib import Path

from mpmath import inf, mp, mpf

TARGET = Path(__file__).resolve().parent.parent / "src" / "kernels" / "fidelity.golden.json"
mp.dps = 50
STEP = mpf(10) ** -15


def by_integral(t, z, a, b, s):
    density = lambda rate: b**a / mp.gamma(a) * rate ** (a - 1) * mp.exp(-b * rate)
    return s * mp.quad(lambda rate: mp.exp(-rate * (t + z)) * density(rate), [0, 1 / (t + z + b), 10 / (t + z + b), 100 / (t + z + b), inf])


def closed(t, z, a, b, s):
    return s * b**a / (t + z + b) ** a


def matern52(r2):
    return (1 + mp.sqrt(5 * r2) + 5 * r2 / 3) * mp.exp(-mp.sqrt(5 * r2))


def over_training(x, z, u):
    l1, l2, sx, lt, unit, a, b, s, ca, cb, cs = [mp.exp(one) for one in u]
    kx = sx * matern52(((x[0] - z[0]) / l1) ** 2 + ((x[1] - z[1]) / l2) ** 2)
    own = unit * matern52(((x[2] - z[2]) / lt) ** 2) + closed(x[3], z[3], a, b, s)
    return kx * own + closed(x[3], z[3], ca, cb, cs)


def dyadic(source, low, high):
    return mpf(round(source.uniform(low, high) * 1024)) / 1024


def main():
    source = random.Random(11)
    decays = []
    for _ in range(12):
        t, z = dyadic(source, 0, 1.2), dyadic(source, 0, 1.2)
        a, b, s = dyadic(source, 0.6, 4), dyadic(source, 0.05, 2), dyadic(source, 0.1, 3)
        decays.append({"t": float(t), "z": float(z), "theta": [float(a), float(b), float(s)], "value": float(by_integral(t, z, a, b, s))})
    joint = []
    rungs = [1, 3, 9, 27, 81]
    for _ in range(12):
        points = []
        for _ in range(2):
            rung = source.choice(rungs)
            # As the program has them: doubles.
            points.append([dyadic(source, 0, 1), dyadic(source, 0, 1), mpf(float(mp.log(rung) / mp.log(81))), mpf(rung / 81)])
        u = [dyadic(source, -1, 1) for _ in range(11)]
        slopes = []
        for p in range(11):
            up, down = list(u), list(u)
            up[p], down[p] = u[p] + STEP, u[p] - STEP
            slopes.append(float((over_training(*points, up) - over_training(*points, down)) / (2 * STEP)))
        joint.append({"points": [[float(at) for at in point] for point in points], "u": [float(one) for one in u],
                      "value": float(over_training(*points, u)), "slopes": slopes})
    lines = lambda cases: ",\n".join(json.dumps(case) for case in cases)
    TARGET.write_text('{"decay": [\n' + lines(decays) + '\n],\n"overTraining": [\n' + lines(joint) + "\n]}\n")


main()
