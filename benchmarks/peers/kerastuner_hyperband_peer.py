"""KerasTuner's Hyperband, as shipped, behind ask and tell."""

import importlib.metadata

from kerastuner_oracle import Oracle
from keras_tuner.oracles import HyperbandOracle


class Peer(Oracle):
    version = importlib.metadata.version("keras-tuner")
    configuration = "`HyperbandOracle` with its defaults: factor 3"
    deviations = (
        "no limits on iterations and failures; an epoch is the smallest fidelity; promoted configurations continue from their last checkpoint, "
        "and only the value at the end of a job counts; ordered choices and parameters with steps are whole numbers; "
        "a failed trial is left out, as KerasTuner does it"
    )

    def __init__(self, space, seed, fidelity):
        self.epoch, self.high = fidelity["min"], fidelity["max"]
        super().__init__(HyperbandOracle, space, seed, max_epochs=self.high / self.epoch, hyperband_iterations=None)
        self.first = {}

    def reach(self, trial):
        """A promoted configuration is a new trial of KerasTuner, which names the trial that it continues."""
        values = trial.hyperparameters.values
        before = values.get("tuner/trial_id")
        self.first[trial.trial_id] = self.first.get(before, trial.trial_id)
        return self.first[trial.trial_id], min(self.high, self.epoch * values["tuner/epochs"])
