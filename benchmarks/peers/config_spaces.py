"""Spaces of the package ConfigSpace, which several optimisers use. Choices are the numbers of their options."""

from ConfigSpace import Configuration, ConfigurationSpace, InCondition
from ConfigSpace.hyperparameters import CategoricalHyperparameter, OrdinalHyperparameter
from ConfigSpace.hyperparameters import UniformFloatHyperparameter, UniformIntegerHyperparameter
from spaces import numbers_of


def configuration_space(axes, seed=None):
    space = ConfigurationSpace(seed=seed)
    parameters = {axis.name: hyperparameter(axis) for axis in axes}
    space.add(list(parameters.values()))
    by_name = {axis.name: axis for axis in axes}
    for axis in axes:
        if axis.parent is not None:
            parent = by_name[axis.parent]
            values = [parent.inside(value) for value in axis.when]
            space.add(InCondition(parameters[axis.name], parameters[axis.parent], values))
    return space


def hyperparameter(axis):
    if axis.chosen:
        of = CategoricalHyperparameter if axis.kind == "category" else OrdinalHyperparameter
        return of(axis.name, list(range(len(axis.values))))
    of = UniformFloatHyperparameter if axis.kind == "real" else UniformIntegerHyperparameter
    return of(axis.name, axis.low, axis.high, log=axis.log)


def configuration(space, axes, config):
    return Configuration(space, values=numbers_of(axes, config))
