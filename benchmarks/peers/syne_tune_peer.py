"""Syne Tune's ASHA, as shipped, driven as its `Tuner` drives it. This variant of ASHA stops trials and promotes none."""

import datetime
import importlib.metadata
import logging

import numpy as np
from spaces import axes_of, config_of
from syne_tune.backend.trial_status import Trial
from syne_tune.config_space import choice, lograndint, loguniform, randint, uniform
from syne_tune.optimizer.baselines import ASHA
from syne_tune.optimizer.scheduler import SchedulerDecision

logging.getLogger("syne_tune").setLevel(logging.ERROR)

CREATED = datetime.datetime.fromtimestamp(0)


class Peer:
    version = importlib.metadata.version("syne-tune")
    configuration = "`ASHA` with its defaults: one bracket, eta 3, random configurations; it stops trials at the rungs"
    deviations = (
        "installed without the packages of its other searchers; NumPy's global generator, from which it draws, has a seed; "
        "trials report at the rungs only; "
        "ordered choices and parameters with steps are whole numbers; a failed trial is left out, as Syne Tune does it"
    )

    def __init__(self, space, seed, fidelity):
        self.axes = axes_of(space)
        np.random.seed(seed % 2**32)
        domains = {axis.name: domain(axis) for axis in self.axes}
        low, self.high = fidelity["min"], fidelity["max"]
        self.asha = ASHA(domains, "value", "fidelity", max_t=self.high, grace_period=low, random_seed=seed % 2**31)
        self.asked = 0

    def ask(self):
        trial = Trial(self.asked, self.asha.suggest().config, CREATED)
        self.asked += 1
        self.asha.on_trial_add(trial)
        return trial, config_of(self.axes, trial.config)

    def reach(self, trial):
        return trial.trial_id, self.high

    def rungs(self, trial):
        return sorted(rung for rung, _ in self.asha.trial_info[trial.trial_id].rungs)

    def report(self, trial, fidelity, value):
        """Whether the trial ends here."""
        decision = self.asha.on_trial_result(trial, {"value": value, "fidelity": fidelity})
        if decision == SchedulerDecision.STOP:
            self.asha.on_trial_remove(trial)
        return decision == SchedulerDecision.STOP

    def reject(self, trial):
        self.asha.on_trial_error(trial)


def domain(axis):
    if axis.kind == "category":
        return choice(list(range(len(axis.values))))
    if axis.kind == "real":
        return (loguniform if axis.log else uniform)(axis.low, axis.high)
    return (lograndint if axis.log else randint)(axis.low, axis.high)
