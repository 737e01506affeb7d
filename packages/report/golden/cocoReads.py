"""Prints what cocopp and IOHinspector read in data folders of COCO: `python cocoReads.py FOLDER`, where FOLDER has a folder per algorithm.
One line of JSON: the expected running times to 51 precisions from 100 to 1e-8 of each algorithm, function and dimension, by both.
"""

import contextlib
import io
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
messages = io.StringIO()
with contextlib.redirect_stdout(messages), contextlib.redirect_stderr(messages):
    import iohinspector
    from cocopp.pproc import DataSetList

precisions = [10 ** (2 - step / 5) for step in range(51)]
# cocopp rounds its own precisions differently in the last digit, and would take the next smaller one.
on_grid = [precision * (1 + 1e-9) for precision in precisions]


def by_cocopp(folder):
    with contextlib.redirect_stdout(messages), contextlib.redirect_stderr(messages):
        sets = DataSetList([folder])
        return [
            {
                "function": int(one.funcId),
                "dimension": int(one.dim),
                "instances": [int(instance) for instance in one.instancenumbers],
                "evaluations": [int(count) for count in one.maxevals],
                "expected": [float(time) for time in one.detERT(on_grid)],
            }
            for one in sets
        ]


def by_iohinspector(folder):
    manager = iohinspector.DataManager()
    manager.add_folder(folder)
    runs = {row["data_id"]: row for row in manager.overview.iter_rows(named=True)}
    lines = {number: [] for number in runs}
    for row in manager.load(monotonic=False).iter_rows(named=True):
        lines[row["data_id"]].append((row["evaluations"], row["raw_y"]))
    groups = {}
    for number, run in runs.items():
        groups.setdefault((run["function_id"], run["dimension"]), []).append(number)
    found = []
    for (function, dimension), numbers in sorted(groups.items()):
        ends = [runs[number]["evals"] for number in numbers]
        expected = []
        for precision in precisions:
            hits = [next((count for count, value in sorted(lines[number]) if value <= precision), None) for number in numbers]
            successes = [count for count in hits if count is not None]
            spent = sum(end if count is None else count for count, end in zip(hits, ends))
            expected.append(spent / len(successes) if successes else float("inf"))
        found.append({"function": int(function), "dimension": int(dimension), "evaluations": ends, "expected": expected})
    return found


def readers(folder):
    return {"cocopp": by_cocopp(folder), "iohinspector": by_iohinspector(folder)}


root = sys.argv[1]
read = {name: readers(os.path.join(root, name)) for name in sorted(os.listdir(root))}
print(json.dumps(read).replace("Infinity", '"Infinity"').replace('"-"', "-"))
