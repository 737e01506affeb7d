"""Optuna's samplers, as shipped, behind ask and tell. Every kind of parameter; conditional ones by asking only for those that exist."""

import functools

import optuna
from optuna.samplers import GPSampler, TPESampler

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "gp": lambda seed: GPSampler(seed=seed),
    "gp-deterministic": lambda seed: GPSampler(seed=seed, deterministic_objective=True),
    "tpe": lambda seed: TPESampler(seed=seed),
    # What Optuna advises where parameters are conditional.
    "tpe-group": lambda seed: TPESampler(seed=seed, multivariate=True, group=True),
}


@functools.cache
def warm(sampler):
    """A dozen trials, once a process: Optuna imports PyTorch in the middle of the first ask that needs it."""
    study = optuna.create_study(sampler=SAMPLERS[sampler](0))
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=12)


class Peer:
    version = optuna.__version__

    def __init__(self, space, seed, sampler):
        warm(sampler)
        self.space = space
        self.study = optuna.create_study(sampler=SAMPLERS[sampler](seed % 2**32))

    def ask(self):
        trial = self.study.ask()
        config = {}
        for param in self.space:
            plain = param
            if param["kind"] == "given":
                if param["parent"] not in config or config[param["parent"]] not in param["values"]:
                    continue
                plain = param["param"]
            config[param["name"]] = suggested(trial, param["name"], plain)
        return trial, config

    def tell(self, trial, value):
        self.study.tell(trial, value)

    def recommend(self):
        return self.study.best_trial.params


def suggested(trial, name, param):
    if param["kind"] == "choice":
        return trial.suggest_categorical(name, param["options"])
    scale = param.get("scale", "linear")
    if scale not in ("linear", "log"):
        raise ValueError(f"{name}: Optuna has no scale {scale}")
    if param["kind"] == "int":
        return trial.suggest_int(name, param["low"], param["high"], step=param.get("step", 1), log=scale == "log")
    return trial.suggest_float(name, param["low"], param["high"], step=param.get("step"), log=scale == "log")
