"""Hyperopt's TPE, as shipped, behind ask and tell. Conditional parameters hang on choices."""

import math

import hyperopt
import numpy as np
from hyperopt import hp, tpe
from hyperopt.base import JOB_STATE_DONE, Domain, Trials
from spaces import axes_of, numbers_of


class Peer:
    version = hyperopt.__version__
    configuration = "`tpe.suggest` with its defaults: 20 random trials to begin with, 24 candidates, a quarter of the root of n trials as the good ones"
    deviations = "ordered choices and parameters with steps are `uniformint` over their values"
    conditional = True

    def __init__(self, space, seed):
        self.axes = axes_of(space, conditional=True)
        self.trials = Trials()
        self.domain = Domain(lambda config: None, expression(self.axes))
        self.random = np.random.default_rng(seed)

    def ask(self):
        """As `fmin` does it."""
        ids = self.trials.new_trial_ids(1)
        (document,) = tpe.suggest(ids, self.domain, self.trials, int(self.random.integers(2**31 - 1)), verbose=False)
        self.insert(document)
        values = document["misc"]["vals"]
        return ids[0], {axis.name: axis.value(values[axis.name][0]) for axis in self.axes if len(values[axis.name]) > 0}

    def tell(self, trial, value):
        self.finish(trial, {"status": hyperopt.STATUS_OK, "loss": value})

    def reject(self, trial):
        self.finish(trial, {"status": hyperopt.STATUS_FAIL})

    def observe(self, config, value):
        (trial,) = self.trials.new_trial_ids(1)
        numbers = numbers_of(self.axes, config)
        known = {axis.name: [numbers[axis.name]] if axis.name in numbers else [] for axis in self.axes}
        misc = {"tid": trial, "cmd": self.domain.cmd, "workdir": self.domain.workdir}
        misc = {**misc, "idxs": {name: [trial] * len(of) for name, of in known.items()}, "vals": known}
        self.insert(self.trials.new_trial_docs([trial], [None], [{}], [misc])[0])
        self.tell(trial, value)

    def insert(self, document):
        self.trials.insert_trial_docs([document])
        self.trials.refresh()

    def finish(self, trial, result):
        document = self.trials.trials[trial]
        document["result"], document["state"] = result, JOB_STATE_DONE
        self.trials.refresh()


def expression(axes):
    """A parameter that exists for several options of its parent is one node, which stands in each of their branches."""
    nodes = {}

    def node(axis):
        if axis.name not in nodes:
            nodes[axis.name] = branches(axis) if any(other.parent == axis.name for other in axes) else distribution(axis)
        return nodes[axis.name]

    def branches(axis):
        if not axis.chosen:
            raise ValueError(f"{axis.name}: hyperopt hangs conditional parameters on choices only")
        children = [other for other in axes if other.parent == axis.name]
        return hp.choice(axis.name, [[node(child) for child in children if option in child.when] for option in axis.values])

    return [node(axis) for axis in axes if axis.parent is None]


def distribution(axis):
    if axis.kind == "category":
        return hp.choice(axis.name, list(range(len(axis.values))))
    low, high = (math.log(axis.low), math.log(axis.high)) if axis.log else (axis.low, axis.high)
    if axis.kind == "real":
        return hp.loguniform(axis.name, low, high) if axis.log else hp.uniform(axis.name, low, high)
    return hp.qloguniform(axis.name, low, high, 1) if axis.log else hp.uniformint(axis.name, low, high)
