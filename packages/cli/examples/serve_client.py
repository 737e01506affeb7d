"""Tunes a function through `caviar serve`, with nothing but the standard library: python3 serve_client.py [caviar [strategy [trials]]]"""
import json
import subprocess
import sys


class Study:
    """One process serves one study; each call is one line there and one line back."""

    def __init__(self, command, **definition):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.count = 0
        self.call("open", protocol=1, **definition)

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


caviar, strategy, trials = (sys.argv[1:] + ["caviar", "sobol", "64"][len(sys.argv) - 1 :])[:3]
space = [
    {"name": "rate", "kind": "real", "low": 1e-4, "high": 1, "scale": "log"},
    {"name": "optimizer", "kind": "choice", "options": ["sgd", "adam"]},
    {"name": "momentum", "kind": "given", "parent": "optimizer", "values": ["sgd"], "param": {"kind": "real", "low": 0, "high": 1}},
]
# A large momentum needs a small rate. This holds for sgd only: adam has no momentum here.
where = ["rate <= 1 - momentum"]
problem = {"space": space, "where": where, "objectives": [{"name": "accuracy", "goal": "maximize"}]}
study = Study([caviar, "serve"], problem=problem, strategy={"name": strategy}, seed=42)
for _ in range(int(trials)):
    for job in study.call("ask", want=1)["jobs"]:
        study.call("tell", job=job["id"], values=[accuracy(job["config"])])
print(json.dumps(study.call("best")["front"][0]))
study.call("close")
sys.exit(study.process.wait())
