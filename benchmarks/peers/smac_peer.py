"""SMAC's black-box facade, as shipped, behind ask and tell."""

import importlib.metadata
import math
import tempfile
from pathlib import Path

from config_spaces import configuration, configuration_space
from smac import BlackBoxFacade, Scenario
from smac.runhistory import StatusType, TrialInfo, TrialValue
from spaces import axes_of, config_of


class Peer:
    version = importlib.metadata.version("smac")
    configuration = "`BlackBoxFacade` with its defaults: a Sobol design of 8 d points and at most a quarter of the budget, then a Gaussian process with `EI`"
    deviations = (
        "`deterministic=True`; points of the plan's initial design replace as many of its own; a failed trial counts as the worst value so far; "
        "parameters with steps are whole numbers"
    )
    conditional = True

    def __init__(self, space, seed):
        self.axes = axes_of(space, conditional=True)
        self.space = configuration_space(self.axes)
        self.seed = seed % 2**31
        self.trials = None
        self.smac = None
        self.observed = []
        self.worst = -math.inf

    def plan(self, trials):
        self.trials = trials

    def started(self):
        """SMAC chooses its design when it is made, so it is made when the results of the plan's design are known."""
        folder = tempfile.TemporaryDirectory()
        scenario = Scenario(self.space, deterministic=True, seed=self.seed, output_directory=Path(folder.name), **budget(self.trials))
        own = min(8 * len(self.axes), max(1, scenario.n_trials // 4))
        design = BlackBoxFacade.get_initial_design(scenario, n_configs=max(0, own - len(self.observed)))
        smac = BlackBoxFacade(scenario, evaluate_elsewhere, initial_design=design, overwrite=True, logging_level=False)
        for point, value in self.observed:
            smac.tell(TrialInfo(point, seed=0), TrialValue(value), save=False)
        return smac, folder

    def ask(self):
        if self.smac is None:
            self.smac, self.folder = self.started()
        info = self.smac.ask()
        return info, config_of(self.axes, dict(info.config))

    def tell(self, info, value):
        self.worst = max(self.worst, value)
        self.smac.tell(info, TrialValue(value), save=False)

    def reject(self, info):
        self.smac.tell(info, TrialValue(self.worst if math.isfinite(self.worst) else 0.0, status=StatusType.CRASHED), save=False)

    def observe(self, config, value):
        self.worst = max(self.worst, value)
        point = configuration(self.space, self.axes, config)
        if self.smac is None:
            self.observed.append((point, value))
        else:
            self.smac.tell(TrialInfo(point, seed=0), TrialValue(value), save=False)


def budget(trials):
    """SMAC's default is 100."""
    return {} if trials is None else {"n_trials": trials}


def evaluate_elsewhere(config, seed=0):
    raise AssertionError("SMAC is asked and told")
