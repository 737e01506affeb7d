"""SMAC's multi-fidelity facade, as shipped, behind ask and tell."""

import importlib.metadata
import math
import tempfile
from pathlib import Path

from config_spaces import configuration_space
from smac import MultiFidelityFacade, Scenario
from smac.runhistory import StatusType, TrialValue
from spaces import axes_of, config_of


class Peer:
    version = importlib.metadata.version("smac")
    configuration = "`MultiFidelityFacade` with its defaults: Hyperband with eta 3, a random forest; at most 25 random configurations to begin with"
    deviations = (
        "`deterministic=True`; promoted configurations continue from their checkpoints; a failed trial counts as the worst value so far; "
        "parameters with steps are whole numbers"
    )
    conditional = True

    def __init__(self, space, seed, fidelity):
        self.axes = axes_of(space, conditional=True)
        self.folder = tempfile.TemporaryDirectory()
        scenario = Scenario(
            configuration_space(self.axes),
            deterministic=True,
            seed=seed % 2**31,
            min_budget=fidelity["min"],
            max_budget=fidelity["max"],
            output_directory=Path(self.folder.name),
        )
        self.smac = MultiFidelityFacade(scenario, evaluate_elsewhere, overwrite=True, logging_level=False)
        self.worst = -math.inf

    def ask(self):
        info = self.smac.ask()
        return info, config_of(self.axes, dict(info.config))

    def reach(self, info):
        return info.config, info.budget

    def tell(self, info, value):
        self.worst = max(self.worst, value)
        self.smac.tell(info, TrialValue(value), save=False)

    def reject(self, info):
        self.smac.tell(info, TrialValue(self.worst if math.isfinite(self.worst) else 0.0, status=StatusType.CRASHED), save=False)


def evaluate_elsewhere(config, seed=0, budget=0):
    raise AssertionError("SMAC is asked and told")
