"""Prints what Python reads in the learning curves of lcdb, as JSON: per data set the sizes of training sets, and per learner its mean error and
its mean training time at the smallest, a middle and the largest size.

    pip install --no-deps lcdb==0.1.0
    python3 golden/curveTables.py ID...    the numbers of data sets on OpenML, such as 901

The module of the package is not used: csv reads its file. `packages/objectives/src/tabular/curveTables.golden.json` has what it finds in the data
sets that Caviar knows.
"""

import csv
import importlib.util
import json
import pathlib
import sys

wanted = sys.argv[1:]
path = pathlib.Path(importlib.util.find_spec("lcdb").origin).parent / "database-accuracy.csv"
cells = {name: {} for name in wanted}
with path.open(newline="") as file:
    for row in csv.DictReader(file):
        if row["openmlid"] in cells:
            place = (row["learner"], int(row["size_train"]))
            split = (int(row["outer_seed"]), int(row["inner_seed"]))
            measured = cells[row["openmlid"]].setdefault(place, {})
            assert split not in measured
            measured[split] = (1 - float(row["score_valid"]), float(row["traintime"]))


def mean(values):
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


found = {}
for name, places in cells.items():
    learners = sorted({learner for learner, _ in places})
    sizes = sorted({size for _, size in places})
    splits = [(outer, inner) for outer in range(5) for inner in range(5)]
    means = {}
    for learner in learners:
        runs = [[places[learner, size][split] for split in splits] for size in (sizes[0], sizes[len(sizes) // 2], sizes[-1])]
        means[learner] = {"error": [mean([v for v, _ in run]) for run in runs], "seconds": [mean([t for _, t in run]) for run in runs]}
    found[name] = {"sizes": sizes, "learners": means}
print(json.dumps({"path": str(path), "found": found}))
