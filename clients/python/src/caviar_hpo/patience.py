"""Patience: a study ends once so many trials in a row have gained nothing. It is the rule of ``patience.ts``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .results import TrialRecord

if TYPE_CHECKING:
    from .study import Study

_Values = tuple[float, ...]
_Tally = tuple[list[_Values], int]
"""The values that have to be beaten, less being better, and how many trials since then have gained nothing."""


class Patience:
    """Takes the trials in the order in which they started. A trial counts once it has failed, or was measured at the highest fidelity.

    Args:
        study: Whose trials.
        trials: So many in a row.
        min_gain: What a trial has to gain at least, in the unit of the objectives.
    """

    def __init__(self, study: Study, trials: int, min_gain: float) -> None:
        problem = study._made["problem"]
        self._study = study
        self._most = trials
        self._min_gain = min_gain
        self._signs = [-1 if objective["goal"] == "maximize" else 1 for objective in problem["objectives"]]
        self._complete = 1 if problem.get("fidelity") is None else problem["fidelity"]["max"]
        self._first = 0
        """All trials before this one are in the tally, and will not change."""
        self._tally: _Tally = [], 0

    def is_over(self) -> bool:
        """Whether the rule holds now."""
        tally, is_settled = self._tally, True
        for trial in self._study._records(self._first):
            counts = trial.status == "failed" or (trial.fidelity or 0) >= self._complete
            if counts:
                tally = self._with(tally, trial)
            is_settled = is_settled and (counts or trial.status in ("stopped", "discarded"))
            if is_settled:
                self._first, self._tally = trial.number + 1, tally
        return tally[1] >= self._most

    def _with(self, tally: _Tally, trial: TrialRecord) -> _Tally:
        front, in_vain = tally
        values = self._values_of(trial)
        if values is None or not all(_is_better(values, point, self._min_gain) for point in front):
            return front, in_vain if trial.observed else in_vain + 1
        return [*(point for point in front if _is_better(point, values, 0)), values], 0

    def _values_of(self, trial: TrialRecord) -> _Values | None:
        """None if it is not feasible."""
        if not trial.curve or any(constraint > 0 for constraint in trial.curve[-1].constraints):
            return None
        return tuple(sign * value for sign, value in zip(self._signs, trial.curve[-1].values))


def _is_better(one: _Values, other: _Values, by: float) -> bool:
    return any(there - here > by for here, there in zip(one, other))
