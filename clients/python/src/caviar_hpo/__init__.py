"""Caviar: hyperparameter optimisation that repeats to the bit, survives crashes, and needs no internet."""

from ._errors import CaviarError, InputError, InternalError, ServerError, StateError
from .ending import Advice, Ending, NoGain
from .results import Best, Failure, Infeasible, Measurement, Result, TrialRecord
from .space import Choice, Integer, Real, choice, integer, real
from .study import Fidelity, Study, fidelity
from .trial import Trial

__version__ = "0.1.0"

__all__ = [
    "Advice",
    "Best",
    "CaviarError",
    "Choice",
    "Ending",
    "Failure",
    "Fidelity",
    "Infeasible",
    "InputError",
    "Integer",
    "InternalError",
    "Measurement",
    "NoGain",
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
