"""Trains a small network to tell two moons apart. It needs nothing but Python 3.

After each epoch it prints the share of validation rows that it gets wrong, as a line of JSON. Caviar reads these lines.
"""

import argparse
import json
import math
import pathlib
import random

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, required=True)
parser.add_argument("--units", type=int, required=True)
parser.add_argument("--epochs", type=int, default=27)
parser.add_argument("--checkpoint", type=pathlib.Path, help="a folder, which is empty at the start of a trial")
options = parser.parse_args()


def moons(count, seed):
    """Points on two half circles with noise, and the number of their half circle."""
    draw = random.Random(seed)
    rows = []
    for index in range(count):
        label, angle = index % 2, math.pi * draw.random()
        x, y = (math.cos(angle), math.sin(angle)) if label == 0 else (1 - math.cos(angle), 0.5 - math.sin(angle))
        rows.append((x + draw.gauss(0, 0.2), y + draw.gauss(0, 0.2), label))
    return rows


def activations(hidden, x, y):
    return [math.tanh(a * x + b * y + c) for a, b, c in hidden]


def predict(model, x, y):
    score = model["bias"] + sum(w * h for w, h in zip(model["output"], activations(model["hidden"], x, y)))
    return 1 / (1 + math.exp(-max(-30, min(30, score))))


def train_epoch(model, rows, rate):
    """One step of gradient descent for each row."""
    hidden, output = model["hidden"], model["output"]
    for x, y, label in rows:
        h = activations(hidden, x, y)
        error = predict(model, x, y) - label
        model["bias"] -= rate * error
        for unit, value in enumerate(h):
            slope = error * output[unit] * (1 - value * value)
            output[unit] -= rate * error * value
            a, b, c = hidden[unit]
            hidden[unit] = (a - rate * slope * x, b - rate * slope * y, c - rate * slope)


def validation_error(model, rows):
    return sum((predict(model, x, y) > 0.5) != (label == 1) for x, y, label in rows) / len(rows)


train_rows, validation_rows = moons(300, seed=1), moons(300, seed=2)
saved = options.checkpoint / "model.json" if options.checkpoint else None
if saved and saved.exists():
    model = json.loads(saved.read_text())
else:
    draw = random.Random(0)
    model = {
        "epoch": 0,
        "hidden": [[draw.gauss(0, 1) for _ in range(3)] for _ in range(options.units)],
        "output": [0.0] * options.units,
        "bias": 0.0,
    }

while model["epoch"] < options.epochs:
    train_epoch(model, train_rows, options.learning_rate)
    model["epoch"] += 1
    print(json.dumps({"value": validation_error(model, validation_rows), "fidelity": model["epoch"]}), flush=True)

if saved:
    saved.write_text(json.dumps(model))
