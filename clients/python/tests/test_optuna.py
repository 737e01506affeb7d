"""The sampler inside Optuna: what it learns from, what it keeps away from, and that it survives copies, processes and changes."""

from __future__ import annotations

import json
import math
import os
import pickle
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import optuna
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial

from caviar_hpo import optuna as module
from caviar_hpo._errors import InputError
from caviar_hpo.optuna import CaviarSampler

optuna.logging.set_verbosity(optuna.logging.CRITICAL)
warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
IN_BOX = {"x": FloatDistribution(-5, 10), "y": FloatDistribution(0, 15)}


def branin(trial):
    x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
    return (y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def quick(**options):
    """A sampler whose asks cost less."""
    return CaviarSampler("tpe", seed=1, **options)


def params(study):
    return [trial.params for trial in study.trials]


def test_finds_the_minimum_of_branin_and_repeats_itself():
    first, second = (optuna.create_study(sampler=CaviarSampler(seed=1)) for _ in range(2))
    first.optimize(branin, n_trials=30)
    second.optimize(branin, n_trials=12)
    assert first.best_value - 0.39788735772973816 < 1e-4
    assert params(first)[:12] == params(second)


def test_maximises_where_the_study_does():
    minimal, maximal = optuna.create_study(sampler=quick()), optuna.create_study(sampler=quick(), direction="maximize")
    minimal.optimize(branin, n_trials=20)
    maximal.optimize(lambda trial: -branin(trial), n_trials=20)
    assert params(minimal) == params(maximal)


def test_different_seeds_and_no_seed_give_different_trials():
    studies = [optuna.create_study(sampler=CaviarSampler("random", seed=seed)) for seed in (1, 2, None, None)]
    for study in studies:
        study.optimize(branin, n_trials=2)
    assert len({study.trials[n].params["x"] for study in studies for n in range(2)}) == 8


def test_mixed_parameters_keep_their_types_and_crashes_teach():
    def objective(trial):
        rate = trial.suggest_float("rate", 1e-5, 1, log=True)
        units = trial.suggest_int("units", 8, 64, step=8)
        layers = trial.suggest_int("layers", 1, 100, log=True)
        choice = trial.suggest_categorical("choice", [None, "a", True, 0])
        momentum = trial.suggest_float("momentum", 0, 1, step=0.1)
        trial.suggest_float("only", 2.5, 2.5)
        assert (type(rate), type(units), type(layers), type(momentum)) == (float, int, int, float)
        assert units % 8 == 0
        if rate > 0.05:
            raise ValueError("diverged")
        return -abs(math.log10(rate) + 2) - abs(units - 32) / 64 - abs(momentum - 0.9) + (0.5 if choice is True else 0) - layers / 1000

    study = optuna.create_study(direction="maximize", sampler=CaviarSampler(seed=3))
    study.optimize(objective, n_trials=45, catch=(ValueError,))
    failed = [trial.number for trial in study.trials if trial.state == TrialState.FAIL]
    assert study.best_value > 0.3
    assert study.best_params["choice"] is True
    assert 0 < len(failed) < 15


class TestConditionalSpaces:
    @staticmethod
    def objective(trial):
        model = trial.suggest_categorical("model", ["svm", "forest", None])
        if model == "svm":
            width = trial.suggest_float("width", 1e-3, 1e3, log=True)
            kernel = trial.suggest_categorical("kernel", ["rbf", "poly"])
            degree = trial.suggest_int("degree", 2, 5) if kernel == "poly" else 3
            return (math.log10(width) - 1) ** 2 + (degree - 3) ** 2 + (0.5 if kernel == "rbf" else 0.2)
        if model == "forest":
            return sum(trial.suggest_float(f"weight{n}", 0, 1) for n in range(trial.suggest_int("trees", 1, 4))) + 1
        return 3

    def test_are_learnt_with_their_conditions(self):
        study = optuna.create_study(sampler=CaviarSampler(seed=1))
        study.optimize(self.objective, n_trials=40)
        assert study.best_value < 0.3
        conditions = study.sampler._history.space.conditions
        assert {name: condition.parent for name, condition in conditions.items()} == {
            "width": "model",
            "kernel": "model",
            "degree": "kernel",
            "trees": "model",
            "weight0": "model",
            "weight1": "trees",
            "weight2": "trees",
            "weight3": "trees",
        }

    def test_do_not_fall_back_to_random_values_once_they_are_known(self, monkeypatch):
        drawn = []
        at_random = CaviarSampler.sample_independent

        def watched(self, study, trial, name, distribution):
            drawn.append((trial.number, name))
            return at_random(self, study, trial, name, distribution)

        monkeypatch.setattr(CaviarSampler, "sample_independent", watched)
        study = optuna.create_study(sampler=quick())
        study.optimize(self.objective, n_trials=40)
        seen = {}
        for trial in study.trials:
            for name in trial.params:
                seen.setdefault(name, trial.number)
        assert [(number, name) for number, name in drawn if number > seen[name] + 3] == []


class TestChangingSpaces:
    def test_a_wider_range_is_used_at_once_and_old_trials_stay(self):
        study = optuna.create_study(sampler=CaviarSampler(seed=1))
        for high, trials in ((1, 10), (5, 12)):
            study.optimize(lambda trial: (trial.suggest_float("x", 0, high) - 3) ** 2, n_trials=trials)
        assert study.best_value < 0.01
        assert len(study.sampler._session._done) == 21

    def test_a_narrower_range_is_kept_after_one_trial(self):
        study = optuna.create_study(sampler=CaviarSampler(seed=1))
        for high, trials in ((10, 10), (2, 12)):
            study.optimize(lambda trial: (trial.suggest_float("x", 0, high) - 1) ** 2, n_trials=trials)
        assert study.best_value < 0.01

    def test_a_new_parameter_joins_after_ten_trials(self):
        study = optuna.create_study(sampler=quick())
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=5)
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1) + trial.suggest_float("y", 0, 1), n_trials=12)
        assert list(study.sampler._history.space.distributions) == ["x", "y"]

    def test_a_parameter_that_is_gone_leaves(self):
        study = optuna.create_study(sampler=quick())
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1) + trial.suggest_float("y", 0, 1), n_trials=5)
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=12)
        assert list(study.sampler._history.space.distributions) == ["x"]

    def test_a_range_that_depends_on_another_value_has_the_range_of_all(self):
        study = optuna.create_study(sampler=quick())
        study.optimize(lambda trial: trial.suggest_float("y", 0, trial.suggest_float("x", 0.1, 1)), n_trials=15)
        assert all(trial.params["y"] <= trial.params["x"] for trial in study.trials)
        hull = study.sampler._history.space.distributions["y"]
        assert hull.high == max(trial.distributions["y"].high for trial in study.trials[:14])


class TestTrialsOfOthers:
    def test_finished_ones_are_learnt_from(self):
        study = optuna.create_study(sampler=CaviarSampler(seed=1))
        for n in range(25):
            x = n / 24
            study.add_trial(create_trial(params={"x": x}, distributions={"x": FloatDistribution(0, 1)}, value=(x - 0.7) ** 2))
        study.optimize(lambda trial: (trial.suggest_float("x", 0, 1) - 0.7) ** 2, n_trials=2)
        assert study.best_value < 1e-4

    def test_those_that_run_elsewhere_are_kept_away_from(self):
        space = {"n": IntDistribution(0, 9)}
        study = optuna.create_study(sampler=quick(search_space=space))
        elsewhere = optuna.create_study(storage=study._storage, study_name=study.study_name, load_if_exists=True, sampler=quick(search_space=space))
        trials = [one.ask(space) for _ in range(5) for one in (study, elsewhere)]
        assert sorted(trial.params["n"] for trial in trials) == list(range(10))

    def test_those_that_show_only_some_of_their_values_count_with_what_their_sampler_has_announced(self):
        space = {"a": IntDistribution(0, 2), "b": IntDistribution(0, 2)}
        study = optuna.create_study(sampler=quick(search_space=space))
        elsewhere = optuna.create_study(storage=study._storage, study_name=study.study_name, load_if_exists=True, sampler=quick(search_space=space))
        trials = []
        for _ in range(9):
            for one in (study, elsewhere)[len(trials) % 2 :][:1]:
                trial = one.ask()
                trial.suggest_int("a", 0, 2)
                trials.append(trial)
        assert len({(trial.params["a"], trial.suggest_int("b", 0, 2)) for trial in trials}) == 9

    def test_one_that_fails_elsewhere_is_learnt_from(self):
        study = optuna.create_study(sampler=quick())
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
        trial = study.ask()
        trial.suggest_float("x", 0, 1)
        study._storage.set_trial_state_values(trial._trial_id, TrialState.FAIL)
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
        statuses = [one["status"] for one in trials_of(study.sampler)]
        assert statuses == ["finished", "finished", "failed", "finished", "running"][: len(statuses)]
        assert statuses.count("failed") == 1


def trials_of(sampler):
    """What the server knows."""
    return sampler._session._request("trials", {})["trials"]


def test_enqueued_trials_run_and_the_strategy_fills_in_what_they_leave_open():
    study = optuna.create_study(sampler=quick())
    study.optimize(branin, n_trials=3)
    study.enqueue_trial({"x": 1.0, "y": 2.0})
    study.enqueue_trial({"x": 3.0})
    study.optimize(branin, n_trials=3)
    assert params(study)[3] == {"x": 1.0, "y": 2.0}
    assert params(study)[4]["x"] == 3.0
    known = trials_of(study.sampler)
    assert {"x": 3, "y": params(study)[4]["y"]} in [trial["config"] for trial in known if trial["status"] == "finished"]
    assert [trial["status"] for trial in known].count("failed") == 0


def test_an_enqueued_value_whose_parameter_may_not_exist_is_kept_only_if_it_does():
    study = optuna.create_study(sampler=quick())
    study.optimize(TestConditionalSpaces.objective, n_trials=15)
    for fixed in ({"degree": 4}, {"kernel": "rbf", "degree": 4}, {"model": "svm", "kernel": "poly", "degree": 4}):
        study.enqueue_trial(fixed)
    study.optimize(TestConditionalSpaces.objective, n_trials=3)
    last = study.trials[-1]
    assert (last.state, last.params["degree"]) == (TrialState.COMPLETE, 4)
    assert all(trial.params.get("degree", 4) == 4 and trial.state == TrialState.COMPLETE for trial in study.trials[15:])


def test_values_that_are_not_finite_are_failures():
    study = optuna.create_study(sampler=quick())
    study.optimize(lambda trial: math.inf if trial.suggest_float("x", 0, 1) > 0.5 else 1.0, n_trials=10)
    statuses = [trial["status"] for trial in trials_of(study.sampler)]
    assert statuses.count("failed") == sum(trial.value == math.inf for trial in study.trials[:9]) > 0


class TestPruning:
    @staticmethod
    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        for step in range(1, 10):
            # Grows with the steps, so early values are better than final ones.
            trial.report(step * (0.1 + abs(x - 0.3)), step)
            if trial.should_prune():
                raise optuna.TrialPruned
        return 10 * (0.1 + abs(x - 0.3))

    @pytest.mark.parametrize("pruner", [optuna.pruners.MedianPruner(n_startup_trials=3), optuna.pruners.HyperbandPruner(1, 9)])
    def test_pruned_trials_count_as_no_better_than_the_median(self, pruner):
        study = optuna.create_study(sampler=quick(), pruner=pruner)
        study.optimize(self.objective, n_trials=25)
        pruned = [trial for trial in study.trials if trial.state == TrialState.PRUNED]
        assert pruned
        told = {trial["config"]["x"]: trial["curve"][-1]["values"][0] for trial in trials_of(study.sampler) if trial["curve"]}
        complete = [trial.value for trial in study.trials if trial.state == TrialState.COMPLETE]
        for trial in pruned:
            if trial.params["x"] in told:
                assert told[trial.params["x"]] >= max(trial.value, min(complete))
        assert len(told) >= 23

    def test_pruned_trials_without_a_value_are_failures(self):
        def objective(trial):
            if trial.suggest_float("x", 0, 1) > 0.5:
                raise optuna.TrialPruned
            return 1.0

        study = optuna.create_study(sampler=quick())
        study.optimize(objective, n_trials=10)
        reasons = [trial["failure"]["reason"] for trial in trials_of(study.sampler) if trial["status"] == "failed"]
        assert reasons == ["infeasible"] * len(reasons) and reasons


class TestConstraints:
    def check(self, study):
        assert study.best_value < 0.31
        assert all(len(one["curve"][-1]["constraints"]) == 1 for one in trials_of(study.sampler) if one["status"] == "finished")

    @pytest.mark.skipif(not hasattr(optuna.trial.Trial, "set_constraint"), reason="Optuna 4")
    def test_of_the_trial(self):
        def objective(trial):
            x = trial.suggest_float("x", 0, 1)
            trial.set_constraint("room", 0.3 - x)
            return x

        study = optuna.create_study(sampler=CaviarSampler(seed=1))
        study.optimize(objective, n_trials=20)
        self.check(study)

    def test_of_a_function(self):
        study = optuna.create_study(sampler=CaviarSampler(seed=1, constraints_func=lambda trial: [0.3 - trial.params["x"]]))
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=20)
        feasible = [trial.value for trial in study.trials if trial.system_attrs["constraints"][0] <= 0]
        assert min(feasible) < 0.31
        assert [one["curve"][-1]["constraints"] for one in trials_of(study.sampler) if one["status"] == "finished"] == [
            trial.system_attrs["constraints"] for trial in study.trials[:19]
        ]

    def test_that_are_no_numbers_are_refused(self):
        study = optuna.create_study(sampler=quick(constraints_func=lambda trial: [math.nan]))
        with pytest.raises(ValueError, match="constraints_func"):
            study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=1)


class TestSeveralObjectives:
    def test_are_refused_by_a_strategy_for_one(self):
        study = optuna.create_study(directions=["minimize", "maximize"], sampler=CaviarSampler())
        with pytest.raises(InputError, match="at most 1 objective"):
            study.optimize(lambda trial: (trial.suggest_float("x", 0, 1), 1.0), n_trials=1)

    def test_are_taken_by_strategies_that_do_not_learn(self):
        study = optuna.create_study(directions=["minimize", "maximize"], sampler=CaviarSampler("sobol", seed=1))
        study.optimize(lambda trial: (trial.suggest_float("x", 0, 1), trial.suggest_int("n", 1, 3)), n_trials=8)
        assert len(study.best_trials) >= 1


@pytest.mark.parametrize(
    ("sampler", "meant"),
    [
        (CaviarSampler("bayesopd"), 'Did you mean "bayesopt"'),
        (CaviarSampler("tpe", options={"startups": 3}), 'Did you mean "startup"'),
        (CaviarSampler("hyperband"), "expected one that does not decide how far to train, got 'hyperband'. A pruner of Optuna"),
    ],
)
def test_a_strategy_is_refused_before_the_first_trial_has_trained(sampler, meant):
    trained = []

    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        trained.append(x)
        return x

    with pytest.raises(ValueError, match=meant):
        optuna.create_study(sampler=sampler).optimize(objective, n_trials=2)
    assert trained == []


class TestCopies:
    def test_a_pickled_sampler_continues_with_all_that_was_learnt(self):
        study = optuna.create_study(sampler=CaviarSampler(seed=1))
        study.optimize(branin, n_trials=20)
        study.sampler = pickle.loads(pickle.dumps(study.sampler))
        assert study.sampler._server._process is None
        study.optimize(branin, n_trials=10)
        assert study.best_value - 0.39788735772973816 < 1e-3
        assert len(study.sampler._session._done) == 29

    def test_one_sampler_serves_more_studies_one_after_another_than_a_server_keeps_open(self):
        sampler = quick()
        for _ in range(18):
            study = optuna.create_study(sampler=sampler)
            study.optimize(branin, n_trials=3)
            assert len(trials_of(sampler)) == 3

    def test_threads_share_a_sampler(self):
        study = optuna.create_study(sampler=quick())
        study.optimize(branin, n_trials=24, n_jobs=4)
        assert len({(one["x"], one["y"]) for one in params(study)}) == 24

    def test_a_killed_server_is_replaced_by_one_that_learns_everything_again(self):
        study = optuna.create_study(sampler=quick())
        study.optimize(branin, n_trials=8)
        server = study.sampler._server
        os.kill(server._process._popen.pid, signal.SIGKILL)
        study.optimize(branin, n_trials=2)
        assert (server.start(), len(study.sampler._session._done)) == (2, 9)

    def test_a_seed_that_several_processes_share_gives_different_trials(self, tmp_path):
        path, code = tmp_path / "journal.log", Path(__file__).with_name("optuna_worker.py")
        command = [sys.executable, str(code), str(path), "12"]
        workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        told = [json.loads(worker.communicate()[0]) for worker in workers]
        storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(str(path)))
        study = optuna.load_study(study_name="shared", storage=storage)
        assert [trial.state for trial in study.trials] == [TrialState.COMPLETE] * 36
        assert len({tuple(trial.params.values()) for trial in study.trials}) == 36
        assert sorted(number for numbers in told for number in numbers) == list(range(36))


def test_ranges_that_doubles_do_not_hold_are_drawn_by_optuna():
    study = optuna.create_study(sampler=quick())
    study.optimize(lambda trial: trial.suggest_int("n", 0, 2**60) * 1e-18 + trial.suggest_float("x", 0, 1), n_trials=4)
    assert list(study.sampler._session._space.distributions) == ["x"]


def test_long_configurations_are_announced_in_parts():
    names = [f"a_long_name_of_a_parameter_{n}" for n in range(100)]
    study = optuna.create_study(sampler=CaviarSampler("random", seed=1))
    study.optimize(lambda trial: sum(trial.suggest_float(name, 0, 1) for name in names), n_trials=2)
    attributes = study.trials[1].system_attrs
    assert all(len(value) <= 2045 for value in attributes.values()) and len(attributes) > 1
    assert module._announced(study.trials[1], study.sampler._session._space) == study.trials[1].params


def test_choices_that_python_cannot_tell_apart_are_one():
    choices = CategoricalDistribution([None, 1, True, "1", 1.5])
    study = optuna.create_study(sampler=quick(search_space={"c": choices}))
    trials = [study.ask({"c": choices}) for _ in range(4)]
    assert {repr(trial.params["c"]) for trial in trials} == {"None", "1", "'1'", "1.5"}
    for trial in trials:
        study.tell(trial, 1.0)
    study.ask({"c": choices})
    assert [one["status"] for one in trials_of(study.sampler)].count("failed") == 0
