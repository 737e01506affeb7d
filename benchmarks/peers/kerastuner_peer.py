"""KerasTuner's Bayesian optimisation, as shipped, behind ask and tell."""

import importlib.metadata

from kerastuner_oracle import Oracle
from keras_tuner.engine.trial import Trial, TrialStatus
from keras_tuner.oracles import BayesianOptimizationOracle
from spaces import numbers_of


class Peer(Oracle):
    version = importlib.metadata.version("keras-tuner")
    configuration = "`BayesianOptimizationOracle` with its defaults: 3 d random trials to begin with, a Gaussian process with a fixed kernel, 50 restarts"
    deviations = (
        "no limits on trials and failures; points of the plan's initial design count as completed trials; "
        "ordered choices and parameters with steps are whole numbers; a failed trial is left out, as KerasTuner does it"
    )

    def __init__(self, space, seed):
        super().__init__(BayesianOptimizationOracle, space, seed, max_trials=None)

    def observe(self, config, value):
        known = self.oracle.hyperparameters.copy()
        known.values = numbers_of(self.axes, config)
        trial = Trial(known, trial_id=f"observed {len(self.oracle.trials)}", status=TrialStatus.RUNNING)
        self.oracle.trials[trial.trial_id] = trial
        self.oracle.ongoing_trials[trial.trial_id] = trial
        self.tell(trial, value)
