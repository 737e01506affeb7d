"""Why a call of :meth:`caviar_hpo.Study.optimize` has ended, and the rules that look ahead (``outlook.ts``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Rule = Literal["trials", "done", "patience", "noGain", "gainPerSecond", "seconds", "finished", "failing"]


@dataclass(frozen=True)
class NoGain:
    """Ends the work once all further trials together gain more than ``min_gain`` with at most this ``probability``.

    Attributes:
        min_gain: In the unit of the objective. By default, it is a hundredth of the distance from the median value so far to the best.
        probability: From 0 to 1.
    """

    min_gain: float | None = None
    probability: float = 0.05

    def _wire(self) -> dict[str, Any]:
        gain = {} if self.min_gain is None else {"minGain": self.min_gain}
        return {**gain, "probability": self.probability}


@dataclass(frozen=True)
class Advice:
    """What a rule that looks ahead says of a study.

    Attributes:
        rule: ``"noGain"`` or ``"gainPerSecond"``.
        trials: How many trials the study had, or would have had, when the rule ended it. ``None`` if the rule has never held.
        reason: What the rule says when it holds, in one sentence.
    """

    rule: Literal["noGain", "gainPerSecond"]
    trials: int | None
    reason: str


@dataclass(frozen=True)
class Ending:
    """Why a call of ``optimize`` has ended.

    Attributes:
        rule: ``"trials"``, ``"done"``, ``"patience"``, ``"noGain"``, ``"gainPerSecond"``, ``"seconds"``, ``"finished"`` or ``"failing"``.
        reason: One sentence.
        advice: What the rules that look ahead say. Empty if the strategy foresees nothing.
    """

    rule: Rule
    reason: str
    advice: tuple[Advice, ...] = ()


def advice_of(wire: Sequence[Mapping[str, Any]]) -> tuple[Advice, ...]:
    """The advice of the method ``advice``."""
    return tuple(Advice(one["rule"], one["trials"], one["reason"]) for one in wire)
