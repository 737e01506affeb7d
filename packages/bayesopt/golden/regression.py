"""Gaussian-process regression by NumPy's linear algebra and SciPy's optimiser, for src/regression/gaussianProcess.test.ts.

    pip install numpy scipy
    python3 packages/bayesopt/golden/regression.py     # writes src/regression/regression.golden.json

`fixed`: a Matern 5/2 kernel with given hyperparameters and noise: means, covariances and ln p of the values in their own units.
`fitted`: hyperparameters of the greatest posterior density, the best of 30 starts by L-BFGS-B with differences for a gradient. The mean
constant has the prior N(0, 1) and is at its most probable value; priors are densities over the hyperparameters, searched by logarithms.
"""

import json
from pathlib import Path

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

TARGET = Path(__file__).resolve().parent.parent / "src" / "regression" / "regression.golden.json"
rng = np.random.default_rng(11)
N, D = 25, 2
LOW, HIGH = np.array([-3.0, 100.0]), np.array([5.0, 400.0])
x = np.round(rng.uniform(LOW, HIGH, (N, D)), 3)
f = lambda x: 40 + 15 * np.sin(1.3 * x[:, 0]) + 0.05 * x[:, 1]
y = np.round(f(x) + rng.normal(0, 1.5, N), 3)
z = np.round(rng.uniform(LOW, HIGH, (5, D)), 3)
unit = lambda x: (x - LOW) / (HIGH - LOW)
mean, sd = y.mean(), y.std()
values = (y - mean) / sd


def kernel(a, b, lengthscales, scale):
    r = np.sqrt((((a[:, None, :] - b[None, :, :]) / lengthscales) ** 2).sum(-1))
    return scale * (1 + np.sqrt(5) * r + 5 / 3 * r**2) * np.exp(-np.sqrt(5) * r)


def regress(lengthscales, scale, noise):
    """Standardised; noise a variance. The constant, a = K^-1 (y - constant), the factor, and ln p."""
    K = kernel(unit(x), unit(x), lengthscales, scale) + noise * np.eye(N)
    factor = cho_factor(K, lower=True)
    constant = cho_solve(factor, values).sum() / (cho_solve(factor, np.ones(N)).sum() + 1)
    a = cho_solve(factor, values - constant)
    log_density = -0.5 * ((values - constant) @ a + 2 * np.log(np.diag(factor[0])).sum() + N * np.log(2 * np.pi) + constant**2)
    return constant, a, factor, log_density


def predict(lengthscales, scale, noise):
    constant, a, factor, log_density = regress(lengthscales, scale, noise)
    across = kernel(unit(z), unit(x), lengthscales, scale)
    covariance = kernel(unit(z), unit(z), lengthscales, scale) - across @ cho_solve(factor, across.T)
    return {
        "mean": list(mean + sd * (constant + across @ a)),
        "covariance": list((sd**2 * covariance).ravel()),
        "logMarginalLikelihood": log_density - N * np.log(sd),
    }


def log_prior(u):
    """LN(sqrt 2 + ln(d) / 2, sqrt 3) for lengthscales, Gamma(2, 1) for the scale, LN(-4, 1) for the noise, over the values themselves."""
    normal = lambda u, mu, variance: -u - (u - mu) ** 2 / (2 * variance)
    return normal(u[:D], np.sqrt(2) + np.log(D) / 2, 3).sum() + u[D] - np.exp(u[D]) + normal(u[D + 1], -4, 1)


def negative(u):
    try:
        return -(regress(np.exp(u[:D]), np.exp(u[D]), np.exp(u[D + 1]))[3] + log_prior(u))
    except np.linalg.LinAlgError:
        return np.inf


bounds = [(np.log(0.005), np.log(30))] * D + [(np.log(1e-3), np.log(100)), (np.log(1e-8), 0)]
starts = [rng.uniform([low for low, _ in bounds], [high for _, high in bounds]) for _ in range(30)]
best = min((minimize(negative, start, bounds=bounds, method="L-BFGS-B", options={"ftol": 1e-14, "gtol": 1e-8}) for start in starts), key=lambda r: r.fun)
u = best.x
fixed = {"lengthscales": [0.3, 0.7], "scale": 1.3, "noise": 2.25}
TARGET.write_text(
    json.dumps(
        {
            **{"box": [[-3, 5], [100, 400]], "x": x.tolist(), "y": y.tolist(), "z": z.tolist()},
            "fixed": {**fixed, **predict(np.array(fixed["lengthscales"]), fixed["scale"], fixed["noise"] / sd**2)},
            "fitted": {
                "hyperparameters": list(np.exp(u)),
                "logDensity": -best.fun,
                "noiseVariance": sd**2 * np.exp(u[D + 1]),
                **predict(np.exp(u[:D]), np.exp(u[D]), np.exp(u[D + 1])),
            },
        },
        indent=1,
    )
    + "\n"
)
print(np.exp(u), -best.fun)
