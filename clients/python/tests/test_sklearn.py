"""The search class of scikit-learn: scikit-learn's own checks of search classes, what it finds, and how it uses folds."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.stats import expon, loguniform, poisson, randint, uniform
from sklearn.base import clone
from sklearn.datasets import load_iris, make_classification
from sklearn.decomposition import PCA
from sklearn.exceptions import FitFailedWarning
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.svm import SVC
from sklearn.utils.estimator_checks import parametrize_with_checks

import caviar_hpo as caviar
from caviar_hpo.sklearn import CaviarSearchCV

IRIS = load_iris(return_X_y=True)
SVM = {"C": loguniform(1e-3, 1e3), "kernel": ["rbf", "linear"]}


def searches():
    """The estimators for which scikit-learn checks its own search classes, and one that stops after few folds."""
    options = {"cv": 2, "error_score": "raise", "random_state": 0}
    yield CaviarSearchCV(Ridge(), {"alpha": [0.1, 1.0]}, **options)
    yield CaviarSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, **options)
    yield CaviarSearchCV(Pipeline([("pca", PCA()), ("ridge", Ridge())]), {"ridge__alpha": [0.1, 1.0]}, **options)
    logistic = Pipeline([("pca", PCA()), ("logisticregression", LogisticRegression())])
    yield CaviarSearchCV(logistic, {"logisticregression__C": [0.1, 1.0]}, **options)
    yield CaviarSearchCV(LogisticRegression(), {"C": caviar.real(0.1, 1.0)}, n_iter=3, folds_as_fidelity=True, **options)


# scikit-learn expects the same two of RandomizedSearchCV.
EXPECTED = {"check_supervised_y_2d": "DataConversionWarning not caught", "check_requires_y_none": "Doesn't fail gracefully"}


@parametrize_with_checks(list(searches()), expected_failed_checks=lambda search: EXPECTED)
def test_scikit_learns_own_checks(estimator, check):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)


def test_finds_what_few_random_points_find_and_repeats_itself():
    search = CaviarSearchCV(SVC(), SVM, n_iter=15, random_state=0).fit(*IRIS)
    assert search.best_score_ > 0.97
    assert np.isclose(cross_val_score(SVC(**search.best_params_), *IRIS).mean(), search.best_score_)
    assert len(search.cv_results_["params"]) == 15
    again = clone(search).fit(*IRIS)
    assert again.cv_results_["params"] == search.cv_results_["params"]
    assert search.predict(IRIS[0][:1]) == [0]


def test_has_the_columns_of_scikit_learns_searches():
    search = CaviarSearchCV(SVC(), SVM, n_iter=3, cv=3, return_train_score=True, random_state=0).fit(*IRIS)
    scores = [f"{part}_{score}" for score in ("test_score", "train_score") for part in ("split0", "split1", "split2", "mean", "std")]
    times = [f"{part}_{time}" for time in ("fit_time", "score_time") for part in ("mean", "std")]
    assert set(search.cv_results_) == {*scores, *times, "rank_test_score", "params", "param_C", "param_kernel"}
    assert search.best_index_ == search.cv_results_["rank_test_score"].argmin()


def test_parameters_of_caviar_have_their_conditions_and_objects_are_passed_as_they_are():
    steps = [PCA(1), PCA(2), "passthrough"]
    space = {"reduce": steps, "svc__kernel": caviar.choice(["rbf", "poly"]), "svc__degree": caviar.integer(2, 5, when={"svc__kernel": "poly"})}
    search = CaviarSearchCV(Pipeline([("reduce", PCA()), ("svc", SVC())]), space, n_iter=10, cv=2, random_state=0).fit(*IRIS)
    for params in search.cv_results_["params"]:
        assert any(params["reduce"] is step for step in steps)
        assert ("svc__degree" in params) == (params["svc__kernel"] == "poly")
    assert np.ma.is_masked(search.cv_results_["param_svc__degree"])


def test_a_condition_may_name_a_value_of_a_list():
    space = {"kernel": ["rbf", "poly"], "degree": caviar.integer(2, 5, when={"kernel": "poly"})}
    search = CaviarSearchCV(SVC(), space, n_iter=8, cv=2, random_state=0).fit(*IRIS)
    assert {params["kernel"] for params in search.cv_results_["params"] if "degree" in params} == {"poly"}


def test_distributions_of_scipy_keep_their_ranges_and_types():
    drawn = {"a": uniform(2, 3), "b": loguniform(1e-3, 10), "c": randint(1, 5), "d": expon(scale=10), "e": poisson(20)}

    class Keeps(Ridge):
        def __init__(self, a=0, b=0, c=0, d=0, e=0, alpha=1.0):
            super().__init__(alpha)
            self.a, self.b, self.c, self.d, self.e = a, b, c, d, e

    search = CaviarSearchCV(Keeps(), drawn, strategy="sobol", n_iter=16, cv=2, random_state=0).fit(*IRIS)
    values = {name: [params[name] for params in search.cv_results_["params"]] for name in drawn}
    assert all(2 <= a <= 5 for a in values["a"]) and {type(a) for a in values["a"]} == {float}
    assert sum(b < 0.1 for b in values["b"]) == 8
    assert set(values["c"]) == {1, 2, 3, 4} and {type(c) for c in values["c"]} == {int}
    assert 5 < np.median(values["d"]) < 9 and max(values["d"]) < 10 * 7
    assert {type(e) for e in values["e"]} == {int} and 18 <= np.median(values["e"]) <= 22


def test_the_same_folds_measure_all_candidates_although_the_splitter_shuffles():
    X, y = IRIS
    search = CaviarSearchCV(SVC(), {"C": caviar.choice([1, 1.5])}, strategy="grid", n_iter=2, cv=KFold(3, shuffle=True), random_state=0)
    drawn = []

    class Counts(KFold):
        def split(self, *args, **params):
            drawn.append(1)
            return super().split(*args, **params)

    search.set_params(cv=Counts(3, shuffle=True)).fit(X, y)
    assert len(drawn) == 1


class TestFailures:
    def test_are_scored_with_nan_and_avoided(self):
        with pytest.warns(FitFailedWarning):
            search = CaviarSearchCV(SVC(), {"C": caviar.real(-1, 1)}, n_iter=25, cv=2, random_state=0).fit(*IRIS)
        failed = np.isnan(search.cv_results_["mean_test_score"])
        assert [params["C"] <= 0 for params in search.cv_results_["params"]] == list(failed)
        assert 0 < failed.sum() < 10
        assert search.best_params_["C"] > 0

    def test_of_every_candidate_are_an_error(self):
        with pytest.raises(ValueError, match="All the 2 fits failed"):
            CaviarSearchCV(SVC(), {"C": caviar.real(-2, -1)}, n_iter=3, cv=2, error_score=np.nan).fit(*IRIS)

    def test_are_raised_if_they_are_to_be(self):
        with pytest.raises(ValueError, match="'C' parameter"):
            CaviarSearchCV(SVC(), {"C": caviar.real(-2, -1)}, n_iter=3, cv=2, error_score="raise").fit(*IRIS)


class TestFolds:
    X, y = make_classification(200, 10, random_state=0)

    def search(self, **options):
        space = {"C": loguniform(1e-4, 1e4), "gamma": loguniform(1e-4, 1e2)}
        return CaviarSearchCV(SVC(), space, n_iter=20, folds_as_fidelity=True, cv=9, random_state=0, **options).fit(self.X, self.y)

    def test_bad_candidates_stop_after_few_and_the_best_has_all(self):
        results = (search := self.search()).cv_results_
        assert len(results["params"]) == 20
        assert results["n_folds"].sum() < 20 * 9 * 0.6
        assert set(results["n_folds"]) <= {1, 3, 9} and results["n_folds"][search.best_index_] == 9
        assert np.isclose(cross_val_score(SVC(**search.best_params_), self.X, self.y, cv=9).mean(), search.best_score_)

    def test_means_are_over_the_folds_that_were_measured_and_ranks_put_more_folds_first(self):
        results = self.search().cv_results_
        splits = np.array([results[f"split{fold}_test_score"] for fold in range(9)]).T
        for row, folds in enumerate(results["n_folds"]):
            assert np.isnan(splits[row, folds:]).all()
            assert np.isclose(results["mean_test_score"][row], splits[row, :folds].mean())
            assert np.isclose(results["std_test_score"][row], splits[row, :folds].std())
        order = np.argsort(results["rank_test_score"], kind="stable")
        keys = [(results["n_folds"][row], results["mean_test_score"][row]) for row in order]
        assert keys == sorted(keys, reverse=True)

    def test_no_fold_is_measured_twice(self):
        class Counts(SVC):
            fits = 0

            def fit(self, *args, **params):
                Counts.fits += 1
                return super().fit(*args, **params)

        space = {"C": loguniform(1e-4, 1e4)}
        search = CaviarSearchCV(Counts(), space, n_iter=12, folds_as_fidelity=True, cv=9, random_state=0, refit=False).fit(self.X, self.y)
        assert Counts.fits == search.cv_results_["n_folds"].sum()

    @pytest.mark.parametrize("strategy", ["medianRule", "hyperband", "freezeThaw"])
    def test_other_strategies_decide_too(self, strategy):
        results = self.search(strategy=strategy, options={}).cv_results_
        assert len(results["params"]) == 20 and results["n_folds"].max() == 9

    def test_failures_on_the_way_are_learnt_from(self):
        with pytest.warns(FitFailedWarning):
            search = CaviarSearchCV(SVC(), {"C": caviar.real(-1, 1)}, n_iter=20, cv=3, folds_as_fidelity=True, random_state=0).fit(*IRIS)
        assert search.best_params_["C"] > 0 and 0 < (search.cv_results_["n_folds"] == 0).sum() < 10

    def test_a_strategy_that_does_not_decide_measures_every_candidate_on_all(self):
        assert set(self.search(strategy="sobol").cv_results_["n_folds"]) == {9}


def test_several_jobs_measure_several_candidates_at_a_time():
    search = CaviarSearchCV(SVC(), SVM, n_iter=7, cv=2, n_jobs=4, random_state=0).fit(*IRIS)
    assert len(search.cv_results_["params"]) == 7
    assert len({tuple(params.values()) for params in search.cv_results_["params"]}) == 7


def test_of_several_metrics_refit_names_the_one_to_search_for():
    scoring = ["accuracy", "neg_log_loss"]
    search = CaviarSearchCV(LogisticRegression(), {"C": loguniform(1e-6, 1e3)}, n_iter=8, cv=2, scoring=scoring, refit="neg_log_loss", random_state=0)
    search.fit(*IRIS)
    assert search.best_score_ == search.cv_results_["mean_test_neg_log_loss"].max() > -0.3
    with pytest.raises(ValueError, match="refit"):
        search.set_params(refit=False).fit(*IRIS)


@pytest.mark.parametrize(
    ("given", "said"),
    [({"C": []}, "empty list"), ({"C": "rbf"}, "'rbf'"), ({"C": 3}, "a frozen distribution"), ({"C": loguniform}, "a frozen distribution")],
)
def test_what_is_no_parameter_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        CaviarSearchCV(SVC(), given).fit(*IRIS)


def test_what_the_server_refuses_is_said_in_the_words_of_python():
    with pytest.raises(ValueError, match=r"^space\['C'\]\.scale: expected"):
        CaviarSearchCV(SVC(), {"C": caviar.real(0, 1, scale="lgo")}).fit(*IRIS)


def test_a_misspelt_strategy_is_refused_with_a_suggestion():
    with pytest.raises(ValueError, match="bayesopt"):
        CaviarSearchCV(SVC(), SVM, strategy="bayesopd").fit(*IRIS)


def test_a_strategy_that_decides_how_far_to_train_needs_folds_as_a_fidelity():
    with pytest.raises(ValueError, match="^strategy: expected folds_as_fidelity=True with 'hyperband', .* got False"):
        CaviarSearchCV(SVC(), SVM, strategy="hyperband").fit(*IRIS)
