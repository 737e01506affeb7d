"""Searches of scikit-learn and CaviarSearchCV on three tasks, at equal processor time.

    python sklearn_searches.py run results/sklearn-searches.jsonl     continues where an earlier run has ended
    python sklearn_searches.py table results/sklearn-searches.jsonl   prints a table, from two seeds on

CaviarSearchCV runs first, with 20 candidates on 5 folds. Its processor time, that of its server included, is what the others have too:
CaviarSearchCV with folds as a fidelity, RandomizedSearchCV one candidate after the other, and HalvingRandomSearchCV again and again. The
score is the mean of the best candidate over the same 5 folds, and over held-out data after a refit.
"""

import itertools
import os
import statistics
import sys
import warnings
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from measuring import append, cpu_seconds, quartiles, read, server_seconds
from scipy.stats import loguniform, randint, uniform
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import HalvingRandomSearchCV, ParameterSampler, RandomizedSearchCV, cross_val_score, train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from caviar_hpo import sklearn as module
from caviar_hpo.sklearn import CaviarSearchCV

warnings.simplefilter("ignore")
SEEDS = range(1, 11)
CANDIDATES = 20
FOLDS = 5

TASKS = {
    "digits, SVC": (load_digits, SVC(), {"C": loguniform(1e-3, 1e4), "gamma": loguniform(1e-6, 1)}, 450),
    "breast cancer, network": (
        load_breast_cancer,
        make_pipeline(StandardScaler(), MLPClassifier(max_iter=10, random_state=0)),
        {
            "mlpclassifier__hidden_layer_sizes": [(8,), (16,), (32,), (64,)],
            "mlpclassifier__learning_rate_init": loguniform(1e-5, 1),
            "mlpclassifier__alpha": loguniform(1e-7, 10),
            "mlpclassifier__batch_size": [32, 64, 128],
            "mlpclassifier__beta_1": uniform(0.5, 0.49),
            "mlpclassifier__activation": ["relu", "tanh", "logistic"],
        },
        200,
    ),
    "diabetes, boosting": (
        load_diabetes,
        GradientBoostingRegressor(n_estimators=25, random_state=0),
        {
            "learning_rate": loguniform(1e-3, 1),
            "max_depth": randint(1, 9),
            "subsample": uniform(0.2, 0.8),
            "max_features": uniform(0.1, 0.9),
            "min_samples_leaf": randint(1, 60),
        },
        300,
    ),
}


def seconds():
    """Processor time of this process and of the server."""
    return cpu_seconds() + server_seconds(module._server)


class TimedRandomSearch(RandomizedSearchCV):
    """Ends when its time has passed."""

    end = 0.0

    def _run_search(self, evaluate_candidates, callback_ctx=None):
        for params in ParameterSampler(self.param_distributions, 100_000, random_state=self.random_state):
            evaluate_candidates([params])
            if seconds() >= self.end:
                break


class TimedCaviarSearch(CaviarSearchCV):
    """Begins no candidate after its time has passed."""

    end = 0.0

    def _format_results(self, *args, **options):
        results = super()._format_results(*args, **options)
        if seconds() >= self.end:
            self.n_iter = len(self._runs.all)
        return results


def searched(kind, model, space, X, y, seed, budget):
    """The best values, and how many candidates and how much time it took."""
    options = {"cv": FOLDS, "random_state": seed, "refit": False}
    start = seconds()
    if kind == "caviar":
        search = CaviarSearchCV(model, space, n_iter=CANDIDATES, **options).fit(X, y)
        count = CANDIDATES
    elif kind in ("caviar, folds", "random"):
        if kind == "random":
            search = TimedRandomSearch(model, space, **options)
        else:
            search = TimedCaviarSearch(model, space, n_iter=1000, folds_as_fidelity=True, **options)
        search.end = start + budget
        search.fit(X, y)
        count = len(search.cv_results_["params"])
    else:
        search, count = None, 0
        while search is None or seconds() - start < budget:
            one = HalvingRandomSearchCV(model, space, **{**options, "random_state": 1000 * seed + count}).fit(X, y)
            count += one.n_candidates_[0]
            if search is None or one.best_score_ > search.best_score_:
                search = one
    return search.best_params_, count, seconds() - start


def run(path):
    rows = read(path)
    done = {(row["task"], row["search"], row["seed"]) for row in rows}
    budgets = {(row["task"], row["seed"]): row["seconds"] for row in rows if row["search"] == "caviar"}
    module._server.request("strategies")
    for seed, (task, (load, model, space, size)) in itertools.product(SEEDS, TASKS.items()):
        X, y = load(return_X_y=True)
        X, X_test, y, y_test = train_test_split(X, y, train_size=size, random_state=seed)
        for kind in ("caviar", "caviar, folds", "random", "halving"):
            if (task, kind, seed) in done:
                continue
            best, count, spent = searched(kind, model, space, X, y, seed, budgets.get((task, seed), 0.0))
            if kind == "caviar":
                budgets[task, seed] = spent
            chosen = clone(model).set_params(**best)
            row = {"task": task, "search": kind, "seed": seed, "seconds": round(spent, 2), "candidates": count}
            row["score"] = cross_val_score(chosen, X, y, cv=FOLDS).mean()
            row["heldOut"] = chosen.fit(X, y).score(X_test, y_test)
            append(path, row)


def table(path):
    from scipy.stats import wilcoxon

    found = {(row["task"], row["search"], row["seed"]): row for row in read(path)}
    kinds = ("caviar", "caviar, folds", "random", "halving")
    print("| task | search | seeds | candidates | seconds | score of the folds | against `caviar` | held-out score |\n|---|---|---|---|---|---|---|---|")
    for task in TASKS:
        seeds = [seed for seed in SEEDS if all((task, kind, seed) in found for kind in kinds)]
        for kind in kinds:
            rows = [found[task, kind, seed] for seed in seeds]
            own = [found[task, "caviar", seed] for seed in seeds]
            scores = quartiles([row["score"] for row in rows], ".4f")
            differences = [a["score"] - b["score"] for a, b in zip(own, rows)]
            p = f"p = {wilcoxon(differences).pvalue:.2g}" if any(differences) else ""
            middle = [statistics.median(row[key] for row in rows) for key in ("candidates", "seconds")]
            held = quartiles([row["heldOut"] for row in rows], ".4f")
            print(f"| {task} | {kind} | {len(seeds)} | {middle[0]:g} | {middle[1]:.1f} | {scores} | {p} | {held} |")


if __name__ == "__main__":
    {"run": run, "table": table}[sys.argv[1]](Path(sys.argv[2]))
