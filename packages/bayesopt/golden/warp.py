"""Reference values for the output and input warps, from SciPy, NumPy and 50-digit arithmetic.

    pip install scipy==1.17.1 mpmath
    python3 golden/warp.py      (from packages/bayesopt)
"""

import json

import mpmath
import numpy as np
from scipy import optimize, stats

mpmath.mp.dps = 50
random = np.random.default_rng(7)

SAMPLES = {
    "normal": random.normal(size=20),
    "lognormal": random.lognormal(sigma=2, size=40),
    "skewed towards the best": -random.gamma(0.7, size=25),
    "ties": np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]),
    "three": np.array([0.1, 0.2, 10.0]),
    "six decades": 10 ** random.uniform(-1, 5, size=30),
    "more than half at the best": np.array([1.0, 1, 1, 1, 1, 2, 7]),
}


def scaled(y):
    """Less the median, over the normal-consistent median absolute deviation, or over the range where that is 0."""
    spread = stats.median_abs_deviation(y) / stats.norm.ppf(0.75) or np.ptp(y)
    return (y - np.median(y)) / spread


def half_rank_log(y):
    """Vizier's two output warps, for values of which more is better (arXiv 2408.11527); y is the other way round, as is the result."""
    labels = -np.asarray(y)
    median = np.median(labels)
    unique = np.unique(labels)
    good = unique[unique >= median]
    deviation = np.sqrt(np.mean((good - median) ** 2)) or np.sqrt(np.mean((unique - median) ** 2))
    below = np.sum(unique < median)
    denominator = below + (0.5 if median in unique else 0.0)
    rank = stats.rankdata(labels, method="dense")
    placed = median + deviation * stats.norm.ppf(0.5 * (rank - 0.5) / denominator)
    halved = np.where(labels < median, placed, labels)
    logged = 0.5 - np.log1p((halved.max() - halved) / np.ptp(halved) * 0.5) / np.log(1.5)
    return -logged


def yeo_johnson(y):
    best = optimize.minimize_scalar(lambda power: -stats.yeojohnson_llf(power, y), bounds=(0, 2), method="bounded", options={"xatol": 1e-10})
    powers = [0.0, 0.25, 1.0, 1.7, 2.0]
    return {
        "lambda": best.x,
        "likelihoods": [[power, stats.yeojohnson_llf(power, y)] for power in powers],
        "images": [[power, stats.yeojohnson(y, power).tolist()] for power in powers],
    }


def winsorised(y):
    low, high = np.quantile(y, [0.25, 0.75])
    width = (high - low) or 1.0
    fence = high + 1.5 * (high - low)
    with np.errstate(invalid="ignore"):
        return np.where(y <= fence, y, fence + width * np.log1p(np.log1p(np.maximum(0, y - fence) / width)))


def shifted_log(y, offset):
    """With the likelihood of the Box-Cox transformation at power 0."""
    shifted = y - y.min() + offset
    return {"offset": offset, "images": np.log(shifted).tolist(), "likelihood": stats.boxcox_llf(0, shifted)}


def sample(name, y):
    s = scaled(y)
    return {
        "name": name,
        "y": y.tolist(),
        "scaled": s.tolist(),
        "winsorised": winsorised(s).tolist(),
        "yeoJohnson": yeo_johnson(s),
        "shiftedLog": [shifted_log(s, offset) for offset in (0.01, 1.0)],
        "halfRankLog": half_rank_log(y).tolist(),
    }


def kumaraswamy(x, log_a, log_b):
    """Value and derivatives by x, ln a, ln b, by differentiating in 50 digits."""
    inset = mpmath.mpf("1e-7")

    def value(x, log_a, log_b):
        return 1 - (1 - (inset + (1 - 2 * inset) * x) ** mpmath.exp(log_a)) ** mpmath.exp(log_b)

    at = (mpmath.mpf(x), mpmath.mpf(log_a), mpmath.mpf(log_b))
    orders = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    return [x, log_a, log_b] + [float(mpmath.diff(value, at, order)) for order in orders]


golden = {
    "samples": [sample(name, y) for name, y in SAMPLES.items()],
    "kumaraswamy": [
        kumaraswamy(x, log_a, log_b)
        for x in (0.0, 1e-6, 0.1, 0.5, 0.875, 1 - 2**-30, 1.0)
        for log_a in (-3.0, -0.5, 0.0, 1.0, 3.0)
        for log_b in (-3.0, 0.0, 0.7, 3.0)
    ],
}
with open("src/warp/warp.golden.json", "w") as file:
    json.dump(golden, file, separators=(",", ":"))
    file.write("\n")
