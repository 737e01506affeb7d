"""The search space of an Optuna study, read from its trials. Optuna's spaces are defined by running the objective, so nobody declares them.

A parameter that not every trial has is conditional if an earlier parameter of the trials separates those with it from those without it: a
categorical one by its values, or an integer one by a threshold. A space may change while a study runs: a parameter is taken to be new if
the last ten trials have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

RECENT = 10
"""A parameter without a condition that some trials lack is part of the space once so many trials in a row have had it."""

MOST_LEVELS = 1000
"""Integers with more values are no conditions of other parameters."""


@dataclass(frozen=True)
class Condition:
    """A parameter exists only while the parameter ``parent`` has one of ``values``: internal values of Optuna, so choices are indices."""

    parent: str
    values: tuple[int, ...]


@dataclass
class Space:
    """A search space: distributions by name, parents first, and the conditions of those that have one."""

    distributions: dict[str, BaseDistribution]
    conditions: dict[str, Condition] = field(default_factory=dict)

    def exists(self, name: str, params: Mapping[str, Any]) -> bool:
        """Whether a parameter exists next to the values of those that come before it."""
        condition = self.conditions.get(name)
        if condition is None:
            return True
        if condition.parent not in params:
            return False
        return int(self.distributions[condition.parent].to_internal_repr(params[condition.parent])) in condition.values

    def within(self, names: Mapping[str, BaseDistribution]) -> Space:
        """The space of these parameters. One whose parent is not among them has no place in it."""
        kept = Space({})
        for name in [*(name for name in self.distributions if name in names), *(name for name in names if name not in self.distributions)]:
            condition = self.conditions.get(name)
            if condition is None:
                kept.distributions[name] = names[name]
            elif condition.parent in kept.distributions:
                kept.distributions[name] = names[name]
                kept.conditions[name] = condition
        return kept


@dataclass
class _Seen:
    """What trials have shown of a parameter."""

    latest: BaseDistribution
    previous: BaseDistribution
    hull: BaseDistribution
    before: tuple[str, ...]
    """The parameters that the latest trial with this one had before it."""
    trials: int = 0
    in_a_row: int = 0
    values: set[int] = field(default_factory=set)
    """The internal values, if it can be a parent."""
    values_with: dict[str, set[int]] = field(default_factory=dict)
    """By another parameter: the values that it had in trials with this one."""
    values_without: dict[str, set[int]] = field(default_factory=dict)
    """By another parameter: the values that it had in trials without this one."""
    strangers: set[str] = field(default_factory=set)
    """The parameters that some trial with this one lacked: they cannot be its parent."""

    def distribution(self) -> BaseDistribution:
        """The latest, or all ranges together while they differ from trial to trial."""
        return self.latest if self.latest == self.previous else self.hull


class DefineByRun:
    """Reads trials one by one. Each costs the square of the number of parameters, whatever came before."""

    def __init__(self) -> None:
        self._trials = 0
        self._seen: dict[str, _Seen] = {}

    def read(self, params: Mapping[str, Any], distributions: Mapping[str, BaseDistribution]) -> None:
        """Learns from a complete trial, whose parameters are in the order in which the objective asked for them."""
        parents = {name: int(distributions[name].to_internal_repr(params[name])) for name in params if _can_be_parent(distributions[name])}
        for position, name in enumerate(params):
            self._meet(name, distributions[name], tuple(params)[:position])
        for name, seen in self._seen.items():
            if name not in params:
                seen.in_a_row = 0
            for other, value in parents.items():
                if other != name:
                    (seen.values_with if name in params else seen.values_without).setdefault(other, set()).add(value)
            if name in params:
                seen.strangers.update(other for other in self._seen if other not in params)
        for name, value in parents.items():
            self._seen[name].values.add(value)
        self._trials += 1

    def space(self) -> Space:
        """The parameters that the next trial is expected to have. Those with a single value are left out."""
        found: dict[str, Condition | None] = {}
        for name, seen in self._seen.items():
            condition = None if seen.trials == self._trials else self._condition(seen)
            if condition is not None or seen.in_a_row >= min(RECENT, self._trials):
                found[name] = condition
        space = Space({})
        for name in found:
            self._place(name, found, space)
        return space

    def _meet(self, name: str, distribution: BaseDistribution, before: tuple[str, ...]) -> None:
        seen = self._seen.get(name)
        if seen is None:
            seen = self._seen[name] = _Seen(distribution, distribution, distribution, before)
            # Every earlier trial lacked it.
            for other, theirs in self._seen.items():
                if other != name:
                    seen.values_without[other] = set(theirs.values)
                    if theirs.trials > 0 and name not in theirs.strangers:
                        theirs.strangers.add(name)
        seen.previous, seen.latest, seen.before = seen.latest, distribution, before
        seen.hull = _hull(seen.hull, distribution)
        seen.trials += 1
        seen.in_a_row += 1

    def _condition(self, seen: _Seen) -> Condition | None:
        for parent in reversed(seen.before):
            if parent in seen.strangers or parent not in seen.values_with:
                continue
            values = _separated(self._seen[parent].distribution(), seen.values_with[parent], seen.values_without.get(parent, set()))
            if values:
                return Condition(parent, values)
        return None

    def _place(self, name: str, found: Mapping[str, Condition | None], space: Space) -> None:
        """After its parent. One whose parent is not in the space is not in it either."""
        distribution, condition = self._seen[name].distribution(), found[name]
        if name in space.distributions or distribution.single():
            return
        if condition is not None:
            if condition.parent in found:
                self._place(condition.parent, found, space)
            if condition.parent not in space.distributions:
                return
            space.conditions[name] = condition
        space.distributions[name] = distribution


def _can_be_parent(distribution: BaseDistribution) -> bool:
    if isinstance(distribution, IntDistribution):
        return (distribution.high - distribution.low) // distribution.step < MOST_LEVELS
    return isinstance(distribution, CategoricalDistribution)


def _separated(parent: BaseDistribution, having: set[int], lacking: set[int]) -> tuple[int, ...]:
    """The values of the parent with which a parameter exists, or none if they do not decide it."""
    if not lacking or having & lacking:
        return ()
    if isinstance(parent, CategoricalDistribution):
        return tuple(sorted(having))
    if not isinstance(parent, IntDistribution):
        return ()
    levels = range(parent.low, parent.high + 1, parent.step)
    if min(having) > max(lacking):
        return tuple(level for level in levels if 2 * level > min(having) + max(lacking))
    if max(having) < min(lacking):
        return tuple(level for level in levels if 2 * level < max(having) + min(lacking))
    return ()


def _hull(a: BaseDistribution, b: BaseDistribution) -> BaseDistribution:
    """The smallest range with both. Optuna refuses two kinds, scales or lists of choices under one name."""
    if a == b:
        return a
    if isinstance(a, FloatDistribution) and isinstance(b, FloatDistribution):
        return FloatDistribution(min(a.low, b.low), max(a.high, b.high), log=a.log)
    if isinstance(a, IntDistribution) and isinstance(b, IntDistribution):
        return IntDistribution(min(a.low, b.low), max(a.high, b.high), log=a.log)
    return b
