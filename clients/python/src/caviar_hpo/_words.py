"""Errors of the server in the words of Python: the names of this package, and the values as Python writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from ._errors import CaviarError
from .space import Space

Answer = TypeVar("Answer")

_REPLACEMENTS = (
    (re.compile(r"\bparams\.(?:problem\.)?"), ""),
    (re.compile(r"\bproblem\.(?=space|where|objectives|constraints|fidelity|resumable)"), ""),
    (re.compile(r"\bstrategy\.options\b"), "strategy_options"),
    (re.compile(r"\bstrategy\.name\b"), "strategy"),
    (re.compile(r"\bfidelity\.min\b"), "fidelity.low"),
    (re.compile(r"\bfidelity\.max\b"), "fidelity.high"),
    (re.compile(r"\bcostSeconds\b"), "cost_seconds"),
    (re.compile(r"\bnoGain\b"), "no_gain"),
    (re.compile(r"\bminGain\b"), "min_gain"),
    (re.compile(r"\bminGainPerSecond\b"), "min_gain_per_second"),
    (re.compile(r"\bextend: true\b"), "extend=True"),
    (re.compile(r"\btakeOver: true\b"), "take_over=True"),
    (re.compile(r"\bwaitSeconds\b"), "wait_seconds"),
    (re.compile(r" with warmStart: readStudy\(oldFolder\)"), ", and observe the trials of the old one"),
    (re.compile(r'^given (?=")'), "when of "),
    (re.compile(r"\bfidelity: \{ unit: (\"\w+\"), min: (\d+), max: (\d+) \}"), r"fidelity=caviar.fidelity(\1, \2, \3)"),
    (re.compile(r"pass problem, strategy and seed to open\b"), "pass its space"),
    (re.compile(r"(?<=got )undefined\b"), "nothing"),
    (re.compile(r"\btrue\b"), "True"),
    (re.compile(r"\bfalse\b"), "False"),
    (re.compile(r"\bnull\b"), "None"),
)
_PARAMETER = re.compile(r"\bspace\[(\d+)\](?:\.param\b)?")


def translated(call: Callable[[], Answer], space: Space | None) -> Answer:
    """The result of a call. What it raises is raised again in the words of Python, with the error of the server as its cause."""
    try:
        return call()
    except CaviarError as error:
        message = in_python(str(error), space)
        if message == str(error):
            raise
        expected, got, remedy = (None if text is None else in_python(text, space) for text in (error.expected, error.got, error.remedy))
        raise type(error)(message, code=error.code, expected=expected, got=got, remedy=remedy) from error


def in_python(text: str, space: Space | None) -> str:
    """A text of the server in the words of Python."""
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    names = [] if space is None else list(space.parameters)
    return _PARAMETER.sub(lambda match: f"space[{names[int(match[1])]!r}]" if int(match[1]) < len(names) else match[0], text)


def counted(count: float, noun: str) -> str:
    """A number and its noun: ``1 trial``, ``20 trials``."""
    return f"{str(count).removesuffix('.0')} {noun if count == 1 else f'{noun}s'}"


def thrown(error: str | BaseException) -> str:
    """What was raised, in one line."""
    if isinstance(error, str):
        return error
    text = str(error)
    name = type(error).__name__
    return f"{name}: {text}" if text else name
