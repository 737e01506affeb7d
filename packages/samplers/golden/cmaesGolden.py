"""One generation of CMA-ES, computed three times independently, for src/cmaes/cmaes.golden.json.

    pip install mpmath cma cmaes
    python3 cmaesGolden.py

- `updates`: the formulas of the tutorial (arXiv 1604.00772v2) with 50 digits of mpmath, from drawn states and steps.
- `weights`: weights and learning rates of pycma, which has a smaller c_1 for fewer than six members.
- `margins`, `categorical`, `warmStarts`: the corrections of CMAwM, the natural gradient of CatCMA and the promising distribution of
  WS-CMA-ES by the package cmaes, whose authors wrote the papers.
"""

import json
import random
from pathlib import Path

import cma
import numpy as np
from cmaes import CMAwM, CatCMA, get_warm_start_mgd
from mpmath import diag, exp, eye, floor, log, matrix, mp, mpf, sqrt

mp.dps = 50


def parameters(n, size):
    """Table 1 of the tutorial."""
    n, size = mpf(n), mpf(size)
    mu = int(floor(size / 2))
    raw = [log((size + 1) / 2) - log(i) for i in range(1, int(size) + 1)]
    positive, negative = raw[:mu], raw[mu:]
    mu_eff = sum(positive) ** 2 / sum(w**2 for w in positive)
    mu_eff_minus = sum(negative) ** 2 / sum(w**2 for w in negative)
    c_1 = 2 / ((n + mpf("1.3")) ** 2 + mu_eff)
    c_mu = min(1 - c_1, 2 * (mpf("0.25") + mu_eff + 1 / mu_eff - 2) / ((n + 2) ** 2 + mu_eff))
    alpha = min(1 + c_1 / c_mu, 1 + 2 * mu_eff_minus / (mu_eff + 2), (1 - c_1 - c_mu) / (n * c_mu))
    weights = [w / sum(positive) for w in positive] + [alpha * w / -sum(negative) for w in negative]
    c_sigma = (mu_eff + 2) / (n + mu_eff + 5)
    d_sigma = 1 + 2 * max(mpf(0), sqrt((mu_eff - 1) / (n + 1)) - 1) + c_sigma
    c_c = (4 + mu_eff / n) / (n + 4 + 2 * mu_eff / n)
    return weights, mu, mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu


def updated(state, steps):
    """Equations 41 to 47. The steps y are sorted, best first."""
    n, size = len(state["mean"]), len(steps)
    weights, mu, mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu = parameters(n, size)
    mean, sigma, old = matrix(state["mean"]), mpf(state["sigma"]), matrix(state["covariance"])
    values, vectors = mp.eigsy(old)
    root = vectors * diag([1 / sqrt(value) for value in values]) * vectors.T
    y = [matrix(step) for step in steps]
    y_w = sum((weights[i] * y[i] for i in range(mu)), matrix(n, 1))
    p_sigma = (1 - c_sigma) * matrix(state["pathSigma"]) + sqrt(c_sigma * (2 - c_sigma) * mu_eff) * (root * y_w)
    length = mp.norm(p_sigma, 2)
    chi = sqrt(mpf(n)) * (1 - mpf(1) / (4 * n) + mpf(1) / (21 * mpf(n) ** 2))
    settled = sqrt(1 - (1 - c_sigma) ** (2 * (state["updates"] + 1)))
    h = 1 if length / settled < (mpf("1.4") + mpf(2) / (n + 1)) * chi else 0
    p_c = (1 - c_c) * matrix(state["pathC"]) + h * sqrt(c_c * (2 - c_c) * mu_eff) * y_w
    change = min(mpf(1), max(mpf(-1), c_sigma / d_sigma * (length / chi - 1)))
    new = (1 + c_1 * (1 - h) * c_c * (2 - c_c) - c_1 - c_mu * sum(weights)) * old + c_1 * p_c * p_c.T
    for w, step in zip(weights, y):
        new += c_mu * (w if w >= 0 else w * n / mp.norm(root * step, 2) ** 2) * step * step.T
    rows = lambda m: [[float(m[i, j]) for j in range(m.cols)] for i in range(m.rows)]
    column = lambda m: [float(one) for one in m]
    return {
        "mean": column(mean + sigma * y_w),
        "sigma": float(sigma * exp(change)),
        "covariance": rows(new),
        "pathSigma": column(p_sigma),
        "pathC": column(p_c),
        "updates": state["updates"] + 1,
        "isOpen": h == 1,
    }


def drawn_state(source, n, updates, push):
    a = [[source.gauss(0, 1) for _ in range(n)] for _ in range(n)]
    covariance = [[sum(a[i][k] * a[j][k] for k in range(n)) / n + (0.2 if i == j else 0) for j in range(n)] for i in range(n)]
    path = lambda size: [size * source.gauss(0, 1) for _ in range(n)]
    return {
        "mean": [source.uniform(0, 1) for _ in range(n)],
        "sigma": source.uniform(0.01, 1),
        "covariance": covariance,
        "pathSigma": path(push if updates else 0),
        "pathC": path(1 if updates else 0),
        "updates": updates,
    }


def updates():
    source = random.Random(1)
    for n, size, count, push in [(1, 4, 3, 1), (2, 6, 0, 1), (2, 12, 7, 4), (3, 7, 2, 1), (5, 8, 40, 3), (5, 8, 41, 0.2), (8, 40, 5, 1)]:
        state = drawn_state(source, n, count, push)
        steps = [[source.gauss(0, 1) for _ in range(n)] for _ in range(size)]
        yield {"state": state, "steps": steps, "expected": updated(state, steps)}


def weights():
    for n, size in [(1, 6), (2, 6), (2, 7), (5, 8), (10, 10), (20, 12), (40, 100)]:
        es = cma.CMAEvolutionStrategy(n * [0], 1, {"popsize": size, "verbose": -9, "CMA_diagonal": 0} | ({"CMA_on": 1} if n > 1 else {}))
        sp = es.sp
        yield {"n": n, "population": size, "weights": list(sp.weights), "c1": float(sp.c1), "cMu": float(sp.cmu), "cC": float(sp.cc)}


def margins():
    """The step of CMAwM after the update of the distribution, which is left out."""
    source = random.Random(2)
    for values, mean, sigma, variance, widening, alpha in [
        (2, 0.9, 0.05, 1.0, 1.0, 0.05),
        (2, 0.3, 0.4, 2.0, 1.0, 0.05),
        (5, 0.05, 0.01, 0.5, 3.0, 0.02),
        (5, 0.52, 0.01, 1.0, 1.0, 0.1),
        (5, 0.45, 0.001, 1.0, 7.0, 0.1),
        (5, 0.98, 0.5, 1.0, 1.0, 0.1),
        (9, 0.44, 0.02, 1.5, 2.0, 0.02),
        (9, 0.5, 0.3, 1.0, 1.0, 0.02),
    ]:
        cells = (np.arange(values) + 0.5) / values
        bounds = np.array([[cells[0], cells[-1]], [0.0, 1.0]])
        optimizer = CMAwM(mean=np.array([0.5, 0.5]), sigma=1.0, bounds=bounds, steps=np.array([1 / values, 0]), margin=alpha)
        core = optimizer._cma
        core._mean, core._sigma, core._C = np.array([mean, 0.5]), sigma, np.diag([variance, 1.0])
        core.tell = lambda solutions: None
        optimizer._A = np.array([widening, 1.0])
        optimizer.tell([])
        given = {"values": values, "mean": mean, "deviation": sigma * variance**0.5, "widening": widening, "alpha": alpha}
        yield {**given, "expected": [float(core._mean[0]), float(optimizer._A[0])]}


def categorical():
    """The step of CatCMA, whose step length lags one generation behind unless it is constant, as here."""
    source = random.Random(3)
    for counts, size, caution in [([2], 6, 1.0), ([3, 2], 8, 1.5), ([4, 4, 2], 10, 4.0)]:
        width = max(counts)
        q = np.zeros((len(counts), width))
        for i, count in enumerate(counts):
            raw = [1 + source.random() for _ in range(count)]
            q[i, :count] = np.array(raw) / sum(raw)
        optimizer = CatCMA(mean=np.zeros(2), sigma=1.0, cat_num=np.array(counts), cat_param=q.copy(), population_size=size)
        path = np.array([0.3 * source.gauss(0, 1) for _ in range(sum(counts) - len(counts))])
        optimizer._s, optimizer._gamma, optimizer._Delta, optimizer._delta = path.copy(), 0.4, caution, 1 / caution
        ranked = [[source.randrange(count) for count in counts] for _ in range(size)]
        one_hot = lambda options: np.array([[k == option for k in range(width)] for option in options])
        optimizer.tell([((np.array([source.gauss(0, 1), source.gauss(0, 1)]), one_hot(options)), rank) for rank, options in enumerate(ranked)])
        rows = lambda table: [[float(x) for x in row[:count]] for row, count in zip(table, counts)]
        given = {"probabilities": rows(q), "path": path.tolist(), "pathWeight": 0.4, "caution": caution}
        expected = {"probabilities": rows(optimizer._q), "path": optimizer._s.tolist(), "pathWeight": float(optimizer._gamma)}
        yield {"given": given, "ranked": ranked, "expected": {**expected, "caution": float(optimizer._Delta)}}


def warm_starts():
    source = random.Random(4)
    for n, count in [(1, 10), (2, 35), (4, 120)]:
        points = [[source.random() for _ in range(n)] for _ in range(count)]
        values = [source.random() for _ in range(count)]
        mean, sigma, cov = get_warm_start_mgd([(np.array(x), v) for x, v in zip(points, values)])
        yield {"points": points, "values": values, "expected": {"mean": mean.tolist(), "sigma": float(sigma), "covariance": cov.tolist()}}


golden = {
    "updates": list(updates()),
    "weights": list(weights()),
    "margins": list(margins()),
    "categorical": list(categorical()),
    "warmStarts": list(warm_starts()),
}
target = Path(__file__).parent.parent / "src" / "cmaes" / "cmaes.golden.json"
target.write_text(json.dumps(golden) + "\n")
