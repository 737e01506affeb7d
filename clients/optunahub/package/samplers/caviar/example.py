"""Tunes a function with a conditional space."""

import math

import optuna
import optunahub


def objective(trial: optuna.Trial) -> float:
    model = trial.suggest_categorical("model", ["svm", "forest"])
    if model == "svm":
        width = trial.suggest_float("width", 1e-3, 1e3, log=True)
        kernel = trial.suggest_categorical("kernel", ["rbf", "poly"])
        degree = trial.suggest_int("degree", 2, 5) if kernel == "poly" else 3
        return abs(math.log10(width) - 1) + abs(degree - 3) + (0.5 if kernel == "rbf" else 0.2)
    return float(trial.suggest_int("trees", 1, 10))


if __name__ == "__main__":
    sampler = optunahub.load_module("samplers/caviar").CaviarSampler(seed=1)
    study = optuna.create_study(sampler=sampler)
    study.optimize(objective, n_trials=30)
    print(study.best_trial.value, study.best_trial.params)
