"""Batch normalisation forward and backward on four rows of three columns: src/network/batchNorm.golden.json.

    pip install numpy
    python3 packages/numerics/golden/batchNorm.py     # prints the largest difference between the file and the formulas, differentiated by hand

The gradient is computed from the chain rule through mean and variance, step by step as in Ioffe and Szegedy (2015), section 3, not from the
shortened formula that the package uses.
"""

import json
from pathlib import Path

import numpy as np

golden = json.loads((Path(__file__).parent / "../src/network/batchNorm.golden.json").read_text())
x, dy = (np.array(golden[name], dtype=float).reshape(4, 3) for name in ("x", "dy"))
gamma, beta, epsilon, m = np.array(golden["gamma"]), np.array(golden["beta"]), golden["epsilon"], 4

mean = x.mean(axis=0)
variance = ((x - mean) ** 2).mean(axis=0)
x_hat = (x - mean) / np.sqrt(variance + epsilon)
d_x_hat = dy * gamma
d_variance = (d_x_hat * (x - mean)).sum(axis=0) * -0.5 * (variance + epsilon) ** -1.5
d_mean = -d_x_hat.sum(axis=0) / np.sqrt(variance + epsilon) + d_variance * (-2 * (x - mean)).mean(axis=0)
results = {
    "mean": mean,
    "variance": variance,
    "y": gamma * x_hat + beta,
    "dGamma": (dy * x_hat).sum(axis=0),
    "dBeta": dy.sum(axis=0),
    "dx": d_x_hat / np.sqrt(variance + epsilon) + d_variance * 2 * (x - mean) / m + d_mean / m,
}
for name, value in results.items():
    print(name, np.abs(value.ravel() - golden[name]).max())
