"""DEHB as shipped, behind ask and tell. It trains to several fidelities. If the problem is resumable, promoted configurations continue from
their checkpoints."""

import importlib.metadata
import math
import tempfile

import dehb
from config_spaces import configuration_space, values_of
from spaces import axes_of


class Peer:
    version = importlib.metadata.version("dehb")
    configuration = "`DEHB` with its defaults, on problems with a fidelity; promoted configurations continue from their checkpoints"
    deviations = "parameters with steps are whole numbers; a failed trial counts as an infinite value"

    def __init__(self, space, seed, fidelity, resumable):
        self.whole = fidelity.get("whole", isinstance(fidelity["min"], int) and isinstance(fidelity["max"], int))
        self.resumable = resumable
        self.reached = {}
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
        return job, values_of(self.axes, job["config"])

    def goal(self, job, trial):
        """How far a job trains, and the checkpoint that it continues from, or None: then it starts the trial of this number."""
        until, known = self.until(job), self.reached.get(job["config_id"])
        start = known if self.resumable and known is not None and known["fidelity"] < until else None
        self.reached[job["config_id"]] = {"trial": trial if start is None else start["trial"], "fidelity": until}
        return until, start

    def tell(self, job, value):
        self.dehb.tell(job, {"fitness": value, "cost": 1.0})

    def reject(self, job):
        """DEHB promotes no infinite value."""
        self.dehb.tell(job, {"fitness": math.inf, "cost": 1.0})

    def until(self, job):
        return round(job["fidelity"]) if self.whole else float(job["fidelity"])
