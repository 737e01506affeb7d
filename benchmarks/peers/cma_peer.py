"""CMA-ES by pycma and by the package cmaes, each with its defaults and its own criteria to end a run. Real parameters only.

The first distribution is that of Caviar's `cmaes`: the middle of the box, with a fifth of each range as the standard deviation. Restarts are
those of BIPOP, as in `cma.fmin2(..., bipop=True)` and in the README of cmaes: around random points, with random small and doubled large
populations. pycma keeps the bounds by its `BoundTransform`, cmaes by drawing again.
"""

import math

import numpy as np

SIGMA = 0.2


class Pycma:
    def __init__(self, mean, sigma, seed, population=None, generations=None):
        import cma

        # The box of BBOB, because pycma's treatment of bounds depends on their size.
        options = {"bounds": [-5, 5], "BoundaryHandler": "BoundTransform", "seed": seed, "verbose": -9}
        if population is not None:
            options["popsize"] = population
        if generations is not None:
            options["maxiter"] = generations
        self.es = cma.CMAEvolutionStrategy(10 * np.asarray(mean) - 5, 10 * sigma, options)
        self.population = self.es.popsize

    def ask(self):
        self.points = self.es.ask()
        return [(point + 5) / 10 for point in self.points]

    def tell(self, units, values):
        self.es.tell(self.points, values)

    def ended(self):
        return bool(self.es.stop())


class Cmaes:
    def __init__(self, mean, sigma, seed, population=None, generations=None):
        import cmaes

        bounds = np.array([[0.0, 1.0]] * len(mean))
        self.cma = cmaes.CMA(mean=np.asarray(mean), sigma=sigma, bounds=bounds, seed=seed, population_size=population)
        self.population = self.cma.population_size
        self.generations = math.inf if generations is None else generations

    def ask(self):
        return [self.cma.ask() for _ in range(self.population)]

    def tell(self, units, values):
        self.cma.tell(list(zip(units, values)))

    def ended(self):
        return self.cma.should_stop() or self.cma.generation >= self.generations


ENGINES = {
    "pycma": ("cma", "CMA-ES by pycma, with BIPOP restarts", Pycma),
    "cmaes": ("cmaes", "CMA-ES by the package cmaes, with the same restarts", Cmaes),
}


class Peer:
    deviations = (
        "real parameters only; it begins in the middle with a fifth of each range, and learns nothing from the plan's initial design; "
        "one job at a time or a generation; a failed trial counts as an infinite value"
    )

    def __init__(self, space, seed, engine):
        import importlib.metadata

        package, self.configuration, self.engine = ENGINES[engine]
        self.version = importlib.metadata.version(package)
        for param in space:
            if param["kind"] != "real" or param.get("scale", "linear") not in ("linear", "log") or "step" in param:
                raise ValueError(f"{param['name']}: this peer takes real parameters without steps, on linear and log scales")
        self.space = space
        self.random = np.random.RandomState(seed % 2**32)
        self.spent = {"small": 0, "large": 0}
        self.doublings, self.last_large = 0, 0
        self.begin("small", [0.5] * len(space), SIGMA)
        self.first = self.run.population

    def begin(self, size, mean, sigma, population=None, generations=None):
        # pycma takes a seed of 0 as none.
        seed = int(self.random.randint(1, 2**31))
        self.run = self.engine(mean, sigma, seed, population, generations)
        self.size, self.evaluations = size, 0
        self.draw()

    def draw(self):
        self.units, self.values, self.handed = self.run.ask(), {}, 0

    def restart(self):
        self.spent[self.size] += self.evaluations
        if self.size == "large":
            self.last_large = self.evaluations
        mean = self.random.uniform(0, 1, len(self.space))
        if self.spent["small"] < self.spent["large"]:
            half = max(1, 2**self.doublings / 2)
            population = int(self.first * half ** (self.random.uniform() ** 2))
            generations = max(1, self.last_large // 2 // population)
            self.begin("small", mean, SIGMA * 10 ** (-2 * self.random.uniform()), population, generations)
        else:
            self.doublings = min(9, self.doublings + 1)
            self.begin("large", mean, SIGMA, self.first * 2**self.doublings)

    def ask(self):
        if self.handed == len(self.units):
            raise ValueError("ask: a generation is open, so tell its results first")
        unit = np.clip(self.units[self.handed], 0, 1)
        self.handed += 1
        return self.handed - 1, self.config(unit)

    def tell(self, handle, value):
        self.values[handle] = value
        if len(self.values) < len(self.units):
            return
        self.run.tell(self.units, [self.values[k] for k in range(len(self.units))])
        self.evaluations += len(self.units)
        if self.run.ended():
            self.restart()
        else:
            self.draw()

    def reject(self, handle):
        self.tell(handle, math.inf)

    def observe(self, config, value):
        """A run takes no points from elsewhere."""

    def config(self, unit):
        return {param["name"]: place(param, float(u)) for param, u in zip(self.space, unit)}


def place(param, unit):
    low, high = param["low"], param["high"]
    if param.get("scale") == "log":
        return min(high, max(low, low * math.exp(unit * math.log(high / low))))
    return min(high, (1 - unit) * low + unit * high)
