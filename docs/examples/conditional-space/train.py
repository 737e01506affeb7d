"""A stand-in for a training: it computes an error from the arguments. Momentum and dropout are given only if they exist."""

import argparse
import json
import math

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, required=True)
parser.add_argument("--optimizer", choices=["adam", "sgd"], required=True)
parser.add_argument("--momentum", type=float)
parser.add_argument("--layers", type=int, required=True)
parser.add_argument("--dropout", type=float)
options = parser.parse_args()

# Momentum belongs to sgd, and dropout to networks with more than one layer.
assert (options.momentum is not None) == (options.optimizer == "sgd")
assert (options.dropout is not None) == (options.layers > 1)

error = 0.1 + 0.05 * abs(math.log10(options.learning_rate) + 2)
error += 0.04 if options.optimizer == "adam" else 0.2 * abs(options.momentum - 0.9)
error += 0.06 if options.layers == 1 else 0.2 * abs(options.dropout - 0.2)
print(json.dumps({"value": error}))
