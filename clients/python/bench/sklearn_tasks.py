"""Six tuning tasks of scikit-learn: Caviar's strategies against Optuna's samplers, each with its own first points.

    python sklearn_tasks.py run results/sklearn-tasks.jsonl     continues where an earlier run has ended
    python sklearn_tasks.py table results/sklearn-tasks.jsonl   prints the tables of docs/optimiser.md, for the seeds that are complete

Needs optuna 5, torch, scipy and scikit-learn, and a built repository (npm run build). The data sets ship with scikit-learn.

The tasks are mixed: reals, integers, choices, and parameters that exist only for some values of a choice. The objective is a loss: the
error of a cross-validation with a fixed split, or its root mean squared error in units of the standard deviation of the target. Models are
deterministic.

This division was made before the first run. Defaults may be chosen on the tuning tasks: "diabetes, elastic net", "breast cancer, forest"
and "wine, neighbours". The test tasks only report: "digits, logistic", "breast cancer, SVC" and "diabetes, boosting".
"""

import itertools
import json
import os
import statistics
import sys
import warnings
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import numpy
from measuring import append, cpu_seconds, quartiles, read, server_seconds
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.decomposition import PCA
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import ElasticNet, SGDClassifier
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures, QuantileTransformer, RobustScaler, StandardScaler
from sklearn.svm import SVC

import caviar_hpo as caviar

warnings.simplefilter("ignore")
SEEDS = range(1, 11)
TRIALS = 50
BUDGETS = (20, 50)
ENGINES = ["bayesopt", "tpe", "random", "optuna-tpe", "optuna-gp", "optuna-gp-deterministic"]
TUNING = ["diabetes, elastic net", "breast cancer, forest", "wine, neighbours"]
TEST = ["digits, logistic", "breast cancer, SVC", "diabetes, boosting"]


def scaler_of(kind):
    return {
        "standard": StandardScaler(),
        "robust": RobustScaler(),
        "quantile": QuantileTransformer(n_quantiles=50),
        "unit": MinMaxScaler(),
        "none": "passthrough",
    }[kind]


def elastic_net(degree, interaction_only, scaler, alpha, l1_ratio):
    features = PolynomialFeatures(degree, interaction_only=interaction_only, include_bias=False)
    return make_pipeline(features, scaler_of(scaler), ElasticNet(alpha=alpha, l1_ratio=l1_ratio, max_iter=100))


def forest(kind, max_samples=None, **options):
    model = {"random": RandomForestClassifier, "extra": ExtraTreesClassifier}[kind]
    return model(n_estimators=10, max_samples=max_samples, random_state=0, **options)


def neighbours(scaler, components, whiten, k, weights, metric, p=2):
    reduction = PCA(components, whiten=whiten, random_state=0)
    return make_pipeline(scaler_of(scaler), reduction, KNeighborsClassifier(k, weights=weights, metric=metric, p=p))


def logistic(scaler, penalty, alpha, schedule, average, l1_ratio=0.15, eta0=0.01):
    """Logistic regression by stochastic gradient descent."""
    options = {"penalty": penalty, "alpha": alpha, "learning_rate": schedule, "average": average, "l1_ratio": l1_ratio, "eta0": eta0}
    return make_pipeline(scaler_of(scaler), SGDClassifier("log_loss", max_iter=10, tol=None, random_state=0, **options))


def vectors(scaler, kernel, C, gamma=1.0, degree=3, coef0=0.0):
    return make_pipeline(scaler_of(scaler), SVC(C=C, kernel=kernel, gamma=gamma, degree=degree, coef0=coef0, max_iter=2000))


def boosting(**options):
    return GradientBoostingRegressor(random_state=0, **options)


TASKS = {
    "diabetes, elastic net": (
        load_diabetes,
        442,
        elastic_net,
        {
            "degree": caviar.integer(1, 3),
            "interaction_only": caviar.choice([True, False]),
            "scaler": caviar.choice(["standard", "robust", "quantile", "none"]),
            "alpha": caviar.real(1e-4, 10, scale="log"),
            "l1_ratio": caviar.real(0, 1),
        },
    ),
    "breast cancer, forest": (
        load_breast_cancer,
        569,
        forest,
        {
            "kind": caviar.choice(["random", "extra"]),
            "criterion": caviar.choice(["gini", "entropy"]),
            "max_depth": caviar.integer(1, 16),
            "min_samples_leaf": caviar.integer(1, 40, scale="log"),
            "max_features": caviar.real(0.03, 1, scale="log"),
            "bootstrap": caviar.choice([True, False]),
            "max_samples": caviar.real(0.1, 1, when={"bootstrap": [True]}),
        },
    ),
    "wine, neighbours": (
        load_wine,
        178,
        neighbours,
        {
            "scaler": caviar.choice(["standard", "robust", "quantile", "none"]),
            "components": caviar.integer(1, 13),
            "whiten": caviar.choice([True, False]),
            "k": caviar.integer(1, 50, scale="log"),
            "weights": caviar.choice(["uniform", "distance"]),
            "metric": caviar.choice(["minkowski", "chebyshev", "cosine"]),
            "p": caviar.real(1, 4, when={"metric": ["minkowski"]}),
        },
    ),
    "digits, logistic": (
        load_digits,
        500,
        logistic,
        {
            "scaler": caviar.choice(["standard", "unit", "none"]),
            "penalty": caviar.choice(["l2", "l1", "elasticnet"]),
            "l1_ratio": caviar.real(0, 1, when={"penalty": ["elasticnet"]}),
            "alpha": caviar.real(1e-6, 1, scale="log"),
            "schedule": caviar.choice(["optimal", "constant", "invscaling"]),
            "eta0": caviar.real(1e-4, 1, scale="log", when={"schedule": ["constant", "invscaling"]}),
            "average": caviar.choice([True, False]),
        },
    ),
    "breast cancer, SVC": (
        load_breast_cancer,
        400,
        vectors,
        {
            "scaler": caviar.choice(["standard", "robust", "unit"]),
            "kernel": caviar.choice(["linear", "poly", "rbf", "sigmoid"]),
            "C": caviar.real(1e-3, 1e3, scale="log"),
            "gamma": caviar.real(1e-5, 10, scale="log", when={"kernel": ["poly", "rbf", "sigmoid"]}),
            "degree": caviar.integer(2, 5, when={"kernel": ["poly"]}),
            "coef0": caviar.real(0, 1, when={"kernel": ["poly", "sigmoid"]}),
        },
    ),
    "diabetes, boosting": (
        load_diabetes,
        300,
        boosting,
        {
            "n_estimators": caviar.integer(5, 30, scale="log"),
            "learning_rate": caviar.real(1e-2, 1, scale="log"),
            "max_depth": caviar.integer(1, 6),
            "min_samples_leaf": caviar.integer(1, 40, scale="log"),
            "subsample": caviar.real(0.3, 1),
            "max_features": caviar.real(0.1, 1),
            "loss": caviar.choice(["squared_error", "huber"]),
            "alpha": caviar.real(0.5, 0.99, when={"loss": ["huber"]}),
        },
    ),
}


class Task:
    """The loss of a configuration. Each is computed once. `spent` is the processor time that this took."""

    def __init__(self, load, size, model, space):
        X, y = load(return_X_y=True)
        rows = numpy.random.RandomState(0).permutation(len(y))[:size]
        self.X, self.y, self.model, self.space = X[rows], y[rows], model, space
        self.is_regression = load is load_diabetes
        self.folds = (KFold if self.is_regression else StratifiedKFold)(3, shuffle=True, random_state=0)
        self.known = {}
        self.spent = 0.0

    def __call__(self, config):
        key = json.dumps(config, sort_keys=True)
        if key not in self.known:
            start = cpu_seconds()
            self.known[key] = self.loss(config)
            self.spent += cpu_seconds() - start
        return self.known[key]

    def loss(self, config):
        scoring = "neg_root_mean_squared_error" if self.is_regression else "accuracy"
        score = cross_val_score(self.model(**config), self.X, self.y, cv=self.folds, scoring=scoring, error_score="raise").mean()
        return float(-score / self.y.std() if self.is_regression else 1 - score)


def suggested(trial, space):
    """A configuration from Optuna. A parameter is suggested only if it exists."""
    config = {}
    for name, parameter in space.items():
        if parameter.when is not None and any(config[parent] not in values for parent, values in parameter.when.items()):
            continue
        if isinstance(parameter, caviar.space.Choice):
            config[name] = trial.suggest_categorical(name, parameter.options)
        else:
            suggest = trial.suggest_int if isinstance(parameter, caviar.space.Integer) else trial.suggest_float
            config[name] = suggest(name, parameter.low, parameter.high, log=parameter.scale == "log")
    return config


def searched(task, engine, seed):
    """The losses of a run, in their order, and the processor time of its server."""
    if not engine.startswith("optuna"):
        losses = []
        with caviar.Study(space=task.space, strategy=engine, seed=seed) as study:
            for _ in range(TRIALS):
                [trial] = study.ask()
                losses.append(task(trial.config))
                study.tell(trial, losses[-1])
            return losses, server_seconds(study._server)
    import optuna

    sampler = {
        "optuna-tpe": lambda: optuna.samplers.TPESampler(seed=seed),
        "optuna-gp": lambda: optuna.samplers.GPSampler(seed=seed),
        "optuna-gp-deterministic": lambda: optuna.samplers.GPSampler(seed=seed, deterministic_objective=True),
    }[engine]()
    study = optuna.create_study(sampler=sampler)
    study.optimize(lambda trial: task(suggested(trial, task.space)), n_trials=TRIALS)
    return [trial.value for trial in study.trials], 0.0


def run(path):
    import optuna
    import torch

    torch.set_num_threads(1)
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    done = {(row["task"], row["engine"], row["seed"]) for row in read(path)}
    tasks = {name: Task(*described) for name, described in TASKS.items()}
    for seed, (name, task), engine in itertools.product(SEEDS, tasks.items(), ENGINES):
        if (name, engine, seed) not in done:
            start = cpu_seconds() - task.spent
            losses, server = searched(task, engine, seed)
            spent = cpu_seconds() - task.spent - start + server
            # Sums of the same terms may differ in their last digits.
            rounded = [round(loss, 9) for loss in losses]
            append(path, {"task": name, "engine": engine, "seed": seed, "searchSeconds": round(spent, 2), "losses": rounded})


class Results:
    """Losses of the seeds that all engines have completed on all tasks."""

    def __init__(self, rows):
        self.seconds = {engine: [row["searchSeconds"] for row in rows if row["engine"] == engine] for engine in ENGINES}
        self.losses = {(row["task"], row["engine"], row["seed"]): row["losses"] for row in rows}
        self.seeds = [seed for seed in SEEDS if all((task, engine, seed) in self.losses for task in TASKS for engine in ENGINES)]

    def best(self, task, engine, trials):
        """The best loss of each seed."""
        return [min(self.losses[task, engine, seed][:trials]) for seed in self.seeds]

    def regrets(self, task, engine, trials):
        """From the lowest loss that any run found, in units of what the first trials of random search are above it in the median."""
        lowest = min(min(losses) for (name, _, _), losses in self.losses.items() if name == task)
        unit = statistics.median(self.best(task, "random", 1)) - lowest
        return [(loss - lowest) / unit for loss in self.best(task, engine, trials)]

    def mean_ranks(self, tasks, trials):
        """Of each engine, over tasks and seeds. Equal losses share their ranks."""
        from scipy.stats import rankdata

        blocks = [block for task in tasks for block in zip(*(self.best(task, engine, trials) for engine in ENGINES))]
        return dict(zip(ENGINES, rankdata(blocks, axis=1).mean(axis=0)))

    def mean_regret(self, tasks, engine, trials):
        return statistics.mean(value for task in tasks for value in self.regrets(task, engine, trials))

    def compared(self, tasks, engine, trials):
        """Mean rank and mean regret; how many runs of `bayesopt` are better, equal and worse; p of the signed-rank test on the regrets."""
        from scipy.stats import wilcoxon

        means = f"{self.mean_ranks(tasks, trials)[engine]:.2f}, {self.mean_regret(tasks, engine, trials):.3f}"
        if engine == "bayesopt":
            return means
        pairs = [pair for task in tasks for pair in zip(*(self.regrets(task, name, trials) for name in ("bayesopt", engine)))]
        better, worse = sum(own < other for own, other in pairs), sum(own > other for own, other in pairs)
        p = wilcoxon([own - other for own, other in pairs]).pvalue if better + worse > 0 else 1.0
        return f"{means} ({better}, {len(pairs) - better - worse}, {worse}; {p:.2g})"


def table(path):
    results = Results(read(path))
    names = ["random search" if engine == "random" else f"`{engine}`" for engine in ENGINES]
    heading = f"| {' | '.join(names)} |\n|---|{'---|' * len(names)}"
    print(f"{len(results.seeds)} of {len(SEEDS)} seeds are complete.")
    for trials in BUDGETS:
        print(f"\n| best loss after {trials} trials {heading}")
        for task in TASKS:
            print(f"| {task} | {' | '.join(quartiles(results.best(task, engine, trials), '.4f') for engine in ENGINES)} |")
    kinds = {"tuning": TUNING, "test": TEST, "all": list(TASKS)}
    print("\nMean rank, mean regret, and in brackets how often `bayesopt` is better, equal and worse, and p.\n")
    print(f"| trials | engine | {' | '.join(f'{kind} tasks' for kind in kinds)} |\n|---|---|{'---|' * len(kinds)}")
    for trials, (engine, name) in itertools.product(BUDGETS, zip(ENGINES, names)):
        print(f"| {trials} | {name} | {' | '.join(results.compared(tasks, engine, trials) for tasks in kinds.values())} |")
    times = [f"{statistics.median(results.seconds[engine]):.1f} s" for engine in ENGINES]
    print(f"\n| processor time of a run without the objective, median {heading}\n| all tasks | {' | '.join(times)} |")


if __name__ == "__main__":
    {"run": run, "table": table}[sys.argv[1]](Path(sys.argv[2]))
