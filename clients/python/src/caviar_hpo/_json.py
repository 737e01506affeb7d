"""JSON as the server writes and reads it. NaN, the infinities and -0 are objects with the key ``$num`` (``docs/wire-format.md``, "Numbers")."""

from __future__ import annotations

import json
import math
import numbers
from collections.abc import Mapping
from typing import Any

_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def dumps(value: Any) -> str:
    """One line of JSON. Numbers and booleans of NumPy are written as Python's own; a tuple becomes a list."""
    return json.dumps(_plain(value), allow_nan=False, separators=(",", ":"))


def loads(line: bytes) -> Any:
    """The value of a line of JSON."""
    return json.loads(line, object_pairs_hook=_object)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return _number(float(value))
    if isinstance(value, Mapping):
        return {_escaped(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    raise TypeError(f"expected a value that JSON has, got {value!r} of type {type(value).__name__}")


def _number(value: float) -> Any:
    if math.isnan(value):
        return {"$num": "NaN"}
    if math.isinf(value):
        return {"$num": "Infinity" if value > 0 else "-Infinity"}
    return {"$num": "-0"} if value == 0 and math.copysign(1, value) < 0 else value


def _is_escape(key: str) -> bool:
    return key.endswith("$num") and not key[:-4].strip("$")


def _escaped(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"expected a text as the key of an object, got {key!r}")
    return f"${key}" if _is_escape(key) else key


def _object(pairs: list[tuple[str, Any]]) -> Any:
    if len(pairs) == 1 and pairs[0][0] == "$num":
        return _SPECIAL[pairs[0][1]]
    return {key[1:] if _is_escape(key) else key: value for key, value in pairs}
