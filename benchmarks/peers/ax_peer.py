"""Ax as shipped, behind ask and tell: real parameters and whole numbers, with linear inequalities between them."""

import importlib.metadata
import logging

import torch
from ax.api.client import Client
from ax.api.configs import RangeParameterConfig

logging.getLogger("ax").setLevel(logging.ERROR)


class Peer:
    version = importlib.metadata.version("ax-platform")
    configuration = "`Client` with its defaults; also with linear inequalities between parameters"
    deviations = "real parameters and whole numbers without steps only; a failed trial is abandoned"

    def __init__(self, space, seed, where=()):
        torch.manual_seed(seed % 2**63)
        self.client = Client()
        self.client.configure_experiment(
            parameters=[parameter(param) for param in space],
            parameter_constraints=[inequality(constraint) for constraint in where],
        )
        self.client.configure_optimization(objective="-value")
        self.client.configure_generation_strategy(initialization_random_seed=seed % 2**31, torch_device="cpu")

    def ask(self):
        ((trial, config),) = self.client.get_next_trials(max_trials=1).items()
        return trial, config

    def tell(self, trial, value):
        self.client.complete_trial(trial_index=trial, raw_data={"value": value})

    def reject(self, trial):
        """Ax does not propose exactly this point again, and its model learns nothing from it."""
        self.client.mark_trial_abandoned(trial_index=trial)

    def observe(self, config, value):
        self.client.complete_trial(trial_index=self.client.attach_trial(parameters=config), raw_data={"value": value})

    def recommend(self):
        return self.client.get_best_parameterization(use_model_predictions=False)[0]


def parameter(param):
    if param["kind"] not in ("real", "int") or param.get("scale", "linear") not in ("linear", "log") or "step" in param:
        raise ValueError(f"{param['name']}: this peer serves real parameters and whole numbers without steps")
    kind = "float" if param["kind"] == "real" else "int"
    return RangeParameterConfig(
        name=param["name"], bounds=(param["low"], param["high"]), parameter_type=kind, scaling=param.get("scale", "linear")
    )


def inequality(constraint):
    """Ax takes no other kind of constraint between parameters: "Parameter constraints must be linear"."""
    if not isinstance(constraint, dict) or "linear" not in constraint or set(constraint) - {"linear", "max"}:
        raise ValueError(f"Ax has linear inequalities between parameters only, not {constraint}")
    return " + ".join(f"{weight} * {name}" for name, weight in constraint["linear"].items()) + f" <= {constraint['max']}"
