"""What the adapters of KerasTuner's oracles share. The oracles propose; nothing is trained with Keras."""

import os
import tempfile

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras_tuner  # noqa: E402
from keras_tuner.engine.trial import TrialStatus  # noqa: E402
from spaces import axes_of, config_of  # noqa: E402


class Oracle:
    """An oracle behind ask and tell. A job is a trial of KerasTuner."""

    conditional = True

    def __init__(self, kind, space, seed, **options):
        self.axes = axes_of(space, conditional=True)
        self.folder = tempfile.TemporaryDirectory()
        self.oracle = kind(
            objective=keras_tuner.Objective("value", "min"),
            seed=1 + seed % (2**31 - 1),
            hyperparameters=hyperparameters(self.axes),
            max_consecutive_failed_trials=2**31,
            **options,
        )
        self.oracle.verbose = 0
        self.oracle._set_project_dir(self.folder.name, "study")
        self.asked = 0

    def ask(self):
        self.asked += 1
        trial = self.oracle.create_trial(f"worker {self.asked}")
        if trial.status == TrialStatus.STOPPED:
            raise ValueError("KerasTuner finds no configuration that it has not tried")
        return trial, config_of(self.axes, trial.hyperparameters.values)

    def tell(self, trial, value):
        self.oracle.update_trial(trial.trial_id, {"value": value})
        trial.status = TrialStatus.COMPLETED
        self.oracle.end_trial(trial)

    def reject(self, trial):
        trial.status = TrialStatus.INVALID
        self.oracle.end_trial(trial)


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
