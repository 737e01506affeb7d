"""Functional analysis of variance by Optuna 5, whose forest is scikit-learn's.

    pip install optuna scikit-learn
    python3 packages/report/golden/fanova.py           # writes src/importance/decompose.golden.json
    python3 packages/report/golden/fanova.py --peer    # reads {"points", "values", "seed"}, prints the importance of each column

The golden file holds the boxes of single trees on the unit cube, with the variance of the tree and of its marginals for every axis and
pair (Optuna's includes in that of a pair what its axes explain alone).
"""

import json
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import optuna
from optuna.importance import FanovaImportanceEvaluator, get_param_importances
from optuna.importance._fanova._tree import _FanovaTree
from sklearn.tree import DecisionTreeRegressor

GOLDEN = Path(__file__).resolve().parent.parent / "src" / "importance" / "decompose.golden.json"


def boxes(tree, node, low, high):
    axis = tree.feature[node]
    if axis < 0:
        return [{"value": float(tree.value[node, 0, 0]), "low": list(low), "high": list(high)}]
    cut = float(tree.threshold[node])
    below, above = list(high), list(low)
    below[axis] = above[axis] = cut
    return boxes(tree, tree.children_left[node], low, below) + boxes(tree, tree.children_right[node], above, high)


def golden():
    cases = []
    for seed, (d, n) in enumerate([(1, 10), (2, 30), (3, 60), (5, 200)]):
        random = np.random.default_rng(seed)
        x = random.random((n, d))
        y = np.sin(3 * x).sum(axis=1) + x.prod(axis=1) + 0.3 * random.standard_normal(n)
        tree = DecisionTreeRegressor(random_state=seed).fit(x, y).tree_
        optunas = _FanovaTree(tree, np.tile([0.0, 1.0], (d, 1)))
        marginal = lambda axes: float(optunas.get_marginal_variance(np.array(axes)))
        cases.append(
            {
                "leaves": boxes(tree, 0, [0.0] * d, [1.0] * d),
                "variance": float(optunas.variance),
                "main": [marginal([axis]) for axis in range(d)],
                "pairs": [marginal(pair) for pair in combinations(range(d), 2)],
            }
        )
    GOLDEN.write_text(json.dumps(cases) + "\n")


def peer():
    asked = json.load(sys.stdin)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    names = [f"x{axis}" for axis in range(len(asked["points"][0]))]
    space = {name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in names}
    study = optuna.create_study()
    for point, value in zip(asked["points"], asked["values"]):
        study.add_trial(optuna.trial.create_trial(params=dict(zip(names, point)), distributions=space, value=value))
    found = get_param_importances(study, evaluator=FanovaImportanceEvaluator(seed=asked["seed"]), normalize=False)
    print(json.dumps([found[name] for name in names]))


if __name__ == "__main__":
    peer() if "--peer" in sys.argv else golden()
