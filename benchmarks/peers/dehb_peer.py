"""DEHB as shipped, behind ask and tell."""

import importlib.metadata
import math
import tempfile

import dehb
from config_spaces import configuration_space
from spaces import axes_of, config_of


class Peer:
    version = importlib.metadata.version("dehb")
    configuration = "`DEHB` with its defaults"
    deviations = "promoted configurations continue from their checkpoints; parameters with steps are whole numbers; a failed trial counts as infinite"

    def __init__(self, space, seed, fidelity):
        self.axes = axes_of(space)
        self.folder = tempfile.TemporaryDirectory()
        self.dehb = dehb.DEHB(
            cs=configuration_space(self.axes),
            min_fidelity=fidelity["min"],
            max_fidelity=fidelity["max"],
            n_workers=1,
            seed=seed % 2**32,
            save_freq="end",
            output_path=self.folder.name,
        )

    def ask(self):
        job = self.dehb.ask()
        return job, config_of(self.axes, job["config"])

    def reach(self, job):
        return job["config_id"], job["fidelity"]

    def tell(self, job, value):
        self.dehb.tell(job, {"fitness": value, "cost": 1.0})

    def reject(self, job):
        """DEHB promotes no infinite value."""
        self.dehb.tell(job, {"fitness": math.inf, "cost": 1.0})
