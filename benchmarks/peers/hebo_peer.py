"""HEBO, as shipped, behind ask and tell."""

import importlib.metadata
import logging

import numpy as np
import pandas
import pymoo.optimize
import torch
from hebo.acq_optimizers import evolution_optimizer
from hebo.design_space.design_space import DesignSpace
from hebo.optimizers.hebo import HEBO
from spaces import axes_of, config_of, numbers_of

logging.disable(logging.WARNING)

KINDS = {("real", False): "num", ("real", True): "pow", ("whole", False): "int", ("whole", True): "pow_int"}


class Peer:
    version = importlib.metadata.version("HEBO")
    configuration = "`HEBO` with its defaults: d + 1 Sobol points to begin with, a warped Gaussian process, `MACE` with NSGA-II"
    deviations = (
        "installed without its own limits on versions; the seed of NSGA-II comes from NumPy's generator, as pymoo 0.6.0 did it; "
        "ordered choices and parameters with steps are whole numbers; a failed trial is left out, as HEBO does it"
    )

    def __init__(self, space, seed):
        self.axes = axes_of(space)
        np.random.seed(seed % 2**32)
        torch.manual_seed(seed % 2**63)
        evolution_optimizer.minimize = minimize
        self.hebo = HEBO(DesignSpace().parse([described(axis) for axis in self.axes]), scramble_seed=seed % 2**31)

    def ask(self):
        config = config_of(self.axes, self.hebo.suggest().iloc[0])
        return config, config

    def tell(self, config, value):
        self.hebo.observe(pandas.DataFrame([numbers_of(self.axes, config)]), np.array([[value]]))

    def reject(self, config):
        self.tell(config, np.nan)

    observe = tell


def minimize(*arguments, **options):
    return pymoo.optimize.minimize(*arguments, seed=np.random.randint(10_000_000), **options)


def described(axis):
    if axis.kind == "category":
        return {"name": axis.name, "type": "cat", "categories": list(range(len(axis.values)))}
    return {"name": axis.name, "type": KINDS[axis.kind, axis.log], "lb": axis.low, "ub": axis.high}
