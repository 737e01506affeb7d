"""What an objective returns, and what a study knows of its trials."""

from __future__ import annotations

import numbers
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Literal, Union

from ._errors import InputError, StateError
from ._words import counted
from .space import Config, Space

Status = Literal["running", "paused", "finished", "failed", "stopped", "discarded"]
Reason = Literal["threw", "timeout", "lost", "nonfinite", "infeasible"]


class Infeasible(Exception):
    """An objective raises it for a configuration that cannot be measured. The strategy learns to keep away from such configurations."""


@dataclass(frozen=True)
class Result:
    """Everything that an objective measured. If it is one number, return the number.

    Attributes:
        values: One number, or one number per objective.
        constraints: One number per name in the ``constraints`` of the study. The trial is feasible if all are at most 0.
        variance: The noise variance of each value, if it is known.
        cost_seconds: How long the measurement took, if it is not the time of the call.
    """

    values: float | Sequence[float]
    constraints: Sequence[float] = ()
    variance: float | Sequence[float] | None = None
    cost_seconds: float | None = None


Returned = Union[float, Sequence[float], Result]


@dataclass(frozen=True)
class Measurement:
    """A measurement of a trial.

    Attributes:
        fidelity: How far the trial was trained; 1 if the study has no fidelity.
        values: One number per objective.
        constraints: One number per constraint.
        variance: The noise variance of each value, or ``None``.
        cost_seconds: How long it took; 0 if that is not known.
    """

    fidelity: float
    values: tuple[float, ...]
    constraints: tuple[float, ...] = ()
    variance: tuple[float, ...] | None = None
    cost_seconds: float = 0.0


@dataclass(frozen=True)
class Failure:
    """Why a trial failed: ``reason``, and what was raised as one line of text."""

    reason: Reason
    error: str | None = None


@dataclass(frozen=True)
class Best:
    """A best trial. ``value`` is the first of ``values``."""

    number: int
    config: Config
    values: tuple[float, ...]

    @property
    def value(self) -> float:
        return self.values[0]


@dataclass(frozen=True)
class TrialRecord:
    """A trial as the study knows it.

    Attributes:
        number: Its number, from 0.
        config: Its configuration. A conditional parameter that is not active is absent.
        status: ``"running"``, ``"paused"``, ``"finished"``, ``"failed"``, ``"stopped"`` or ``"discarded"``.
        curve: Its measurements, by ascending fidelity.
        failure: Why it failed, or ``None``.
        parent: The trial from whose checkpoint it began, or ``None``.
        started_at: When it started, if the study is in a folder.
        duration_seconds: How long its jobs ran, if the study is in a folder and the trial has ended.
        annotations: What was noted of it: :meth:`Trial.annotate` and :meth:`Study.annotate`.
        observed: Whether it came from elsewhere: :meth:`Study.observe`.
    """

    number: int
    config: Config
    status: Status
    curve: tuple[Measurement, ...] = ()
    failure: Failure | None = None
    parent: int | None = None
    started_at: datetime | None = None
    duration_seconds: float | None = None
    annotations: Mapping[str, Any] = field(default_factory=dict)
    observed: bool = False

    @property
    def values(self) -> tuple[float, ...] | None:
        """The values of the last measurement, or ``None``."""
        return self.curve[-1].values if self.curve else None

    @property
    def value(self) -> float | None:
        """The first of ``values``, or ``None``."""
        return self.curve[-1].values[0] if self.curve else None

    @property
    def fidelity(self) -> float | None:
        """How far it was trained, or ``None``."""
        return self.curve[-1].fidelity if self.curve else None


def record_of(wire: Mapping[str, Any], space: Space) -> TrialRecord:
    """A trial of the method ``trials``."""
    failure = wire.get("failure")
    started = wire.get("startedAtMs")
    return TrialRecord(
        number=wire["trial"],
        config=space.read(wire["config"]),
        status=wire["status"],
        curve=tuple(_measurement_of(entry) for entry in wire["curve"]),
        failure=None if failure is None else Failure(failure["reason"], failure.get("error")),
        parent=wire.get("parent"),
        started_at=None if started is None else datetime.fromtimestamp(started / 1000, timezone.utc),
        duration_seconds=wire.get("durationSeconds"),
        annotations=wire.get("annotations") or {},
        observed=wire.get("observed", False),
    )


def best_of(wire: Mapping[str, Any], space: Space) -> Best:
    """A trial of the method ``best``."""
    return Best(wire["trial"], space.read(wire["config"]), _floats(wire["values"]))


def told_by(returned: Any) -> dict[str, Any]:
    """What the server is told of a result.

    Raises:
        InputError: It is no result.
    """
    result = returned if isinstance(returned, Result) else Result(returned)
    told: dict[str, Any] = {"values": _numbers(result.values, "values")}
    if len(result.constraints) > 0:
        told["constraints"] = _numbers(result.constraints, "constraints")
    if result.variance is not None:
        told["variance"] = _numbers(result.variance, "variance")
    if result.cost_seconds is not None:
        told["costSeconds"] = _numbers(result.cost_seconds, "cost_seconds")[0]
    return told


def nothing_succeeded(trials: Sequence[TrialRecord], remedy: str = "Call optimize, or ask and tell.") -> StateError:
    """What to raise where a best trial is asked for, and there is none."""
    got = f"none in {counted(len(trials), 'trial')}"
    return StateError(
        " ".join(filter(None, (f"study: expected a feasible trial, got {got}.", _failures_of(trials), remedy))),
        code="nothingSucceeded",
        expected="a feasible trial",
        got=got,
        remedy=remedy,
    )


_WITHOUT_TEXT: dict[Reason, str] = {
    "threw": "threw",
    "timeout": "out of time",
    "lost": "lost",
    "nonfinite": "numbers that are not finite",
    "infeasible": "infeasible",
}


def _failures_of(trials: Sequence[TrialRecord]) -> str:
    """The three most frequent failures. Those that differ in numbers only, such as that of the trial, are one (``failures.ts``)."""
    kinds: dict[str, list[str]] = {}
    for trial in trials:
        if trial.failure is not None:
            text = trial.failure.error or _WITHOUT_TEXT[trial.failure.reason]
            kinds.setdefault(re.sub(r"[0-9]+", "0", text), []).append(text)
    found = [f"{texts[0]} ({counted(len(texts), 'trial')})" for texts in sorted(kinds.values(), key=len, reverse=True)]
    if len(found) > 3:
        found[3:] = [counted(len(found) - 3, "other error")]
    return f"Failures: {'; '.join(found)}." if found else ""


def _numbers(given: Any, name: str) -> list[float]:
    single = _as_number(given)
    if single is not None:
        return [single]
    try:
        listed = [_as_number(entry) for entry in given] if not isinstance(given, (str, bytes, Mapping)) else None
    except TypeError:
        listed = None
    if listed is None or any(entry is None for entry in listed):
        what = "the objective" if name == "values" else f"{name} of the result"
        raise InputError(
            f"{what}: expected a number, a list of numbers or a caviar.Result, got {given!r}. Return what is to be optimised.",
            code="badMeasurement",
        )
    return [entry for entry in listed if entry is not None]


def _as_number(given: Any) -> float | None:
    """Also a tensor or an array of one number, as PyTorch and NumPy give."""
    if isinstance(given, numbers.Real):
        return float(given)
    if getattr(given, "shape", None) == () and callable(getattr(given, "item", None)):
        item = given.item()
        return float(item) if isinstance(item, numbers.Real) else None
    return None


def _measurement_of(wire: Mapping[str, Any]) -> Measurement:
    variance = wire.get("variance")
    return Measurement(
        fidelity=wire["fidelity"],
        values=_floats(wire["values"]),
        constraints=_floats(wire["constraints"]),
        variance=None if variance is None else _floats(variance),
        cost_seconds=float(wire["costSeconds"]),
    )


def _floats(listed: Sequence[Any]) -> tuple[float, ...]:
    return tuple(float(entry) for entry in listed)
