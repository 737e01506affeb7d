"""What goes wrong, as exceptions. Each is a :class:`CaviarError`, and also an error of Python's own of the same kind."""

from __future__ import annotations

from typing import Any


class CaviarError(Exception):
    """An error of Caviar.

    Attributes:
        code: A stable word for programs, such as ``"badConfig"`` (``docs/wire-format.md`` and ``docs/errors.md`` list them).
        expected: What was expected, or ``None``.
        got: What came instead, or ``None``.
        remedy: What to do, or ``None``.
    """

    def __init__(
        self, message: str, *, code: str, expected: str | None = None, got: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.expected = expected
        self.got = got
        self.remedy = remedy

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), str(self), self.code, self.expected, self.got, self.remedy)


class InputError(CaviarError, ValueError):
    """A parameter is wrong, or does not fit the study."""


class StateError(CaviarError, RuntimeError):
    """The call is not possible now, or it asks for too much."""


class InternalError(CaviarError, RuntimeError):
    """A fault in Caviar itself."""


class ServerError(CaviarError, OSError):
    """The server does not start, or its process has ended."""


_CLASSES: dict[int, type[CaviarError]] = {-32602: InputError, -32000: StateError}


def error_of(answer: dict[str, Any]) -> CaviarError:
    """The exception for the ``error`` of an answer of JSON-RPC."""
    data = answer.get("data") or {}
    cause = f": {data['got']}" if data.get("code") == "internal" else ""
    return _CLASSES.get(answer["code"], InternalError)(
        f"{answer['message']}{cause}",
        code=data.get("code", "internal"),
        expected=data.get("expected"),
        got=data.get("got"),
        remedy=data.get("remedy"),
    )


def _restored(
    kind: type[CaviarError], message: str, code: str, expected: str | None, got: str | None, remedy: str | None
) -> CaviarError:
    return kind(message, code=code, expected=expected, got=got, remedy=remedy)
