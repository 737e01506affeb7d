"""The classifier of labels, for src/classifier/classifier.test.ts.

    pip install numpy scipy
    python3 packages/bayesopt/golden/classifier.py     # writes src/classifier/classifier.golden.json

A Matern 5/2 kernel of scale 1, to which the constant's variance of 1 is added, and a probit with noise.

`propagated`: expectation propagation with plain inverses instead of updates, and with moments by quadrature over the latent value instead
of closed forms: ln Z, its derivative by differences, and at some points the mean and variance of the latent value and the probability of
label -1. The variance leaves out that of the constant, as a process does.
`exact`: ln Z and the probabilities without an approximation. Z is the probability that normal variables with the covariances of latent
values and noise have the signs of the labels, and the probability of a further label is the ratio of two of these (Genz's algorithm).
"""

import json
from pathlib import Path

import numpy as np
from scipy.stats import multivariate_normal, norm

TARGET = Path(__file__).resolve().parent.parent / "src" / "classifier" / "classifier.golden.json"
rng = np.random.default_rng(7)
nodes, weights = np.polynomial.legendre.leggauss(4000)


def kernel(a, b, lengthscales):
    r = np.sqrt((((a[:, None, :] - b[None, :, :]) / lengthscales) ** 2).sum(-1))
    return (1 + np.sqrt(5) * r + 5 / 3 * r**2) * np.exp(-np.sqrt(5) * r)


def moments(label, mean, variance, noise):
    """Of a normal latent value weighted by the likelihood of its label: ln Z, mean, variance; between 12 deviations on both sides."""
    sd = np.sqrt(variance)
    f = mean + 12 * sd * nodes
    density = 12 * weights * norm.pdf(12 * nodes) * norm.cdf(label * f / np.sqrt(noise))
    z = density.sum()
    first = (density * f).sum() / z
    return np.log(z), first, (density * (f - first) ** 2).sum() / z


def propagate(K, labels, noise):
    """One site after another, with a new inverse each time."""
    n = len(labels)
    precision, shift = np.full(n, 1e-10), np.zeros(n)
    for _ in range(200):
        before = np.concatenate([precision, shift])
        for i in range(n):
            S = np.linalg.inv(np.linalg.inv(K) + np.diag(precision))
            m = S @ shift
            variance = 1 / (1 / S[i, i] - precision[i])
            mean = variance * (m[i] / S[i, i] - shift[i])
            _, first, second = moments(labels[i], mean, variance, noise)
            precision[i] = 1 / second - 1 / variance
            shift[i] = first / second - mean / variance
        if np.max(np.abs(np.concatenate([precision, shift]) - before)) < 1e-10:
            break
    S = np.linalg.inv(np.linalg.inv(K) + np.diag(precision))
    m = S @ shift
    total = 0.5 * np.linalg.slogdet(S)[1] - 0.5 * np.linalg.slogdet(K)[1] + 0.5 * shift @ m
    for i in range(n):
        variance = 1 / (1 / S[i, i] - precision[i])
        mean = variance * (m[i] / S[i, i] - shift[i])
        log_z, _, _ = moments(labels[i], mean, variance, noise)
        # The integral of exp(shift f - precision f^2 / 2) under the cavity.
        p, q = 1 / variance + precision[i], mean / variance + shift[i]
        total += log_z - (0.5 * np.log(1 / variance / p) + 0.5 * q * q / p - 0.5 * mean * mean / variance)
    return total, precision, shift, m


def case(x, labels, z, lengthscales, noise):
    n = len(labels)
    across, at = kernel(z, x, lengthscales), np.ones(len(z))
    K = lambda u: kernel(x, x, np.exp(u)) + 1
    u = np.log(lengthscales)
    total, precision, shift, m = propagate(K(u), labels, noise)
    weights_of = shift - precision * m
    mean = (across + 1) @ weights_of
    core = np.linalg.inv(kernel(x, x, lengthscales) + np.diag(1 / precision))
    variance = at - np.einsum("ij,jk,ik->i", across, core, across)
    step = 1e-4
    slopes = []
    for p in range(len(u)):
        e = np.zeros(len(u))
        e[p] = step
        slopes.append((propagate(K(u + e), labels, noise)[0] - propagate(K(u - e), labels, noise)[0]) / (2 * step))
    up, down = (propagate(K(u), labels, noise * np.exp(e))[0] for e in (step, -step))
    slopes.append((up - down) / (2 * step))

    def orthant(points, signs):
        covariance = (kernel(points, points, lengthscales) + 1 + noise * np.eye(len(points))) * np.outer(signs, signs)
        return multivariate_normal.cdf(np.zeros(len(points)), cov=covariance, abseps=1e-9, releps=1e-7, maxpts=4_000_000, rng=1)

    whole = orthant(x, labels)
    exact = [orthant(np.vstack([x, point]), np.append(labels, -1)) / whole for point in z]
    return {
        "x": x.ravel().tolist(), "labels": labels.tolist(), "z": z.ravel().tolist(), "d": x.shape[1],
        "lengthscales": lengthscales.tolist(), "noise": noise,
        "propagated": {
            "logZ": total, "byLogHyperparameters": slopes, "mean": mean.tolist(), "variance": variance.tolist(),
            "probability": norm.cdf(-mean / np.sqrt(variance + noise)).tolist(),
        },
        "exact": {"logZ": float(np.log(whole)), "probability": [float(one) for one in exact]},
    }


def grid(n, d):
    return np.round(rng.uniform(0, 1, (n, d)), 3)


line = np.array([[0.05], [0.25], [0.29], [0.33], [0.6], [0.95]])
plane = grid(9, 2)
cases = [
    case(line, np.array([-1.0, -1, -1, 1, 1, 1]), np.array([[0.1], [0.3], [0.31], [0.45], [3.0]]), np.array([0.4]), 0.01),
    case(line, np.array([-1.0, 1, -1, -1, 1, -1]), np.array([[0.1], [0.3], [0.31], [0.45], [3.0]]), np.array([0.4]), 1.0),
    case(plane, np.where(plane.sum(1) > 1.1, 1.0, -1.0), grid(4, 2), np.array([0.5, 1.5]), 0.1),
    case(plane[:4], -np.ones(4), grid(4, 2), np.array([0.3, 0.3]), 0.05),
]
TARGET.write_text(json.dumps(cases, indent=1) + "\n")
