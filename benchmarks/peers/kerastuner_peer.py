"""KerasTuner's Bayesian optimisation, as shipped, behind ask and tell. Its oracle proposes; nothing is trained with Keras."""

import importlib.metadata
import os
import tempfile

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras_tuner  # noqa: E402
from keras_tuner.engine.trial import Trial, TrialStatus  # noqa: E402
from spaces import axes_of  # noqa: E402


class Peer:
    version = importlib.metadata.version("keras-tuner")
    configuration = "`BayesianOptimizationOracle` with its defaults: 3 d random trials to begin with, a Gaussian process with a fixed kernel, 50 restarts"
    deviations = (
        "no limits on trials and failures; points of the plan's initial design count as completed trials; "
        "ordered choices and parameters with steps are whole numbers; a failed trial is left out, as KerasTuner does it"
    )
    conditional = True

    def __init__(self, space, seed):
        self.axes = axes_of(space, conditional=True)
        self.folder = tempfile.TemporaryDirectory()
        self.oracle = keras_tuner.oracles.BayesianOptimizationOracle(
            objective=keras_tuner.Objective("value", "min"),
            max_trials=None,
            seed=1 + seed % (2**31 - 1),
            hyperparameters=hyperparameters(self.axes),
            max_consecutive_failed_trials=2**31,
        )
        self.oracle.verbose = 0
        self.oracle._set_project_dir(self.folder.name, "study")
        self.asked = 0

    def ask(self):
        self.asked += 1
        trial = self.oracle.create_trial(f"worker {self.asked}")
        if trial.status == TrialStatus.STOPPED:
            raise ValueError("KerasTuner finds no configuration that it has not tried")
        values = trial.hyperparameters.values
        return trial, {axis.name: axis.value(values[axis.name]) for axis in self.axes if axis.name in values}

    def tell(self, trial, value):
        self.oracle.update_trial(trial.trial_id, {"value": value})
        trial.status = TrialStatus.COMPLETED
        self.oracle.end_trial(trial)

    def reject(self, trial):
        trial.status = TrialStatus.INVALID
        self.oracle.end_trial(trial)

    def observe(self, config, value):
        known = self.oracle.hyperparameters.copy()
        known.values = {axis.name: axis.inside(config[axis.name]) for axis in self.axes if axis.name in config}
        trial = Trial(known, trial_id=f"observed {len(self.oracle.trials)}", status=TrialStatus.RUNNING)
        self.oracle.trials[trial.trial_id] = trial
        self.oracle.ongoing_trials[trial.trial_id] = trial
        self.tell(trial, value)


def hyperparameters(axes):
    space = keras_tuner.HyperParameters()
    by_name = {axis.name: axis for axis in axes}
    for axis in axes:
        parent = by_name.get(axis.parent)
        when = {} if parent is None else {"parent_name": parent.name, "parent_values": [parent.inside(value) for value in axis.when]}
        sampling = "log" if axis.log else "linear"
        if axis.kind == "category":
            space.Choice(axis.name, list(range(len(axis.values))), ordered=False, **when)
        elif axis.kind == "whole":
            space.Int(axis.name, axis.low, axis.high, sampling=sampling, **when)
        else:
            space.Float(axis.name, axis.low, axis.high, sampling=sampling, **when)
    return space
