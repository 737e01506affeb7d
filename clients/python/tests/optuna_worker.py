"""One of several processes on a study in a journal: runs trials, and prints the numbers of those that it has run."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

from caviar_hpo.optuna import CaviarSampler

path, trials = sys.argv[1], int(sys.argv[2])
strategy = sys.argv[3] if len(sys.argv) > 3 else "tpe"
optuna.logging.set_verbosity(optuna.logging.WARNING)
numbers = []


def objective(trial):
    numbers.append(trial.number)
    x = trial.suggest_float("x", 0, 1)
    n = trial.suggest_int("n", 1, 1000, log=True)
    return (x - 0.3) ** 2 + abs(n - 30) / 1000 + (0 if trial.suggest_categorical("c", [None, "a", True]) == "a" else 0.1)


study = optuna.create_study(
    study_name="shared", storage=JournalStorage(JournalFileBackend(path)), sampler=CaviarSampler(strategy, seed=7), load_if_exists=True
)
study.optimize(objective, n_trials=trials)
print(json.dumps(numbers))
