"""BoTorch's qLogExpectedImprovement, for src/acquisition/logBatchExpectedImprovement.test.ts.

    pip install torch botorch
    python3 packages/bayesopt/golden/batch.py     # writes src/acquisition/botorchBatch.golden.json

BoTorch averages over draws of all q values of a batch, by its own scrambled Sobol points with a fixed seed. Caviar integrates one value of
each term exactly. Both converge to the same number, so there are as many draws as memory allows, and BoTorch's temperatures are small.
`byMean` is BoTorch's gradient by the means. BoTorch maximises: values change their signs on the way in.
"""

import json
from pathlib import Path

import numpy as np
import torch
from botorch.acquisition.logei import qLogExpectedImprovement
from botorch.models.model import Model
from botorch.posteriors.gpytorch import GPyTorchPosterior
from botorch.sampling.normal import SobolQMCNormalSampler
from gpytorch.distributions import MultivariateNormal

TARGET = Path(__file__).resolve().parent.parent / "src" / "acquisition" / "botorchBatch.golden.json"
DRAWS = 2**17


class Normal(Model):
    """A model with one posterior."""

    num_outputs = 1

    def __init__(self, mean, covariance):
        super().__init__()
        self.mean, self.covariance = mean, covariance

    def posterior(self, X, **_):
        return GPyTorchPosterior(MultivariateNormal(self.mean, self.covariance))


def main():
    rng = np.random.default_rng(5)
    rows = []
    for q in (1, 2, 3, 4, 8):
        mean = np.round(rng.uniform(-0.5, 1, q), 3)
        root = np.round(rng.uniform(-0.5, 0.5, (q, q)), 3)
        covariance = np.round(root @ root.T + 0.1 * np.eye(q), 6)
        incumbent = round(float(rng.uniform(-0.5, 0.5)), 3)
        value, by_mean = botorch(incumbent, mean, covariance)
        inputs = {"incumbent": incumbent, "mean": mean.tolist(), "covariance": covariance.tolist()}
        rows.append(inputs | {"logExpectedImprovement": value, "byMean": by_mean})
    TARGET.write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n")


def botorch(incumbent, mean, covariance):
    means = torch.tensor(-mean, requires_grad=True)
    sampler = SobolQMCNormalSampler(torch.Size([DRAWS]), seed=7)
    model = Normal(means, torch.tensor(covariance))
    acquisition = qLogExpectedImprovement(model, best_f=-incumbent, sampler=sampler, fat=False, tau_max=1e-5, tau_relu=1e-7)
    value = acquisition(torch.zeros(len(mean), 1, dtype=torch.float64)).squeeze()
    value.backward()
    return value.item(), (-means.grad).tolist()


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    main()
