"""Runs the Python blocks of the pages about Optuna and scikit-learn, and compares what they print with the comments at their ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BLOCKS = [
    pytest.param(block, id=f"{page}-{number}")
    for page in ("optuna", "scikit-learn")
    for number, block in enumerate(re.findall(r"^```python\n(.*?)^```$", (ROOT / "docs" / f"{page}.md").read_text(), re.DOTALL | re.MULTILINE))
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_prints_what_it_promises(block):
    promised = re.findall(r"^# prints: (.*)$", block, re.MULTILINE)
    assert promised
    source = ROOT / "clients" / "python" / "src"
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", block], env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, text=True)
    assert (run.stdout.splitlines(), run.stderr) == (promised, "")



@pytest.mark.parametrize(("page", "script"), [("optuna", "optuna_samplers"), ("scikit-learn", "sklearn_searches"), ("optimiser", "sklearn_tasks")])
def test_the_table_of_a_page_is_that_of_the_committed_results(page, script):
    bench = ROOT / "clients" / "python" / "bench"
    results = bench / "results" / f"{script.replace('_', '-')}.jsonl"
    run = subprocess.run([sys.executable, bench / f"{script}.py", "table", results], capture_output=True, text=True, check=True)
    lines = [line for line in run.stdout.splitlines() if line.startswith("|")]
    text = (ROOT / "docs" / f"{page}.md").read_text()
    assert len(lines) > 12
    assert [line for line in lines if line not in text] == []
