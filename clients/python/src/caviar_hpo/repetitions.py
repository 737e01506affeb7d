"""Repetitions: a job measures its configuration several times, because the values are noisy. ``repetitions.ts`` computes the same bits."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._errors import InputError
from .results import told_by
from .trial import Trial


def evaluated(objective: Callable[[Trial], Any], trial: Trial) -> Mapping[str, Any]:
    """What the server is told at the end of a job; nothing if the strategy has ended the job before.

    Of several repetitions, it is the mean of what they return. What they measure on their way is reported once all have measured it.
    """
    repetitions = trial._job.repetitions
    if repetitions == 1:
        return _measured(objective, trial)
    means = _Means(repetitions)
    for repetition in range(repetitions):
        told = _measured(objective, Trial(trial._job, _Link(trial, means, repetition), trial.worker, repetition))
        mean = None if trial.stopped else means.take(trial.until, repetition, told)
        if trial.stopped or mean is not None:
            return mean or {}
    raise AssertionError("the last repetition completes the mean")


def _measured(objective: Callable[[Trial], Any], trial: Trial) -> dict[str, Any]:
    returned = objective(trial)
    return {} if returned is None and trial.stopped else told_by(returned)


@dataclass
class _Means:
    """The measurements of the repetitions, by fidelity."""

    repetitions: int
    measured: dict[float, dict[int, Mapping[str, Any]]] = field(default_factory=dict)

    def take(self, fidelity: float, repetition: int, told: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What is to be reported. ``None`` while some repetitions have not measured the fidelity.

        The first measurement of a repetition counts. What no study accepts is reported as it is.
        """
        measured = self.measured.setdefault(fidelity, {})
        if repetition not in measured:
            if _is_refused(told):
                return told
            measured[repetition] = told
        return _mean_of(list(measured.values())) if len(measured) == self.repetitions else None


@dataclass(frozen=True)
class _Link:
    """The link of one repetition."""

    trial: Trial
    means: _Means
    repetition: int

    def measure(self, told: Mapping[str, Any]) -> bool:
        fidelity = _settled(told["fidelity"], self.trial)
        mean = self.means.take(fidelity, self.repetition, {key: value for key, value in told.items() if key != "fidelity"})
        if mean is not None:
            self.trial._report({**mean, "fidelity": fidelity})
        return not self.trial.stopped and fidelity < self.trial.until

    def annotate(self, attributes: Mapping[str, Any]) -> None:
        self.trial.annotate(attributes)

    def load(self) -> bytes | None:
        return self.trial.load()

    def save(self, checkpoint: bytes, fidelity: float) -> None:
        self.trial.save(checkpoint, fidelity)


def _settled(fidelity: float, trial: Trial) -> float:
    """The known fidelity that a number misses only by rounding, or else the number."""
    if not math.isfinite(fidelity):
        return fidelity
    known = [round(fidelity)] if isinstance(trial.until, int) else trial.milestones
    return next((one for one in known if fidelity == one or abs(fidelity - one) < min(1, one * 1e-9)), fidelity)


def _is_refused(told: Mapping[str, Any]) -> bool:
    numbers = [*told["values"], *told.get("constraints", ()), *told.get("variance", ()), told.get("costSeconds", 0.0)]
    return not all(map(math.isfinite, numbers)) or any(one < 0 for one in (*told.get("variance", ()), told.get("costSeconds", 0.0)))


def _mean_of(measured: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The mean of measurements, with its variance: s^2 / n where s^2 = sum (x - mean)^2 / (n - 1).

    If all measurements state variances, it is their sum over n^2.
    """
    n = len(measured)
    values = _columns(measured, "values")
    constraints = _columns(measured, "constraints")
    stated = _columns(measured, "variance") if all("variance" in told for told in measured) else None
    variance = [_variance_of_mean(column) for column in values] if stated is None else [_sum(column) / (n * n) for column in stated]
    cost = _sum([told.get("costSeconds", 0.0) for told in measured])
    return {
        "values": [_mean(column) for column in values],
        **({"constraints": [_mean(column) for column in constraints]} if constraints else {}),
        **({"variance": variance} if all(map(math.isfinite, variance)) else {}),
        **({"costSeconds": cost} if cost > 0 else {}),
    }


def _columns(measured: Sequence[Mapping[str, Any]], key: str) -> list[list[float]]:
    rows = [told.get(key, []) for told in measured]
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise InputError(
            f"{key}: expected as many numbers in each repetition, got {' and '.join(map(str, sorted(lengths)))}.", code="badMeasurement"
        )
    return [list(column) for column in zip(*rows)]


def _mean(column: Sequence[float]) -> float:
    """Equal numbers have themselves as their mean, and no mean overflows."""
    near = column[0] + _sum([value - column[0] for value in column]) / len(column)
    return near if math.isfinite(near) else _sum([value / len(column) for value in column])


def _variance_of_mean(column: Sequence[float]) -> float:
    center = _mean(column)
    return _sum([(value - center) * (value - center) for value in column]) / (len(column) * (len(column) - 1))


def _sum(numbers: Sequence[float]) -> float:
    """In order, and without the compensation of ``sum`` in newer versions of Python."""
    total = 0.0
    for number in numbers:
        total += number
    return total
