"""Prints what Optuna reads in journals: `python optunaReads.py LIST`, where LIST is a file of their paths, as one
line of JSON per study.

Warnings are errors: Optuna warns if it replaces a distribution. Each trial is checked as Optuna checks a trial that is added to a study.
"""

import json
import sys
import warnings
from datetime import timezone
from pathlib import Path

import optuna
from optuna.distributions import CategoricalDistribution
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import TrialState

warnings.simplefilter("error")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def shown(distribution):
    if isinstance(distribution, CategoricalDistribution):
        return {"name": "CategoricalDistribution", "choices": list(distribution.choices)}
    fields = {key: getattr(distribution, key) for key in ("low", "high", "log", "step")}
    return {"name": type(distribution).__name__, **fields}


def utc(time):
    return None if time is None else round(time.astimezone(timezone.utc).timestamp() * 1000)


def trial_of(trial):
    if trial.state != TrialState.RUNNING:
        trial._validate()
    for name, value in trial.params.items():
        distribution = trial.distributions[name]
        assert distribution._contains(distribution.to_internal_repr(value)), (name, value, distribution)
    return {
        "number": trial.number,
        "state": trial.state.name,
        "values": trial.values,
        "params": trial.params,
        "distributions": {name: shown(distribution) for name, distribution in trial.distributions.items()},
        "intermediate": {str(step): value for step, value in trial.intermediate_values.items()},
        "constraints": trial.system_attrs.get("constraints"),
        "attributes": trial.user_attrs,
        "startMs": utc(trial.datetime_start),
        "endMs": utc(trial.datetime_complete),
    }


for path in Path(sys.argv[1]).read_text().splitlines():
    storage = JournalStorage(JournalFileBackend(path))
    for frozen in storage.get_all_studies():
        study = optuna.load_study(study_name=frozen.study_name, storage=storage)
        print(
            json.dumps(
                {
                    "name": study.study_name,
                    "directions": [direction.name for direction in study.directions],
                    "metrics": study.metric_names,
                    "attributes": study.user_attrs,
                    "best": [trial.number for trial in study.best_trials] if len(study.directions) > 1 else None,
                    "trials": [trial_of(trial) for trial in study.get_trials(deepcopy=False)],
                }
            )
        )
