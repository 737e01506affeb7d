"""Tunes a function through `caviar serve`, with nothing but the standard library.

    python3 serve_client.py [--root DIR] [--stop-after N] [CAVIAR [STRATEGY [TRIALS]]]

With --root the study is stored in DIR: start the program again after a crash, and it continues. --stop-after N ends it after N reports, as a
crash would.
"""
import argparse
import json
import os
import subprocess


class Study:
    """A study on a server: each call is one line there and one line back."""

    def __init__(self, command, **definition):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.count = 0
        self.opened = self.call("open", protocol=2, **definition)

    def call(self, method, **params):
        self.count += 1
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": self.count, "method": method, "params": params}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]


def accuracy(config):
    """The best learning rate is 0.01; sgd wants a momentum of 0.9."""
    distance = abs(config["rate"] - 0.01) / (config["rate"] + 0.01)
    return 1 - 0.5 * distance - (0.1 if config["optimizer"] == "adam" else abs(config["momentum"] - 0.9))


parser = argparse.ArgumentParser()
parser.add_argument("--root")
parser.add_argument("--stop-after", type=int)
parser.add_argument("caviar", nargs="?", default="caviar")
parser.add_argument("strategy", nargs="?", default="sobol")
parser.add_argument("trials", nargs="?", type=int, default=64)
options = parser.parse_args()

space = [
    {"name": "rate", "kind": "real", "low": 1e-4, "high": 1, "scale": "log"},
    {"name": "optimizer", "kind": "choice", "options": ["sgd", "adam"]},
    {"name": "momentum", "kind": "given", "parent": "optimizer", "values": ["sgd"], "param": {"kind": "real", "low": 0, "high": 1}},
]
# A large momentum needs a small rate. This holds for sgd only: adam has no momentum here.
where = ["rate <= 1 - momentum"]
problem = {"space": space, "where": where, "objectives": [{"name": "accuracy", "goal": "maximize"}]}
root = ["--root", options.root] if options.root else []
study = Study([options.caviar, "serve", *root], name="digits", problem=problem, strategy={"name": options.strategy}, seed=42)

# What ran when an earlier process ended comes first.
jobs = study.opened["running"]
reports = 0
while jobs or (jobs := study.call("ask", want=1, trials=options.trials)["jobs"]):
    if reports == options.stop_after:
        os._exit(1)
    job = jobs.pop(0)
    study.call("tell", job=job["id"], values=[accuracy(job["config"])])
    reports += 1
print(json.dumps({**study.call("best")["front"][0], "reports": reports}))
study.call("close")
raise SystemExit(study.process.wait())
