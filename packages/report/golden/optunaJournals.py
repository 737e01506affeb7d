"""Journals that Optuna 5 writes, and what Optuna reads in them.

    pip install optuna
    python3 packages/report/golden/optunaJournals.py           # writes src/neighbours/optuna/readJournal.golden.json
    python3 packages/report/golden/optunaJournals.py --peer SEED    # prints new ones

Each study asks for something that a reader must know: conditions, pruning, failures, trials that run or wait, ranges that change,
choices that are no text, several objectives, constraints in both forms, values that are not finite. `trials` is a text, because it has NaN.
"""

import json
import re
import sys
import tempfile
import warnings
from pathlib import Path

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

GOLDEN = Path(__file__).resolve().parent.parent / "src" / "neighbours" / "optuna" / "readJournal.golden.json"
warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def conditional(storage, seed):
    study = optuna.create_study(
        study_name="conditional", storage=storage, sampler=optuna.samplers.RandomSampler(seed=seed), direction="maximize"
    )
    study.set_metric_names(["accuracy"])

    def objective(trial):
        kind = trial.suggest_categorical("kind", ["svm", "forest", None])
        trial.set_user_attr("kind of", {"name": kind, "numbers": [1, 0.5, float("nan")]})
        if kind == "svm":
            c = trial.suggest_float("c", 1e-5, 1e2, log=True)
            if trial.number % 7 == 3:
                raise ValueError("no memory")
            return c / (1 + c)
        if kind == "forest":
            depth = trial.suggest_int("depth", 1, 64, log=True)
            for step in range(0, 10, 3):
                trial.report(depth / 64 - 0.1 * step, step)
                if step == 6 and depth < 20:
                    raise optuna.TrialPruned
            return depth / 64
        return 0.25

    study.enqueue_trial({"kind": "forest", "depth": 30})
    study.optimize(objective, n_trials=24, catch=ValueError)
    study.enqueue_trial({"kind": "svm", "c": 1.5})
    running = study.ask()
    running.suggest_categorical("kind", ["svm", "forest", None])
    study.enqueue_trial({"kind": "svm"})


def layers(storage, seed):
    study = optuna.create_study(
        study_name="layers",
        storage=storage,
        directions=["minimize", "maximize"],
        sampler=optuna.samplers.NSGAIISampler(
            seed=seed, population_size=8, constraints_func=lambda trial: (trial.params["layers"] - 3.5, -0.5)
        ),
    )

    def objective(trial):
        count = trial.suggest_int("layers", 1, 4)
        widths = [trial.suggest_int(f"width{index}", 8, 256, step=8) for index in range(count)]
        return sum(widths), count

    study.optimize(objective, n_trials=20)


def wider(storage, seed):
    study = optuna.create_study(study_name="wider", storage=storage, sampler=optuna.samplers.RandomSampler(seed=seed))
    for low, high in [(0, 1), (-2, 1), (0, 3)]:
        study.enqueue_trial({"x": 7.5})
        study.optimize(lambda trial: trial.suggest_float("x", low, high) ** 2 + trial.suggest_int("n", 2, high + 9, step=2), n_trials=6)


def values(storage, seed):
    study = optuna.create_study(study_name="values", storage=storage, sampler=optuna.samplers.RandomSampler(seed=seed))

    def objective(trial):
        x = trial.suggest_float("x", 0.1, 0.9, step=0.1)
        shape = trial.suggest_categorical("shape", [[64, 64], [128], "none"])
        trial.suggest_categorical("flag", [True, False])
        trial.set_constraint("memory", x - 0.5)
        trial.report(float("nan"), 1)
        trial.report(float("inf"), 2)
        trial.report(x, 2**40)
        return float("-inf") if shape == "none" else x

    study.optimize(objective, n_trials=12)


def shown(trial):
    return {
        "number": trial.number,
        "state": trial.state.name,
        "values": trial.values,
        "params": trial.params,
        "intermediate": {str(step): value for step, value in trial.intermediate_values.items()},
        "constraints": list(trial.constraints.values()),
        "attributes": trial.user_attrs,
    }


def written(make, seed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.log"
        storage = JournalStorage(JournalFileBackend(str(path)))
        make(storage, seed)
        [name] = [study.study_name for study in storage.get_all_studies()]
        # Another storage, which has read everything from the file.
        study = optuna.load_study(study_name=name, storage=JournalStorage(JournalFileBackend(str(path))))
        journal = re.sub(r'"worker_id":"[^"]*"', '"worker_id":"w"', path.read_text())
        return {"name": name, "journal": journal, "trials": json.dumps([shown(trial) for trial in study.trials])}


studies = [written(make, int(sys.argv[2]) if "--peer" in sys.argv else 1) for make in [conditional, layers, wider, values]]
if "--peer" in sys.argv:
    print(json.dumps(studies))
else:
    GOLDEN.write_text(json.dumps(studies, separators=(",", ":")) + "\n")
