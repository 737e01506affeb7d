"""BoTorch's tutorial loop with its defaults: SingleTaskGP, LogExpectedImprovement, 1024 raw points, 20 restarts. Boxes only.

The first max(5, 2 d) points are scrambled Sobol points. BoTorch maximises, so values are negated.
"""

import botorch
import torch
from botorch.acquisition import LogExpectedImprovement
from botorch.fit import fit_gpytorch_mll
from botorch.models import SingleTaskGP
from botorch.optim import optimize_acqf
from gpytorch.mlls import ExactMarginalLogLikelihood

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


class Peer:
    version = botorch.__version__
    configuration = "`SingleTaskGP`, `LogExpectedImprovement`, 1024 raw points, 20 restarts; max(5, 2 d) Sobol points to begin with"
    deviations = "real parameters on linear scales only; a failed trial is left out"

    def __init__(self, space, seed):
        for param in space:
            if param["kind"] != "real" or param.get("scale", "linear") != "linear" or "step" in param:
                raise ValueError(f"{param['name']}: this adapter takes real parameters on linear scales only")
        self.space = space
        torch.manual_seed(seed % 2**63)
        dimensions = len(space)
        self.sobol = torch.quasirandom.SobolEngine(dimensions, scramble=True, seed=seed % 2**63)
        self.initial = max(5, 2 * dimensions)
        self.units = torch.empty(0, dimensions)
        self.values = torch.empty(0, 1)

    def ask(self):
        unit = self.sobol.draw(1, dtype=torch.float64)[0] if len(self.values) < self.initial else self.improved()
        return unit, self.config(unit)

    def improved(self):
        bounds = torch.stack([torch.zeros(len(self.space)), torch.ones(len(self.space))])
        acquisition = LogExpectedImprovement(self.fitted(), best_f=self.values.max())
        points, _ = optimize_acqf(acquisition, bounds=bounds, q=1, num_restarts=20, raw_samples=1024)
        return points[0].detach()

    def fitted(self):
        model = SingleTaskGP(self.units, self.values)
        fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
        return model

    def config(self, unit):
        places = unit.clamp(0, 1).tolist()
        return {p["name"]: min(p["high"], p["low"] + (p["high"] - p["low"]) * u) for p, u in zip(self.space, places)}

    def observe(self, config, value):
        places = [(config[p["name"]] - p["low"]) / (p["high"] - p["low"]) for p in self.space]
        self.tell(torch.tensor(places), value)

    def tell(self, unit, value):
        self.units = torch.cat([self.units, unit[None, :]])
        self.values = torch.cat([self.values, torch.tensor([[-value]])])

    def recommend(self):
        model = self.fitted()
        with torch.no_grad():
            means = model.posterior(self.units).mean[:, 0]
        return self.config(self.units[means.argmax()])
