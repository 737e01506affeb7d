"""Tunes nothing real: a script as users write it, with the standard library only. Prints a measurement per epoch, and the result."""
import argparse
import json
import os
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, required=True)
parser.add_argument("--optimizer", choices=["adam", "sgd"], required=True)
parser.add_argument("--momentum", type=float)
parser.add_argument("--epochs", type=int, required=True)
parser.add_argument("--checkpoint", type=pathlib.Path, required=True)
args = parser.parse_args()

assert (args.momentum is not None) == (args.optimizer == "sgd")
assert json.loads(os.environ["CAVIAR_CONFIG"])["rate"] == args.rate

model = args.checkpoint / "model.json"
state = json.loads(model.read_text()) if model.exists() else {"epoch": 0, "weight": 0.0}
assert state["epoch"] == int(os.environ["CAVIAR_FROM"])

while state["epoch"] < args.epochs:
    state["epoch"] += 1
    state["weight"] += args.rate * (1 - state["weight"])
    print(f"epoch {state['epoch']}")
    if state["epoch"] < args.epochs:
        print(json.dumps({"value": (state["weight"] - 1) ** 2, "fidelity": state["epoch"]}), flush=True)

model.write_text(json.dumps(state))
print(json.dumps({"value": (state["weight"] - 1) ** 2}))
