"""A trial at work: what an objective gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .results import Returned, told_by
from .space import Config


@dataclass(frozen=True)
class Job:
    """One piece of work on a trial: train ``config`` from the fidelity ``start`` to ``until``."""

    id: int
    number: int
    config: Config
    start: float
    until: float
    milestones: tuple[float, ...]
    source: int | None
    """The trial whose checkpoint it continues from."""
    reported: float
    """What an earlier run of the same job has reported already; 0 before any report."""
    repetitions: int = 1
    """How often the objective measures it. The mean counts."""


def ended_by(directives: Iterable[Mapping[str, Any]]) -> list[int]:
    """The ids of the jobs that the directives of an answer end."""
    return [directive["job"] for directive in directives if directive["kind"] in ("stop", "pause")]


class Link(Protocol):
    """How a trial speaks with its study."""

    def measure(self, told: Mapping[str, Any]) -> bool: ...

    def annotate(self, attributes: Mapping[str, Any]) -> None: ...

    def load(self) -> bytes | None: ...

    def save(self, checkpoint: bytes, fidelity: float) -> None: ...


class Trial:
    """The argument of an objective.

    Attributes:
        number: The number of the trial, from 0.
        config: The configuration to evaluate, by name. ``trial["C"]`` is short for ``trial.config["C"]``.
        until: The fidelity to train to; 1 if the study has no fidelity.
        start: The fidelity that the trial continues from; 0 if it starts from scratch.
        milestones: The fidelities at which a measurement may decide whether the training continues. The last one is ``until``.
        worker: Which worker runs it, from 0. It can choose the GPU, for example.
        repetition: Which repetition this is, from 0. Derive a seed from it if ``optimize`` has ``repetitions``.
    """

    def __init__(self, job: Job, link: Link, worker: int = 0, repetition: int = 0) -> None:
        self._job = job
        self._link = link
        self._stopped = False
        self.number = job.number
        self.config = job.config
        self.until = job.until
        self.start = job.start
        self.milestones = job.milestones
        self.worker = worker
        self.repetition = repetition

    def __getitem__(self, name: str) -> Any:
        return self.config[name]

    def __repr__(self) -> str:
        return f"<caviar trial {self.number}: {self.config!r}>"

    @property
    def stopped(self) -> bool:
        """Whether the last :meth:`measure` said that the training can end."""
        return self._stopped

    def measure(self, result: Returned, fidelity: float) -> bool:
        """Reports what was measured at a fidelity.

        Args:
            result: As an objective returns it.
            fidelity: How far the training has come, at most ``until``.

        Returns:
            Whether to continue. If it is false, the objective can return at once; what it returns does not count.

        Example:
            >>> def train(trial):
            ...     for epoch in range(trial.start + 1, trial.until + 1):
            ...         loss = 1 / epoch
            ...         if not trial.measure(loss, fidelity=epoch):
            ...             break
            ...     return loss
        """
        return self._report({**told_by(result), "fidelity": fidelity})

    def annotate(self, attributes: Mapping[str, Any]) -> None:
        """Notes values of JSON by name, such as ``{"host": "node7", "parameters": 120_000}``. They replace earlier ones of the same names.

        Strategies do not see them. ``annotations`` of the :class:`TrialRecord` has them.
        """
        self._link.annotate(attributes)

    def load(self) -> bytes | None:
        """The checkpoint of the fidelity ``start``. ``None`` means to train from scratch: there is no checkpoint."""
        return self._link.load()

    def save(self, checkpoint: bytes, fidelity: float | None = None) -> None:
        """Saves a checkpoint of a fidelity, ``until`` by default. Save before you measure, because a measurement may end the trial.

        It has an effect only in a study that is ``resumable``. A study in a folder keeps its checkpoints there.
        """
        self._link.save(bytes(checkpoint), self.until if fidelity is None else fidelity)

    def _report(self, told: Mapping[str, Any]) -> bool:
        if not self._stopped:
            self._stopped = not self._link.measure(told)
        return not self._stopped
