"""The progress of a call of ``optimize``, in one line of standard error."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from ._words import counted

if TYPE_CHECKING:
    from .study import Study


class Progress:
    """A line that is written again and again.

    Args:
        study: What makes the progress.
        trials: The budget, if there is one.
        wanted: Whether to show it; by default, if a person reads standard error.
    """

    def __init__(self, study: Study, trials: int | None, wanted: bool | None) -> None:
        self._study = study
        self._trials = trials
        self._shown = wanted if wanted is not None else sys.stderr.isatty() or "ipykernel" in sys.modules
        self._begun = time.monotonic()
        self._next = 0.0
        self._changed = True
        self._best = ""
        self._failed = 0
        self._length = 0

    def heard(self) -> None:
        """A trial has ended."""
        self._changed = True

    def failed(self) -> None:
        """A trial has failed."""
        self._failed += 1

    def show(self, running: int) -> None:
        """Writes the line, a few times a second at most."""
        now = time.monotonic()
        if self._shown and now >= self._next:
            self._next = now + 0.2
            self._write(self._line(running))

    def say(self, sentence: str) -> None:
        """A sentence that stays."""
        if self._shown:
            sys.stderr.write(f"\r{sentence.ljust(self._length)}\n")
            self._length = 0

    def close(self) -> None:
        """The last line stays."""
        if self._shown:
            self._changed = True
            self._write(self._line(0))
            sys.stderr.write("\n")

    def _line(self, running: int) -> str:
        if self._changed:
            self._changed = False
            front = self._study.front if not self._study._closed else []
            self._best = f"  best {front[0].value:.6g} (trial {front[0].number})" if front else ""
        ended = self._study._started - running
        minutes, seconds = divmod(int(time.monotonic() - self._begun), 60)
        share = counted(ended, "trial") if not self._trials else f"{ended} of {self._trials} [{_bar(ended / self._trials)}] trials"
        failures = f"  {self._failed} failed" if self._failed else ""
        return f"{share}{self._best}{failures}  {minutes:02d}:{seconds:02d}"

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r{line.ljust(self._length)}")
        sys.stderr.flush()
        self._length = len(line)


def _bar(share: float, width: int = 20) -> str:
    filled = int(width * min(1.0, max(0.0, share)))
    return "#" * filled + "." * (width - filled)
