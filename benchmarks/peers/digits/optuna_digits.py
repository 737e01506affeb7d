"""Optuna tunes the network of `trainer.mjs`. Each epoch is printed as a line of JSON: the trial, its configuration, the epoch, the error.

Usage: python optuna_digits.py NODE none|hyperband|successiveHalving SEED EPOCHS
"""

import json
import pathlib
import subprocess
import sys

import optuna
from optuna.pruners import HyperbandPruner, NopPruner, SuccessiveHalvingPruner
from optuna.samplers import TPESampler

NODE, PRUNER, SEED, EPOCHS = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
MAX_EPOCHS = 27
PRUNERS = {
    "none": NopPruner,
    "hyperband": lambda: HyperbandPruner(min_resource=1, max_resource=MAX_EPOCHS, reduction_factor=3),
    "successiveHalving": lambda: SuccessiveHalvingPruner(min_resource=1, reduction_factor=3),
}

optuna.logging.set_verbosity(optuna.logging.ERROR)
trainer = subprocess.Popen(
    [NODE, str(pathlib.Path(__file__).with_name("trainer.mjs"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
left = EPOCHS


def ask(**request):
    print(json.dumps(request), file=trainer.stdin, flush=True)
    return json.loads(trainer.stdout.readline())


def suggested(trial):
    return {
        "learningRate": trial.suggest_float("learningRate", 1e-4, 1, log=True),
        # The scale of the task: the logarithm of one minus the momentum.
        "momentum": 1 - trial.suggest_float("oneMinusMomentum", 0.001, 0.1, log=True),
        "batchSize": trial.suggest_int("batchSize", 16, 512, log=True),
        "hiddenUnits": trial.suggest_int("hiddenUnits", 16, 128),
        "layers": trial.suggest_int("layers", 1, 4),
        "decay": trial.suggest_float("decay", 0.001, 1, log=True),
        "batchNorm": trial.suggest_categorical("batchNorm", [True, False]),
    }


def objective(trial):
    global left
    config = suggested(trial)
    ask(config=config)
    for epoch in range(1, MAX_EPOCHS + 1):
        left -= 1
        value = ask(epoch=epoch).get("value")
        print(json.dumps({"trial": trial.number, "config": config, "epoch": epoch, "value": value}), flush=True)
        if value is None:
            raise optuna.TrialPruned
        trial.report(value, epoch)
        if left == 0:
            trial.study.stop()
            raise optuna.TrialPruned
        if epoch < MAX_EPOCHS and trial.should_prune():
            raise optuna.TrialPruned
    return value


# The Hyperband pruner draws the bracket of a trial from the name of the study.
study = optuna.create_study(study_name=f"digits {SEED}", sampler=TPESampler(seed=SEED), pruner=PRUNERS[PRUNER]())
study.optimize(objective)
trainer.stdin.close()
trainer.wait()
