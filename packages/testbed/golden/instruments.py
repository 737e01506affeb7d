"""Rewrites src/instruments/instruments.golden.json: what the instruments should read on a small network, computed apart from Caviar.

python3 packages/testbed/golden/instruments.py (pip install numpy). A 3-4-3-2 network, tanh, batch norm with epsilon 1e-3, softmax
cross-entropy, one batch of six examples, gradient descent at 0.5 with an L2 of 0.1. Parameters and inputs are sines, so that a test can
make them itself. Derivatives are by complex steps, exact to rounding and without any algebra of backpropagation.
"""
import json
from pathlib import Path

import numpy as np

WIDTHS = [3, 4, 3, 2]
ROWS = 6
EPSILON = 1e-3
RATE = 0.5
L2 = 0.1

inputs = np.sin(1.0 + np.arange(ROWS * WIDTHS[0])).reshape(ROWS, WIDTHS[0])
labels = np.array([0, 1, 1, 0, 1, 0])

# Where each layer's parameters begin: weights, then gamma and beta of a hidden layer, or the bias of the output layer.
sizes = [fan_in * units + (2 * units if layer < len(WIDTHS) - 2 else units) for layer, (fan_in, units) in enumerate(zip(WIDTHS, WIDTHS[1:]))]
offsets = np.concatenate([[0], np.cumsum(sizes)])
parameters = 0.9 * np.sin(2.0 + 3.0 * np.arange(offsets[-1]))


def forward(p):
    """The loss, and Z and gamma xHat + beta of each hidden layer."""
    x = inputs.astype(p.dtype)
    seen = []
    for layer, (fan_in, units) in enumerate(zip(WIDTHS, WIDTHS[1:])):
        own = p[offsets[layer] : offsets[layer + 1]]
        z = x @ own[: fan_in * units].reshape(fan_in, units)
        first, second = own[fan_in * units : (fan_in + 1) * units], own[(fan_in + 1) * units :]
        if layer == len(WIDTHS) - 2:
            logits = z + first
            return -np.mean(logits[np.arange(ROWS), labels] - np.log(np.sum(np.exp(logits), axis=1))), seen
        centred = z - z.mean(axis=0)
        y = first * centred / np.sqrt((centred * centred).mean(axis=0) + EPSILON) + second
        seen.append((z, y))
        x = np.tanh(y)


def gradient(p):
    steps = np.zeros((p.size, p.size), dtype=complex)
    np.fill_diagonal(steps, 1e-30j)
    return np.array([forward(p + step)[0].imag / 1e-30 for step in steps])


def weights_of(layer):
    return slice(offsets[layer], offsets[layer] + WIDTHS[layer] * WIDTHS[layer + 1])


def distribution(values):
    levels = [5, 15, 50, 85, 95]
    return {"mean": values.mean(), "sd": values.std(), "quantiles": list(np.percentile(values, levels))}


def layer_distribution(values):
    return {"all": distribution(values.ravel()), "units": [distribution(column) for column in values.T]}


g = gradient(parameters)
decayed = g.copy()
for layer in range(3):
    decayed[weights_of(layer)] += L2 * parameters[weights_of(layer)]
after = parameters - RATE * decayed

shifts = []
for layer in range(3):
    mixed = np.concatenate([after[: offsets[layer]], parameters[offsets[layer] :]])
    one, other = g[weights_of(layer)], gradient(mixed)[weights_of(layer)]
    norms = np.linalg.norm(one), np.linalg.norm(other)
    shifts.append({"norm": norms[0], "difference": np.linalg.norm(one - other), "cosine": one @ other / (norms[0] * norms[1])})

along = []
for rate in [0.25, 0.5, 1, 2]:
    moved = parameters - rate * g
    along.append({"rate": rate, "loss": forward(moved)[0], "gradientChange": np.linalg.norm(gradient(moved) - g)})

golden = {
    "preActivations": [{"linear": layer_distribution(z), "preActivations": layer_distribution(y)} for z, y in forward(parameters)[1]],
    "shifts": shifts,
    "along": {
        "loss": forward(parameters)[0],
        "gradientNorm": np.linalg.norm(g),
        "steps": along,
        "smoothness": max(step["gradientChange"] / (step["rate"] * np.linalg.norm(g)) for step in along),
    },
    "effectiveRates": [RATE / np.sum(parameters[weights_of(layer)] ** 2) for layer in range(3)],
}
path = Path(__file__).parent.parent / "src/instruments/instruments.golden.json"
path.write_text(json.dumps(golden, indent=2, default=float) + "\n")
