"""The package bayesian-optimization, as shipped, behind ask and tell. It maximises, so values are negated."""

import importlib.metadata
import math

from bayes_opt import BayesianOptimization
from spaces import axes_of, numbers_of

INITIAL = 5


class Peer:
    version = importlib.metadata.version("bayesian-optimization")
    configuration = f"`BayesianOptimization` with its defaults: {INITIAL} random points to begin with, a Matérn 5/2 kernel, `UpperConfidenceBound`"
    deviations = (
        "log scales are passed as logarithms; ordered choices and parameters with steps as whole numbers; "
        "points may repeat; a failed trial counts as the worst value so far"
    )

    def __init__(self, space, seed):
        self.axes = axes_of(space)
        bounds = {axis.name: bounds_of(axis) for axis in self.axes}
        self.optimizer = BayesianOptimization(None, bounds, random_state=seed % 2**32, verbose=0, allow_duplicate_points=True)

    def ask(self):
        first = len(self.optimizer.space) < INITIAL
        point = self.optimizer.random_sample()[0] if first else self.optimizer.suggest()
        return point, {axis.name: axis.value(math.exp(point[axis.name]) if axis.log else point[axis.name]) for axis in self.axes}

    def tell(self, point, value):
        self.optimizer.register(point, -value)

    def reject(self, point):
        if len(self.optimizer.space) > 0:
            self.optimizer.register(point, self.optimizer.space.target.min())

    def observe(self, config, value):
        numbers = numbers_of(self.axes, config)
        self.tell({axis.name: math.log(numbers[axis.name]) if axis.log else numbers[axis.name] for axis in self.axes}, value)


def bounds_of(axis):
    if axis.kind == "category":
        return list(range(len(axis.values)))
    low, high = (math.log(axis.low), math.log(axis.high)) if axis.log else (axis.low, axis.high)
    return (low, high, int if axis.kind == "whole" and not axis.log else float)
