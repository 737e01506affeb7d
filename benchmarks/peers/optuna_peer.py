"""Optuna's samplers, as shipped, behind ask and tell. Every kind of parameter; conditional ones by asking only for those that exist."""

import functools

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import CmaEsSampler, GPSampler, RandomSampler, TPESampler

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "gp": ("`GPSampler`, which learns the noise", lambda seed: GPSampler(seed=seed)),
    "gp-deterministic": (
        "`GPSampler(deterministic_objective=True)`",
        lambda seed: GPSampler(seed=seed, deterministic_objective=True),
    ),
    "tpe": ("`TPESampler`: multivariate since version 5", lambda seed: TPESampler(seed=seed)),
    "tpe-group": (
        "`TPESampler(multivariate=True, group=True)`, as Optuna advises where parameters are conditional",
        lambda seed: TPESampler(seed=seed, multivariate=True, group=True),
    ),
    "tpe-univariate": (
        "`TPESampler(multivariate=False)`, as before version 5",
        lambda seed: TPESampler(seed=seed, multivariate=False),
    ),
    "cmaes": (
        "`CmaEsSampler`, which draws choices and conditional parameters at random",
        lambda seed: CmaEsSampler(seed=seed, independent_sampler=RandomSampler(seed=seed), warn_independent_sampling=False),
    ),
}


@functools.cache
def warm(sampler):
    """A dozen trials, once a process: Optuna imports PyTorch in the middle of the first ask that needs it."""
    study = optuna.create_study(sampler=SAMPLERS[sampler][1](0))
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1) + trial.suggest_float("y", 0, 1), n_trials=12)


class Peer:
    version = optuna.__version__
    deviations = "ordered choices are unordered; a failed trial is pruned without values"
    conditional = True

    def __init__(self, space, seed, sampler):
        warm(sampler)
        self.space = space
        self.configuration, make = SAMPLERS[sampler]
        self.study = optuna.create_study(sampler=make(seed % 2**32))

    def ask(self):
        trial = self.study.ask()
        config = {}
        for param in self.space:
            if exists(param, config):
                config[param["name"]] = suggested(trial, param["name"], distribution(param))
        return trial, config

    def tell(self, trial, value):
        self.study.tell(trial, value)

    def reject(self, trial):
        """A pruned trial without values counts as worse than all others, so that the sampler turns away from it."""
        self.study.tell(trial, state=optuna.trial.TrialState.PRUNED)

    def observe(self, config, value):
        distributions = {param["name"]: distribution(param) for param in self.space if param["name"] in config}
        self.study.add_trial(optuna.trial.create_trial(params=config, distributions=distributions, value=value))

    def recommend(self):
        return self.study.best_trial.params


def exists(param, config):
    return param["kind"] != "given" or config.get(param["parent"]) in param["values"]


def distribution(param):
    plain = param.get("param", param)
    scale = plain.get("scale", "linear")
    if plain["kind"] == "choice":
        return CategoricalDistribution(plain["options"])
    if scale not in ("linear", "log"):
        raise ValueError(f"{param['name']}: Optuna has no scale {scale}")
    if plain["kind"] == "int":
        return IntDistribution(plain["low"], plain["high"], step=plain.get("step", 1), log=scale == "log")
    return FloatDistribution(plain["low"], plain["high"], step=plain.get("step"), log=scale == "log")


def suggested(trial, name, of):
    if isinstance(of, CategoricalDistribution):
        return trial.suggest_categorical(name, of.choices)
    suggest = trial.suggest_int if isinstance(of, IntDistribution) else trial.suggest_float
    return suggest(name, of.low, of.high, step=of.step, log=of.log)
