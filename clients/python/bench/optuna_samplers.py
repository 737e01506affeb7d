"""Caviar's sampler and Optuna's own, on the same functions and tables with the same seeds and the same kind of storage.

    python optuna_samplers.py run results/optuna-samplers.jsonl     continues where an earlier run has ended
    python optuna_samplers.py table results/optuna-samplers.jsonl   prints the tables of docs/optuna.md

Needs optuna 5, torch and scipy, a built repository (npm run build) and the tables (npx caviar-hpo tables fetch). Choices whose order has a
meaning are integers for every sampler: Optuna has no ordered choices.
"""

import itertools
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from measuring import append, cpu_seconds, quartiles, read, server_seconds

PROBLEMS = [
    "bbob-f6-d5-i101",
    "bbob-f8-d5-i101",
    "bbob-f13-d3-i102",
    "bbob-f15-d3-i102",
    "bbob-f17-d5-i103",
    "bbob-f21-d3-i103",
    "table-protein",
    "table-segment",
    "table-nasbench201-cifar100",
]
SAMPLERS = ["caviar", "optuna-tpe", "optuna-gp", "random"]
SEEDS = range(1, 11)
TRIALS = 30


def sampler_of(name, seed):
    import optuna

    from caviar_hpo.optuna import CaviarSampler

    return {
        "caviar": lambda: CaviarSampler(seed=seed),
        "optuna-tpe": lambda: optuna.samplers.TPESampler(seed=seed),
        "optuna-gp": lambda: optuna.samplers.GPSampler(seed=seed),
        "random": lambda: optuna.samplers.RandomSampler(seed=seed),
    }[name]()


class Problem:
    """A function of evaluate.mjs, with its space in Optuna's words."""

    def __init__(self, name):
        script = Path(__file__).with_name("evaluate.mjs")
        self.process = subprocess.Popen(["node", script, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        described = json.loads(self.process.stdout.readline())
        self.space, self.optimum = described["space"], described["optimum"]

    def __call__(self, trial):
        config = {param["name"]: self.suggested(trial, param) for param in self.space}
        self.process.stdin.write(json.dumps(config) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    @staticmethod
    def suggested(trial, param):
        name, log = param["name"], param.get("scale") == "log"
        if param["kind"] == "choice" and param["ordered"]:
            return param["options"][trial.suggest_int(name, 0, len(param["options"]) - 1)]
        if param["kind"] == "choice":
            return trial.suggest_categorical(name, param["options"])
        if param["kind"] == "int":
            return trial.suggest_int(name, param["low"], param["high"], log=log, step=param.get("step", 1))
        return trial.suggest_float(name, param["low"], param["high"], log=log, step=param.get("step"))


def run(path):
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    # Optuna imports PyTorch in the middle of the first ask that needs it.
    optuna.create_study(sampler=sampler_of("optuna-gp", 0)).optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=12)
    done = {(row["problem"], row["sampler"], row["seed"]) for row in read(path)}
    problems = {name: Problem(name) for name in PROBLEMS}
    # The sampler that costs most comes last, so that a run that is stopped has all seeds of the others.
    for samplers in (["caviar", "optuna-tpe", "random"], ["optuna-gp"]):
        for seed, name, sampler in itertools.product(SEEDS, PROBLEMS, samplers):
            if (name, sampler, seed) in done:
                continue
            study = optuna.create_study(sampler=sampler_of(sampler, seed))
            start = cpu_seconds()
            study.optimize(problems[name], n_trials=TRIALS)
            spent = cpu_seconds() - start
            if sampler == "caviar":
                spent += server_seconds(study.sampler._server)
                study.sampler._server.close()
            row = {"problem": name, "sampler": sampler, "seed": seed, "cpuSeconds": round(spent, 3)}
            row["regret"] = study.best_value - problems[name].optimum
            append(path, row)


def table(path):
    from scipy.stats import binomtest, wilcoxon

    found = {(row["problem"], row["sampler"], row["seed"]): row for row in read(path)}
    seeds = {sampler: [seed for seed in SEEDS if all((name, sampler, seed) in found for name in PROBLEMS)] for sampler in SAMPLERS}

    few = [sampler for sampler in SAMPLERS if len(seeds[sampler]) < 5]
    shown = [sampler for sampler in SAMPLERS if sampler not in few]

    def of(problem, sampler, listed, key="regret"):
        return [found[problem, sampler, seed][key] for seed in listed]

    print("".join(f"Left out: {sampler}, {len(seeds[sampler])} of {len(SEEDS)} seeds.\n\n" for sampler in few), end="")
    print(f"| problem | {' | '.join(f'{sampler}, {len(seeds[sampler])} seeds' for sampler in shown)} |\n|---|{'---|' * len(shown)}")
    for problem in PROBLEMS:
        cells = [quartiles(of(problem, sampler, seeds[sampler]), ".2g") for sampler in shown]
        print(f"| {problem} | {' | '.join(cells)} |")
    print("\n| caviar against | seeds | better, equal, worse | p over all pairs | problems with p < 0.05: better, worse |\n|---|---|---|---|---|")
    for other in shown[1:]:
        listed = [seed for seed in seeds["caviar"] if seed in seeds[other]]
        pairs = {problem: list(zip(of(problem, "caviar", listed), of(problem, other, listed))) for problem in PROBLEMS}
        everything = [pair for problem in PROBLEMS for pair in pairs[problem]]
        better, worse = sum(a < b for a, b in everything), sum(a > b for a, b in everything)
        single = []
        for problem in PROBLEMS:
            differences = [a - b for a, b in pairs[problem]]
            p = wilcoxon(differences).pvalue if any(differences) else 1.0
            single.append((p < 0.05) * (1 if statistics.median(differences) < 0 else -1))
        counts = f"{better}, {len(everything) - better - worse}, {worse}"
        # Wilcoxon's test needs one scale, and the problems have nine: over all pairs, signs are counted.
        p = binomtest(better, better + worse).pvalue
        print(f"| {other} | {len(listed)} | {counts} | {p:.2g} | {single.count(1)}, {single.count(-1)} |")
    print(f"\n| sampler | processor time of a study of {TRIALS} trials, median |\n|---|---|")
    for sampler in shown:
        times = [second for problem in PROBLEMS for second in of(problem, sampler, seeds[sampler], "cpuSeconds")]
        print(f"| {sampler} | {statistics.median(times):.2f} s |")


if __name__ == "__main__":
    {"run": run, "table": table}[sys.argv[1]](Path(sys.argv[2]))
