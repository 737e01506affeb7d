"""A search over the hyperparameters of scikit-learn's estimators, by a strategy of Caviar.

Example:
    >>> from scipy.stats import loguniform
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from caviar_hpo.sklearn import CaviarSearchCV
    >>> search = CaviarSearchCV(SVC(), {"C": loguniform(1e-3, 1e3), "kernel": ["rbf", "linear"]}, n_iter=15, random_state=0)
    >>> search.fit(*load_iris(return_X_y=True)).best_score_ > 0.97
    True
"""

from __future__ import annotations

import itertools
import math
import numbers
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from joblib import effective_n_jobs
from sklearn.exceptions import FitFailedWarning
from sklearn.model_selection._search import BaseSearchCV
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval

from . import _words
from ._errors import InputError
from ._server import Server
from .space import Choice, Integer, Parameter, Real, Space
from .trial import ended_by

__all__ = ["CaviarSearchCV"]

_server = Server()
_names = itertools.count()
# Quantiles at 0 and 1 may be infinite.
_LEAST_QUANTILE = 1e-3


class CaviarSearchCV(BaseSearchCV):
    """Like ``RandomizedSearchCV``, but earlier results decide what is tried next.

    Candidates that fail are learnt from: they have NaN as their score, and the search keeps away from their like. All candidates are
    measured on the same folds.

    Args:
        estimator: As in ``RandomizedSearchCV``.
        param_distributions: By name: ``caviar_hpo.real``, ``integer`` or ``choice``, also with conditions; or a list of values; or a frozen
            distribution of SciPy. In a list of ascending or descending numbers, the order has a meaning. ``uniform``, ``loguniform`` and
            ``randint`` become ranges. Of other distributions, quantiles from 0.001 to 0.999 are searched.
        n_iter: How many candidates.
        strategy: The name of a strategy of Caviar. By default ``"bayesopt"``, or ``"gpAsha"`` with ``folds_as_fidelity``.
        options: Options of the strategy.
        folds_as_fidelity: Whether a candidate may be measured on a part of the folds. Most candidates then stop after few folds, so a search
            with as many candidates takes less time. ``cv_results_["n_folds"]`` says on how many folds each was measured. Candidates with
            more folds rank before those with fewer. It needs a strategy that decides how far to go.
        scoring: As in ``RandomizedSearchCV``. With several metrics, ``refit`` is the name of the one that is searched for.
        n_jobs: As in ``RandomizedSearchCV``. If there are more jobs than folds, several candidates are chosen at a time, so the candidates
            depend on it.
        refit: As in ``RandomizedSearchCV``.
        cv: As in ``RandomizedSearchCV``.
        verbose: As in ``RandomizedSearchCV``.
        pre_dispatch: As in ``RandomizedSearchCV``.
        random_state: The same state gives the same candidates, if scores are the same and ``n_jobs`` is.
        error_score: As in ``RandomizedSearchCV``.
        return_train_score: As in ``RandomizedSearchCV``.
    """

    _parameter_constraints = {
        **BaseSearchCV._parameter_constraints,
        "param_distributions": [Mapping],
        "n_iter": [Interval(numbers.Integral, 1, None, closed="left")],
        "strategy": [str, None],
        "options": [Mapping, None],
        "folds_as_fidelity": ["boolean"],
        "random_state": ["random_state"],
    }

    def __init__(
        self,
        estimator: Any,
        param_distributions: Mapping[str, Any],
        *,
        n_iter: int = 30,
        strategy: str | None = None,
        options: Mapping[str, Any] | None = None,
        folds_as_fidelity: bool = False,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: Any = "2*n_jobs",
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = False,
    ) -> None:
        super().__init__(
            estimator=estimator,
            scoring=scoring,
            n_jobs=n_jobs,
            refit=refit,
            cv=cv,
            verbose=verbose,
            pre_dispatch=pre_dispatch,
            error_score=error_score,
            return_train_score=return_train_score,
        )
        self.param_distributions = param_distributions
        self.n_iter = n_iter
        self.strategy = strategy
        self.options = options
        self.folds_as_fidelity = folds_as_fidelity
        self.random_state = random_state

    n_splits_: int

    # scikit-learn passes no callbacks to a search without the parameter for them.
    def _run_search(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, evaluate_candidates: Callable[..., dict[str, Any]]
    ) -> None:
        self._runs = _Runs(self.n_splits_)
        try:
            _Search(self, evaluate_candidates, self._runs).run()
        finally:
            self.n_splits_ = self._runs.folds
            del self._runs

    def _format_results(
        self, candidate_params: Sequence[Any], n_splits: int, out: Sequence[dict[str, Any]], more_results: Any = None
    ) -> dict[str, Any]:
        """The results of all candidates, also where they have run on a part of the folds, or have failed on all."""
        runs = self._runs
        runs.take(out)
        rows, measured = runs.table()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "One or more of the", UserWarning)
            results: dict[str, Any] = super()._format_results([run.params for run in runs.all], runs.folds, rows, more_results)
        if self.folds_as_fidelity:
            _describe_parts(results, runs, measured)
        return results


@dataclass
class _Run:
    """A candidate: its values, and what came out on each fold so far."""

    params: dict[str, Any]
    outs: list[dict[str, Any]] = field(default_factory=list)


class _Runs:
    """All candidates in the order in which they began."""

    def __init__(self, folds: int) -> None:
        self.folds = folds
        self.all: list[_Run] = []
        self.by_trial: dict[int, _Run] = {}
        self.current: list[_Run] = []
        self._taken = 0

    def of(self, trial: int, params: dict[str, Any]) -> _Run:
        if trial not in self.by_trial:
            self.by_trial[trial] = _Run(params)
            self.all.append(self.by_trial[trial])
        return self.by_trial[trial]

    def take(self, out: Sequence[dict[str, Any]]) -> None:
        """What has come since the last time belongs to the current candidates: all folds of the first, then of the second."""
        new = out[self._taken :]
        self._taken = len(out)
        each = len(new) // len(self.current)
        for index, run in enumerate(self.current):
            run.outs.extend(new[index * each : (index + 1) * each])

    def table(self) -> tuple[list[dict[str, Any]], np.ndarray[Any, np.dtype[np.bool_]]]:
        """A row for each candidate and fold, and whether it was measured. The others have the scores NaN."""
        example = next(out for run in self.all for out in run.outs)
        blank = {key: _nan_like(value) for key, value in example.items()}
        rows = [run.outs[fold] if fold < len(run.outs) else blank for run in self.all for fold in range(self.folds)]
        return rows, np.array([[fold < len(run.outs) for fold in range(self.folds)] for run in self.all])


def _nan_like(value: Any) -> Any:
    if isinstance(value, dict):
        return dict.fromkeys(value, np.nan)
    return np.nan if isinstance(value, numbers.Real) else value


def _describe_parts(results: dict[str, Any], runs: _Runs, measured: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
    """Means over the folds that were measured, and ranks in which more folds come first."""
    count = measured.sum(axis=1)
    results["n_folds"] = count
    columns = {f"{key}_time": [[out[f"{key}_time"] for out in run.outs] for run in runs.all] for key in ("fit", "score")}
    for name in [key[len("mean_") :] for key in results if key.startswith(("mean_test_", "mean_train_"))]:
        columns[name] = [[results[f"split{fold}_{name}"][row] for fold in range(count[row])] for row in range(len(count))]
    for name, column in columns.items():
        results[f"mean_{name}"] = np.array([np.mean(values) if values else np.nan for values in column])
        results[f"std_{name}"] = np.array([np.std(values) if values else np.nan for values in column])
    for rank in [key for key in results if key.startswith("rank_")]:
        means = results[f"mean_{rank[len('rank_'):]}"]
        keys = [(-1, 0.0) if math.isnan(mean) else (int(folds), float(mean)) for folds, mean in zip(count, means)]
        results[rank] = np.array([1 + sum(other > key for other in keys) for key in keys], dtype=np.int32)


class _Folds:
    """A part of the folds, which are drawn once: without a fixed state a splitter would draw others for each candidate."""

    def __init__(self, drawn: list[Any], splitter: Any, part: slice) -> None:
        self._drawn, self._splitter, self._part = drawn, splitter, part

    def split(self, X: Any, y: Any = None, **params: Any) -> Iterator[Any]:
        if not self._drawn:
            self._drawn.extend(self._splitter.split(X, y, **params))
        return iter(self._drawn[self._part])


@dataclass
class _Job:
    """A candidate on its way to the fold after which the strategy decides."""

    id: int
    run: _Run
    milestones: list[int]


class _Search:
    """The conversation with the server about one ``fit``."""

    def __init__(self, search: CaviarSearchCV, evaluate: Callable[..., dict[str, Any]], runs: _Runs) -> None:
        self._search, self._evaluate, self._runs = search, evaluate, runs
        self._name = f"search {next(_names)}"
        self._drawn: list[Any] = []
        self._lost: Exception | None = None
        self._space = Space({name: _parameter(name, given) for name, given in search.param_distributions.items()})
        self._metric = _metric(search)

    def run(self) -> None:
        search = self._search
        parts = search.folds_as_fidelity
        folds = self._runs.folds
        problem: dict[str, Any] = {"space": self._space.wire(), "objectives": [{"name": self._metric, "goal": "maximize"}]}
        if parts:
            problem |= {"fidelity": {"unit": "folds", "min": 1, "max": folds, "whole": True}, "resumable": True}
        name = search.strategy or ("gpAsha" if parts else "bayesopt")
        strategy = {"name": name, "options": dict(search.options or {})}
        seed = int(check_random_state(search.random_state).randint(np.iinfo(np.int32).max))
        definition = {"protocol": 2, "name": self._name, "problem": problem, "strategy": strategy, "seed": seed}
        try:
            _words.translated(lambda: _server.request("open", definition), self._space)
        except InputError as error:
            if error.expected != "a problem with a fidelity":
                raise
            raise InputError(
                f"strategy: expected folds_as_fidelity=True with {name!r}, which decides how far to train, got {parts!r}.", code=error.code
            ) from error
        try:
            while jobs := self._ask():
                self._follow(jobs)
        finally:
            self._request("close")
        if self._lost is None:
            return
        if not any(run.outs for run in self._runs.all):
            raise self._lost
        warnings.warn(f"Candidates of which every fit failed have NaN as their score. Of the last of them:\n{self._lost}", FitFailedWarning)

    def _request(self, method: str, **params: Any) -> dict[str, Any]:
        return _server.request(method, {"study": self._name, **params})

    def _ask(self) -> list[_Job]:
        """The next candidates. Once all have begun, those that are to continue."""
        n_jobs: Any = self._search.n_jobs
        width = max(1, math.ceil(effective_n_jobs(n_jobs) / self._runs.folds))
        for finish in (False, True):
            jobs = self._request("ask", want=width, trials=int(self._search.n_iter), finish=finish)["jobs"]
            if jobs:
                return [self._job(job) for job in jobs]
        return []

    def _job(self, job: dict[str, Any]) -> _Job:
        run = self._runs.of(job["trial"], self._space.read(job["config"]))
        # Without a fidelity the only milestone is 1, and means all folds.
        milestones = [int(milestone) for milestone in job["milestones"]] if self._search.folds_as_fidelity else [self._runs.folds]
        return _Job(job["id"], run, milestones)

    def _follow(self, jobs: list[_Job]) -> None:
        """Runs jobs to their ends, side by side where they run on the same folds."""
        while jobs:
            start, end = len(jobs[0].run.outs), jobs[0].milestones[0]
            group = [job for job in jobs if (len(job.run.outs), job.milestones[0]) == (start, end)]
            scores = self._measure(group, start, end)
            ended = set()
            for job, score in zip(group, scores):
                job.milestones.pop(0)
                ended |= self._report(job, score, end)
            jobs = [job for job in jobs if job.milestones and job.id not in ended]

    def _measure(self, group: list[_Job], start: int, end: int) -> list[float]:
        search, runs = self._search, self._runs
        runs.current = [job.run for job in group]
        search.n_splits_ = end - start
        folds = _Folds(self._drawn, search._checked_cv_orig, slice(start, end))
        try:
            results = self._evaluate([job.run.params for job in group], cv=folds)
        except ValueError as error:
            # What scikit-learn raises where every fit of a call has failed. Here a call is one candidate, or a few.
            if search.error_score == "raise" or not str(error).lstrip().startswith("All the"):
                raise
            self._lost = error
            return [math.nan] * len(group)
        key = f"mean_test_{self._metric}"
        return [float(results[key][next(row for row, run in enumerate(runs.all) if run is job.run)]) for job in group]

    def _report(self, job: _Job, score: float, end: int) -> set[int]:
        """The ids of the jobs that end with this report."""
        if not math.isfinite(score):
            answer = self._request("fail", job=job.id, reason="threw")
            return {job.id, *ended_by(answer["directives"])}
        fidelity = {"fidelity": end} if self._search.folds_as_fidelity else {}
        return set(ended_by(self._request("tell", job=job.id, values=[score], **fidelity)["directives"]))


def _metric(search: CaviarSearchCV) -> str:
    several = callable(search.scoring) or not (search.scoring is None or isinstance(search.scoring, str))
    if several and isinstance(search.refit, str):
        return search.refit
    if several and not callable(search.scoring):
        raise InputError(
            f"refit: expected the name of the metric that is searched for, got {search.refit!r}.", code="wrongValue"
        )
    return "score"


@dataclass(frozen=True)
class _Listed(Choice[Any]):
    """A list of values, which may be any objects: the server knows their positions."""

    def _wire(self) -> dict[str, Any]:
        return {"kind": "choice", "options": [str(index) for index in range(len(self.options))], "ordered": self.ordered}

    def _read(self, value: Any) -> Any:
        return self.options[int(value)]

    def _write(self, value: Any) -> Any:
        return next((str(index) for index, option in enumerate(self.options) if option is value or option == value), repr(value))


@dataclass(frozen=True)
class _Quantiles(Real):
    """A distribution of SciPy, searched by its quantiles."""

    distribution: Any = None

    def _read(self, value: Any) -> Any:
        drawn = self.distribution.ppf(value)
        return int(drawn) if hasattr(self.distribution.dist, "pmf") else float(drawn)


def _parameter(name: str, given: Any) -> Parameter:
    if isinstance(given, (Real, Integer, Choice)):
        return given
    if hasattr(given, "ppf") and hasattr(given, "dist"):
        return _of_distribution(given)
    if isinstance(given, str) or not hasattr(given, "__len__") or not hasattr(given, "__getitem__"):
        raise InputError(
            f"param_distributions[{name!r}]: expected a parameter of Caviar, a list, or a frozen distribution of SciPy, got {given!r}.",
            code="badSpace",
        )
    options = tuple(given.tolist() if isinstance(given, np.ndarray) else given)
    if not options:
        raise InputError(f"param_distributions[{name!r}]: expected at least one value, got an empty list.", code="badSpace")
    return _Listed(options, _ascends(options) or _ascends(options[::-1]))


def _of_distribution(given: Any) -> Parameter:
    low, high = given.support()
    kind = given.dist.name
    if kind == "uniform":
        return Real(float(low), float(high))
    if kind in ("loguniform", "reciprocal"):
        return Real(float(low), float(high), "log")
    if kind == "randint":
        return Integer(int(low), int(high))
    return _Quantiles(_LEAST_QUANTILE, 1 - _LEAST_QUANTILE, distribution=given)


def _ascends(options: Sequence[Any]) -> bool:
    if not all(isinstance(option, numbers.Real) and not isinstance(option, (bool, np.bool_)) for option in options):
        return False
    return all(a < b for a, b in zip(options, options[1:]))
