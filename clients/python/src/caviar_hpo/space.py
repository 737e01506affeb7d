"""The parameters of a search space: :func:`real`, :func:`integer` and :func:`choice`."""

from __future__ import annotations

import numbers
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, Union

from ._errors import InputError

Option = TypeVar("Option")
RealScale = Literal["linear", "log", "mirroredLog", "oneMinusLog"]
IntegerScale = Literal["linear", "log"]
Config = dict[str, Any]
When = Mapping[str, Any]


@dataclass(frozen=True)
class Real:
    """A real number of a range. :func:`real` makes it."""

    low: float
    high: float
    scale: RealScale = "linear"
    step: float | None = None
    when: When | None = None

    def _wire(self) -> dict[str, Any]:
        return _without_none(kind="real", low=self.low, high=self.high, scale=self.scale, step=self.step)

    def _read(self, value: Any) -> float:
        return float(value)

    def _write(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Integer:
    """A whole number of a range. :func:`integer` makes it."""

    low: int
    high: int
    scale: IntegerScale = "linear"
    step: int | None = None
    when: When | None = None

    def _wire(self) -> dict[str, Any]:
        return _without_none(kind="int", low=self.low, high=self.high, scale=self.scale, step=self.step)

    def _read(self, value: Any) -> int:
        return int(value)

    def _write(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Choice(Generic[Option]):
    """One of some options. :func:`choice` makes it."""

    options: tuple[Option, ...]
    ordered: bool = False
    when: When | None = None

    def _wire(self) -> dict[str, Any]:
        return {"kind": "choice", "options": [_label(option) for option in self.options], "ordered": self.ordered}

    def _read(self, value: Any) -> Option:
        for option in self.options:
            if _same(_label(option), value):
                return option
        raise InputError(f"choice: expected one of {list(self.options)!r}, got {value!r}", code="badConfig")

    def _write(self, value: Any) -> Any:
        label = _label(value)
        known = any(_same(_label(option), label) for option in self.options)
        # The server refuses what is no option, and says which there are.
        return label if known else value if isinstance(value, (str, bool, numbers.Real)) else repr(value)


Parameter = Union[Real, Integer, Choice[Any]]


def real(low: float, high: float, *, scale: RealScale = "linear", step: float | None = None, when: When | None = None) -> Real:
    """A real number from ``low`` to ``high``, both included. The objective gets it as a ``float``.

    Args:
        low: The smallest value.
        high: The largest value.
        scale: How the range is searched: ``"linear"``, ``"log"``, ``"mirroredLog"`` (fine near ``high``) or ``"oneMinusLog"`` (the
            logarithm of one minus the value, for example for a momentum).
        step: Only ``low``, ``low + step``, ``low + 2 * step`` and so on. Every number of the range by default.
        when: The parameter exists only while another one, which stands before it in the space, has a value:
            ``when={"optimizer": "sgd"}``, or ``when={"optimizer": ["sgd", "rmsprop"]}`` for one of several values.

    Example:
        >>> real(1e-4, 1, scale="log").scale
        'log'
    """
    return Real(_number(low, "low"), _number(high, "high"), scale, None if step is None else _number(step, "step"), _when(when))


def integer(low: int, high: int, *, scale: IntegerScale = "linear", step: int | None = None, when: When | None = None) -> Integer:
    """A whole number from ``low`` to ``high``, both included. The objective gets it as an ``int``.

    Args:
        low: The smallest value.
        high: The largest value.
        scale: ``"linear"`` or ``"log"``.
        step: Only ``low``, ``low + step``, ``low + 2 * step`` and so on; 1 by default.
        when: As in :func:`real`.

    Example:
        >>> integer(16, 512, scale="log").high
        512
    """
    return Integer(_whole(low, "low"), _whole(high, "high"), scale, None if step is None else _whole(step, "step"), _when(when))


def choice(options: Iterable[Option], *, ordered: bool = False, when: When | None = None) -> Choice[Option]:
    """One of ``options``. The objective gets the option itself.

    Options that are strings, numbers or booleans are stored as they are. Other objects, such as ``None`` and tuples, are stored as the text
    that ``repr`` gives. So they must have texts that differ and stay the same.

    Args:
        options: At least one.
        ordered: Whether the order of the options has a meaning.
        when: As in :func:`real`.

    Example:
        >>> choice([(50,), (50, 50), None]).options
        ((50,), (50, 50), None)
    """
    if isinstance(options, str):
        raise InputError(f"options of choice: expected a list, got the text {options!r}. Write [{options!r}].", code="badSpace")
    listed = tuple(options)
    for option in listed:
        _label(option)
    return Choice(listed, ordered, _when(when))


class Space:
    """Parameters by name, in their order."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        for name, parameter in parameters.items():
            if not isinstance(parameter, (Real, Integer, Choice)):
                raise InputError(
                    f"space[{name!r}]: expected caviar.real, caviar.integer or caviar.choice, got {parameter!r}.{_hint(parameter)}",
                    code="badSpace",
                )
        self.parameters: dict[str, Parameter] = dict(parameters)

    def wire(self) -> list[dict[str, Any]]:
        """The space as the server takes it."""
        return [self._named(name, parameter) for name, parameter in self.parameters.items()]

    def read(self, config: Mapping[str, Any]) -> Config:
        """A configuration of the server, with Python's own values: ``float``, ``int``, and the options themselves."""
        return {name: self.parameters[name]._read(value) for name, value in config.items()}

    def write(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """A configuration as the server takes it. Unknown names stay: the server refuses them."""
        return {name: self.parameters[name]._write(value) if name in self.parameters else value for name, value in config.items()}

    @staticmethod
    def of_wire(listed: Sequence[Mapping[str, Any]]) -> Space:
        """The space that the server has."""
        return Space({entry["name"]: _parameter(entry) for entry in listed})

    def _named(self, name: str, parameter: Parameter) -> dict[str, Any]:
        plain = parameter._wire()
        if parameter.when is None:
            return {"name": name, **plain}
        [(parent, wanted)] = parameter.when.items()
        values = wanted if isinstance(wanted, (list, tuple, set, frozenset)) else [wanted]
        above = self.parameters.get(parent)
        labels = [value if above is None else above._write(value) for value in values]
        return {"name": name, "kind": "given", "parent": parent, "values": labels, "param": plain}


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    when = None
    if entry["kind"] == "given":
        when = {entry["parent"]: list(entry["values"])}
        entry = entry["param"]
    if entry["kind"] == "choice":
        return Choice(tuple(entry["options"]), entry.get("ordered", False), when)
    step = entry.get("step")
    scale = entry.get("scale", "linear")
    if entry["kind"] == "int":
        return Integer(int(entry["low"]), int(entry["high"]), scale, None if step is None else int(step), when)
    return Real(float(entry["low"]), float(entry["high"]), scale, None if step is None else float(step), when)


def _label(option: Any) -> str | bool | int | float:
    """What stands for an option on the disk."""
    if isinstance(option, (str, bool)):
        return option
    if isinstance(option, numbers.Integral):
        return int(option)
    if isinstance(option, numbers.Real):
        return float(option)
    # Of NumPy 2, and of NumPy 1.
    if type(option).__name__ in ("bool", "bool_"):
        return bool(option)
    text = repr(option)
    if " at 0x" in text:
        raise InputError(
            f"option of choice: expected a value whose text is the same in every process, got {text}. "
            "Use names as options, and look the objects up in the objective.",
            code="badSpace",
        )
    return text


def _same(label: Any, value: Any) -> bool:
    """1 and True are different options; 1 and 1.0 are one."""
    return isinstance(label, bool) == isinstance(value, bool) and bool(label == value)


def _number(value: Any, name: str) -> float:
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return float(value)
    raise InputError(f"{name}: expected a number, got {value!r}", code="badSpace")


def _whole(value: Any, name: str) -> int:
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, numbers.Real) and float(value).is_integer():
        return int(float(value))
    raise InputError(f"{name}: expected a whole number, got {value!r}", code="badSpace")


def _when(when: Any) -> When | None:
    if when is None or (isinstance(when, Mapping) and len(when) == 1):
        return when
    raise InputError(
        f'when: expected one parameter with its value, got {when!r}. Write when={{"kernel": "poly"}}, or a list for several values.',
        code="badSpace",
    )


def _hint(given: Any) -> str:
    if isinstance(given, (list, set, frozenset)):
        return f" Write caviar.choice({given!r})."
    if isinstance(given, tuple) and len(given) == 2:
        whole = all(isinstance(bound, int) for bound in given)
        return f" Write caviar.{'integer' if whole else 'real'}({given[0]!r}, {given[1]!r})."
    return ""


def _without_none(**entries: Any) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if value is not None}
