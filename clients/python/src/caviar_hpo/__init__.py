"""Caviar: hyperparameter optimisation that repeats to the bit, survives crashes, and needs no internet."""

from ._errors import CaviarError, InputError, InternalError, ServerError, StateError
from .results import Best, Failure, Infeasible, Measurement, Result, TrialRecord
from .space import Choice, Integer, Real, choice, integer, real
from .study import Fidelity, Study, fidelity
from .trial import Trial

__version__ = "0.1.0"

__all__ = [
    "Best",
    "CaviarError",
    "Choice",
    "Failure",
    "Fidelity",
    "Infeasible",
    "InputError",
    "Integer",
    "InternalError",
    "Measurement",
    "Real",
    "Result",
    "ServerError",
    "StateError",
    "Study",
    "Trial",
    "TrialRecord",
    "choice",
    "fidelity",
    "integer",
    "real",
]
