"""Checkpoints of trials: in memory, or as files in the folder of a study, where programs in TypeScript find them too."""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any


class Checkpoints:
    """The checkpoints of a study.

    Args:
        study: The folder of the study, or ``None`` to keep them in memory.
    """

    def __init__(self, study: Path | None) -> None:
        self._folder = None if study is None else study / "checkpoints"
        self._memory: dict[str, bytes] = {}
        self._given_up: set[int] = set()

    def load(self, trial: int, fidelity: float) -> bytes | None:
        """The checkpoint of a trial. ``None`` if there is none, or if its file is damaged."""
        name = _name(trial, fidelity)
        if self._folder is None:
            return self._memory.get(name)
        try:
            head, _, checkpoint = (self._folder / name).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        return checkpoint if head + b"\n" == _head(checkpoint) else None

    def save(self, trial: int, fidelity: float, checkpoint: bytes) -> None:
        """Replaces the checkpoint at once, so that a crash leaves the earlier one or the new one."""
        name = _name(trial, fidelity)
        if self._folder is None:
            self._memory[name] = checkpoint
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=".", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_head(checkpoint) + checkpoint)
                file.flush()
                os.fsync(file.fileno())
            os.replace(path, self._folder / name)
        except BaseException:
            os.unlink(path)
            raise

    def heed(self, directives: Iterable[Mapping[str, Any]], needed: Iterable[int | None]) -> None:
        """Deletes the checkpoints of trials that the strategy has given up, once no running job starts from them.

        Args:
            directives: Those of an answer of the server.
            needed: The trials from whose checkpoints the running jobs start.
        """
        self._given_up.update(directive["trial"] for directive in directives if directive["kind"] == "discard")
        free = self._given_up - set(needed)
        if free:
            self._given_up -= free
            self._delete(free)

    def _delete(self, trials: set[int]) -> None:
        beginnings = {str(trial) for trial in trials}
        for name in [name for name in self._memory if name.split("@")[0] in beginnings]:
            del self._memory[name]
        if self._folder is not None and self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name.split("@")[0] in beginnings:
                    path.unlink(missing_ok=True)


def _head(checkpoint: bytes) -> bytes:
    return f"{zlib.crc32(checkpoint):08x} {len(checkpoint)}\n".encode()


def _name(trial: int, fidelity: float) -> str:
    return f"{trial}@{_javascript(fidelity)}"


def _javascript(number: float) -> str:
    """A positive number as JavaScript writes it."""
    if number == int(number):
        return str(int(number))
    text = repr(float(number))
    if "e" not in text:
        return text
    if number >= 1e-6:
        return format(Decimal(text), "f")
    digits, exponent = text.split("e")
    return f"{digits}e{int(exponent)}"
