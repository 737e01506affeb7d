"""A study in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from ._words import counted

if TYPE_CHECKING:
    from .study import Study

_MOST_ROWS = 10


def study_html(study: Study) -> str:
    """What a study looks like in a notebook: its best trials, and the page of a study in a folder."""
    if study._closed:
        return f"<pre>{escape(repr(study))}</pre>"
    trials = study.trials
    front = {best.number for best in study.front}
    best_first = [trial for trial in trials if trial.number in front] + [trial for trial in reversed(trials) if trial.number not in front]
    rows = [[trial.number, trial.status, *study._cells(trial)] for trial in best_first[:_MOST_ROWS]]
    counts = {status: sum(trial.status == status for trial in trials) for status in ("running", "failed")}
    also = "".join(f", {count} {status}" for status, count in counts.items() if count)
    where = "in memory" if study.path is None else f"in <code>{escape(str(study.path))}</code>"
    shown = f" The best and the latest {_MOST_ROWS} of them:" if len(trials) > _MOST_ROWS else ""
    return (
        f"<p><b>Caviar study</b> {where}: {escape(study._made['strategy']['name'])}, {counted(len(trials), 'trial')}{also}.{shown}</p>"
        f"{_table(['trial', 'status', *study._columns], rows)}{_page(study)}"
    )


def _page(study: Study) -> str:
    if study.path is None:
        return ""
    page = escape(study.report().read_text(encoding="utf-8"))
    return f'<details><summary>The page of the study</summary><iframe srcdoc="{page}" style="width:100%;height:640px;border:0"></iframe></details>'


def _table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    heads = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_shown(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _shown(cell: Any) -> str:
    return "" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else str(cell)
