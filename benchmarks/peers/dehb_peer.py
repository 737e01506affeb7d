"""DEHB as shipped, behind ask and tell. It trains to several fidelities. If the problem is resumable, promoted configurations continue from
their checkpoints. No conditional parameters, and no steps."""

import importlib.metadata
import math
import tempfile

import ConfigSpace
import dehb
from ConfigSpace.hyperparameters import CategoricalHyperparameter, OrdinalHyperparameter
from ConfigSpace.hyperparameters import UniformFloatHyperparameter, UniformIntegerHyperparameter


class Peer:
    version = importlib.metadata.version("dehb")

    def __init__(self, space, seed, fidelity, resumable):
        self.whole = fidelity.get("whole", isinstance(fidelity["min"], int) and isinstance(fidelity["max"], int))
        self.resumable = resumable
        self.reached = {}
        self.best = (math.inf, math.inf, None)
        configspace = ConfigSpace.ConfigurationSpace()
        configspace.add([hyperparameter(param) for param in space])
        self.folder = tempfile.TemporaryDirectory()
        self.dehb = dehb.DEHB(
            cs=configspace,
            min_fidelity=fidelity["min"],
            max_fidelity=fidelity["max"],
            n_workers=1,
            seed=seed % 2**32,
            save_freq="end",
            output_path=self.folder.name,
        )

    def ask(self):
        job = self.dehb.ask()
        return job, plain(job["config"])

    def goal(self, job, trial):
        """How far a job trains, and the checkpoint that it continues from, or None: then it starts the trial of this number."""
        until, known = self.until(job), self.reached.get(job["config_id"])
        start = known if self.resumable and known is not None and known["fidelity"] < until else None
        self.reached[job["config_id"]] = {"trial": trial if start is None else start["trial"], "fidelity": until}
        return until, start

    def tell(self, job, value):
        self.dehb.tell(job, {"fitness": value, "cost": 1.0})
        self.best = min(self.best, (-self.until(job), value, plain(job["config"])), key=lambda one: one[:2])

    def reject(self, job):
        """DEHB promotes no infinite value."""
        self.dehb.tell(job, {"fitness": math.inf, "cost": 1.0})

    def recommend(self):
        return self.best[2]

    def until(self, job):
        return round(job["fidelity"]) if self.whole else float(job["fidelity"])


def plain(config):
    return {name: value.item() if hasattr(value, "item") else value for name, value in dict(config).items()}


def hyperparameter(param):
    name, kind, scale = param["name"], param["kind"], param.get("scale", "linear")
    if kind == "given":
        raise ValueError(f"{name}: expected no conditional parameters")
    if kind == "choice":
        of = OrdinalHyperparameter if param.get("ordered", False) else CategoricalHyperparameter
        return of(name, param["options"])
    if scale not in ("linear", "log") or "step" in param:
        raise ValueError(f"{name}: expected a linear or log scale without steps")
    of = UniformIntegerHyperparameter if kind == "int" else UniformFloatHyperparameter
    return of(name, param["low"], param["high"], log=scale == "log")
