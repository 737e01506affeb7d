"""Studies: what a program does with them, in one process."""

import itertools
import math
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

SOURCES = str(Path(__file__).resolve().parents[1] / "src")
sys.path.insert(0, SOURCES)

import caviar_hpo as caviar
from caviar_hpo._node import command

SPACE = {"x": caviar.real(-1, 1), "n": caviar.integer(1, 3)}


def square(trial):
    assert type(trial["x"]) is float and type(trial["n"]) is int
    return trial["x"] ** 2 + trial["n"]


class InMemory(unittest.TestCase):
    def study(self, **options):
        study = caviar.Study(**{"space": SPACE, "strategy": "sobol", **options})
        self.addCleanup(study.close)
        return study

    def test_optimizes_and_knows_its_trials(self):
        study = self.study()
        heard = []
        best = study.optimize(square, trials=16, on_trial=lambda trial: heard.append(trial.number))
        self.assertEqual(heard, list(range(16)))
        trials = study.trials
        self.assertEqual([trial.number for trial in trials], heard)
        self.assertEqual(best.value, min(trial.value for trial in trials))
        self.assertEqual(best, study.best)
        self.assertEqual(trials[best.number].config, best.config)
        self.assertEqual(study.optimize(square, trials=16), best)
        self.assertEqual(len(study.trials), 16)
        self.assertIn("16 trials", repr(study))
        self.assertIn("<table", study._repr_html_())
        with self.assertRaisesRegex(caviar.StateError, "Give the study a path"):
            study.report()

    def test_asks_and_tells(self):
        study = self.study()
        first, second, third = study.ask(3)
        self.assertEqual((first.number, first.until, first.start), (0, 1, 0))
        study.tell(first, 3)
        study.tell(1, 2.0)
        study.fail(third, "infeasible", error=ValueError("too\nbig"))
        self.assertEqual(study.best.number, 1)
        self.assertEqual(study.trials[2].failure, caviar.Failure("infeasible", "ValueError: too big"))
        study.enqueue({"n": 2})
        [asked] = study.ask()
        self.assertEqual(asked["n"], 2)
        self.assertEqual([trial.number for trial in study.running], [3])
        study.tell(asked, math.nan)
        self.assertEqual(study.trials[3].failure.reason, "nonfinite")
        self.assertIsNone(study.observe({"x": 0, "n": 1}, 0.5))
        self.assertEqual(study.best.number, 4)
        elsewhere = study.observe({"x": 0.5, "n": 1}, status="running")
        study.tell(elsewhere, 0.25)
        self.assertEqual(study.best.value, 0.25)
        study.observe({"x": 0.1, "n": 1}, status="failed", reason="timeout")
        self.assertEqual(study.trials[6].failure.reason, "timeout")
        self.assertEqual(study.recommend(), study.best.config)
        # Observed trials do not count.
        study.optimize(square, trials=6)
        self.assertEqual(len(study.trials), 9)

    def test_has_several_objectives_and_constraints(self):
        study = self.study(objectives={"loss": "minimize", "size": "maximize"}, constraints=["memory"])
        study.optimize(lambda trial: caviar.Result([trial["x"], trial["n"]], constraints=[trial["n"] - 2]), trials=12)
        self.assertTrue(all(best.config["n"] <= 2 for best in study.front))
        record = study.trials[0]
        self.assertEqual(record.values, (record.config["x"], record.config["n"]))
        self.assertEqual(record.curve[0].constraints, (record.config["n"] - 2,))

    def test_keeps_constraints_between_parameters(self):
        study = self.study(space={"a": caviar.real(0, 1), "b": caviar.real(0, 1)}, where=["a < b", {"sum": ["a", "b"], "max": 1}])
        study.optimize(lambda trial: 0, trials=20)
        self.assertTrue(all(t.config["a"] < t.config["b"] and t.config["a"] + t.config["b"] <= 1 for t in study.trials))

    def test_a_failure_is_of_its_trial_alone(self):
        study = self.study()

        def train(trial):
            if trial.number == 1:
                raise caviar.Infeasible("out of memory")
            if trial.number == 2:
                raise ZeroDivisionError("by zero")
            return [1, 2] if trial.number == 3 else "bad" if trial.number == 4 else trial.number

        study.optimize(train, trials=6)
        failures = [trial.failure for trial in study.trials]
        self.assertEqual(failures[1], caviar.Failure("infeasible", "out of memory"))
        self.assertEqual(failures[2], caviar.Failure("threw", "ZeroDivisionError: by zero"))
        self.assertEqual([failure and failure.reason for failure in failures], [None, "infeasible", "threw", "threw", "threw", None])
        self.assertIn("got 'bad'", failures[4].error)

    def test_says_why_nothing_has_succeeded(self):
        study = self.study()
        with self.assertRaisesRegex(caviar.StateError, r"got none in 3 trials. Failures: KeyError: 'y' \(3 trials\)") as caught:
            study.optimize(lambda trial: trial["y"], trials=100, max_failures=3)
        self.assertEqual(caught.exception.code, "nothingSucceeded")
        self.assertIsInstance(caught.exception.__cause__, KeyError)
        with self.assertRaisesRegex(RuntimeError, r"3 trials\)\. Call optimize, or ask and tell\.$"):
            study.best  # noqa: B018

    def test_counts_failures_that_differ_in_numbers_only_together(self):
        def train(trial):
            if trial.number < 6:
                raise RuntimeError(f"no memory for trial {trial.number}")
            return [math.nan, "a", "b", [1, 2], None][trial.number - 6]

        with self.assertRaises(caviar.StateError) as caught:
            self.study().optimize(train, trials=11, max_failures=None)
        self.assertEqual(
            str(caught.exception),
            "study: expected a feasible trial, got none in 11 trials. Failures: RuntimeError: no memory for trial 0 (6 trials); "
            "numbers that are not finite (1 trial); InputError: the objective: expected a number, a list of numbers or a caviar.Result, "
            "got 'a'. Return what is to be optimised. (1 trial); 3 other errors. "
            "Return finite numbers in time, and constraints of at most 0.",
        )

    def test_stops_in_good_order_and_runs_interrupted_trials_again(self):
        # A shell makes programs in the background ignore Ctrl-C.
        self.addCleanup(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, signal.default_int_handler))
        study = self.study()

        def train(trial):
            if trial.number == 3:
                os.kill(os.getpid(), signal.SIGINT)
            return trial["x"]

        study.optimize(train, trials=10)
        self.assertEqual([trial.status for trial in study.trials], ["finished"] * 4)

        def impatient(trial):
            if trial.number == 5:
                os.kill(os.getpid(), signal.SIGINT)
                os.kill(os.getpid(), signal.SIGINT)
            return trial["x"]

        with self.assertRaises(KeyboardInterrupt):
            study.optimize(impatient, trials=10)
        self.assertEqual([trial.status for trial in study.trials][4:], ["finished", "running"])
        study.optimize(lambda trial: trial["x"], trials=10)
        self.assertEqual([trial.status for trial in study.trials], ["finished"] * 10)

    def test_threads_share_the_study(self):
        study = self.study(strategy="random")
        best = study.optimize(lambda trial: square(trial) + trial.worker, trials=40, workers=4, executor="thread")
        configs = {tuple(trial.config.values()) for trial in study.trials}
        self.assertEqual((len(configs), len(study.trials)), (40, 40))
        self.assertEqual(best.value, min(trial.value for trial in study.trials))

    def test_measures_at_fidelities(self):
        study = self.study(fidelity=caviar.fidelity("epochs", 1, 9), strategy="hyperband", resumable=True)
        epochs = 0

        def train(trial):
            nonlocal epochs
            start = 0 if (saved := trial.load()) is None else int(saved)
            self.assertEqual(start, trial.start)
            self.assertIs(type(trial.until), int)
            for epoch in range(start + 1, trial.until + 1):
                epochs += 1
                trial.save(str(epoch).encode(), fidelity=epoch)
                if not trial.measure(trial["x"] / epoch, fidelity=epoch):
                    return None
            raise AssertionError("the measurement at the end ends the trial")

        study.optimize(train, trials=12)
        self.assertEqual(epochs, sum(trial.fidelity for trial in study.trials))
        self.assertEqual(max(trial.fidelity for trial in study.trials), 9)
        self.assertFalse([trial.failure for trial in study.trials if trial.failure])


@unittest.skipIf(sys.platform == "win32", "there are no Unix sockets")
class OnOneServer(unittest.TestCase):
    """As in memory. One server has all studies, so that the tests start no other processes."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.socket = str(Path(folder.name, "socket"))
        server = subprocess.Popen(command("serve", "--socket", cls.socket), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(lambda: (server.terminate(), server.wait(), server.stdout.close()))
        server.stdout.readline()
        cls.names = itertools.count()

    def study(self, **options):
        where = {"server": self.socket, "name": str(next(self.names))}
        study = caviar.Study(**{"space": SPACE, "strategy": "sobol", **where, **options})
        self.addCleanup(study.close)
        return study

    def test_errors_are_in_the_words_of_python(self):
        for options, words in (
            ({"strategy": "sobl"}, 'Did you mean "sobol"?'),
            ({"space": {"C": caviar.real(0, 1, scale="log")}}, r"C"),
            ({"space": {"C": caviar.real(0, 1, scale="lgo")}}, r"space\['C'\].scale: expected .*log"),
            ({"strategy_options": {"etaa": 3}}, "etaa"),
            ({"space": [caviar.real(0, 1)]}, r'space: expected parameters by name, got \[Real.*Write space={"x": '),
            ({"objectives": ["loss"]}, r'objectives: expected goals by name, got \["?\'?loss'),
            ({"fidelity": 27}, r"got 27. Write fidelity=caviar.fidelity\("),
            ({"constraints": "memory"}, "constraints: expected a list of names, got 'memory'"),
            ({"where": "low < high"}, "where: expected a list of constraints"),
            ({"strategy": "hyperband"}, r'fidelity=caviar.fidelity\("epochs", 1, 27\)'),
            ({"space": {"d": caviar.integer(2, 5, when={"kernel": "poly"})}}, '^when of "d": expected a parent'),
            ({"server": None, "name": None, "path": __file__}, "path: expected the folder of a study, got a file: .*test_study.py"),
            ({"goal": "minimise"}, "minimize"),
            ({"goal": "minimize", "objectives": {"a": "minimize"}}, "got both"),
            ({"space": None, "server": None, "name": None}, "space: expected parameters"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValueError, words) as caught:
                self.study(**options)
            self.assertNotIn("params", str(caught.exception))
        study = self.study()
        for call, words in (
            (lambda: study.optimize(square), "trials: expected a whole number"),
            (lambda: study.optimize(3, trials=1), "objective: expected a function"),
            (lambda: study.optimize(square, trials=1, executor="proces"), "'process', 'thread' or 'inline'"),
            (lambda: study.optimize(square, trials=1, timeout=3, executor="thread"), "Only a process"),
            (lambda: study.optimize(square, patience=0), "patience: expected a whole number from 1"),
            (lambda: study.optimize(square, trials=3, min_gain=0.1), "patience: expected .* with min_gain"),
            (lambda: study.optimize(square, trials=3, patience=1, min_gain=math.nan), "min_gain: expected a number from 0"),
            (lambda: study.optimize(square, trials=3, no_gain=True), "no_gain: expected a strategy that foresees gains, got \"sobol\". Use bay"),
            (lambda: study.optimize(square, trials=3, no_gain=caviar.NoGain(-1)), r"no_gain.min_gain: expected .*got -1"),
            (lambda: study.optimize(square, trials=3, no_gain=0.05), "no_gain: expected True or a caviar.NoGain, got 0.05"),
            (lambda: study.optimize(square, min_gain_per_second=math.nan), "min_gain_per_second: expected"),
            (lambda: study.optimize(square, trials=3, repetitions=None), "repetitions: expected a whole number from 1"),
            (lambda: study.optimize(square, trials=3, repetitions=1001), "repetitions: expected at most 1000"),
            (lambda: study.annotate({"a": 1}, trial=99), "trial of annotate"),
            (lambda: study.annotate({"a": {1, 2}}), "JSON"),
            (lambda: study.tell(7, 1), "running trial, got 7"),
            (lambda: study.enqueue({"y": 1}), "y"),
            (lambda: pickle.dumps(study), "Pass its path"),
        ):
            with self.subTest(words), self.assertRaisesRegex((ValueError, TypeError), words):
                call()

    def test_ends_after_trials_in_a_row_that_gained_nothing(self):
        for goal, options, values, ran in (
            ("minimize", {"patience": 2}, [3, 2, 2, 1, 1, 1], 6),
            ("maximize", {"patience": 2}, [3, 2, 4, 4, 3], 5),
            ("minimize", {"patience": 3, "min_gain": 1}, [9, 8.6, 8.2, 7.8, 7.4, 7], 7),
            ("minimize", {"patience": 3, "trials": 2}, [1], 2),
            ("minimize", {"patience": 2}, [5, "fails", "breaks"], 3),
        ):
            with self.subTest((options, values)):
                study = self.study(goal=goal, constraints=["c"])

                def train(trial):
                    value = values[min(trial.number, len(values) - 1)]
                    if value == "fails":
                        raise caviar.Infeasible()
                    return caviar.Result(0 if value == "breaks" else value, constraints=[value == "breaks"])

                study.optimize(train, **options)
                self.assertEqual(len(study.trials), ran)
                # The rule holds at the same trial after an interruption.
                study.optimize(train, **options)
                self.assertEqual(len(study.trials), ran)

    def test_says_why_it_has_ended(self):
        study = self.study()
        self.assertIsNone(study.ended)
        for objective, options, rule, reason in (
            (square, {"trials": 1}, "trials", "The budget of 1 trial is spent."),
            (square, {"trials": 2}, "trials", "The budget of 2 trials is spent."),
            (square, {"seconds": 0.01}, "seconds", "The time limit of 0.01 seconds is over."),
            (lambda trial: 9, {"patience": 1}, "patience", "The last trial gained nothing."),
            (lambda trial: 9, {"patience": 2}, "patience", "2 trials in a row gained nothing."),
            (square, {"trials": 999, "on_trial": lambda _: study.stop()}, "finished", "stop() ended it early."),
        ):
            with self.subTest(rule):
                study.optimize(objective, **options)
                self.assertEqual(study.ended, caviar.Ending(rule, reason))
        study = self.study(space={"n": caviar.integer(1, 2)}, strategy="grid")
        study.optimize(lambda trial: trial["n"], trials=9)
        self.assertEqual(study.ended, caviar.Ending("done", "The strategy is done."))
        for failures, reason in ((1, "The last trial failed."), (3, "3 trials in a row failed.")):
            study = self.study()
            with self.assertRaises(caviar.StateError):
                study.optimize(lambda trial: 1 / 0, trials=9, max_failures=failures)
            self.assertEqual(study.ended, caviar.Ending("failing", reason))
        with self.assertRaises(KeyError):
            study.optimize(square, trials=9, on_trial=lambda trial: {}["a"])
        self.assertIsNone(study.ended)

    def test_rules_that_look_ahead_end_the_work_and_give_advice(self):
        study = self.study(space={"x": caviar.real(-1, 1)}, strategy="bayesopt", strategy_options={"initial": 2, "askEffort": 64})
        costly = lambda trial: caviar.Result(trial["x"], cost_seconds=2)
        study.optimize(costly, min_gain_per_second=1e9, trials=9)
        [no_gain, per_second] = study.ended.advice
        self.assertEqual((study.ended.rule, study.ended.reason), ("gainPerSecond", per_second.reason))
        self.assertEqual((per_second.rule, per_second.trials), ("gainPerSecond", 5))
        self.assertEqual(per_second.reason, "No trial is expected to gain more than 1000000000 per second.")
        self.assertEqual((no_gain.rule, len(study.trials)), ("noGain", 5))
        methods, request = [], study._server.request
        study._server.request = lambda method, params: methods.append(method) or request(method, params)
        study.optimize(costly, no_gain=caviar.NoGain(probability=1), trials=9)
        # Nothing has happened since the rule was asked, so it is not asked again.
        self.assertEqual(methods, ["advice", "ended", "best"])
        self.assertEqual((study.ended.rule, len(study.trials)), ("noGain", 5))

    def test_observed_trials_have_to_be_beaten_and_do_not_count(self):
        study = self.study()
        for _ in range(3):
            study.observe({"x": 0, "n": 1}, 1)
        study.optimize(lambda trial: 2, patience=2)
        self.assertEqual([trial.observed for trial in study.trials], [True] * 3 + [False] * 2)

    def test_repetitions_give_the_mean_and_its_variance(self):
        study = self.study()
        study.optimize(lambda trial: [4, 1, 7, 8][trial.repetition], trials=1, repetitions=4)
        [measurement] = study.trials[0].curve
        self.assertEqual((measurement.values, measurement.variance), ((5,), (30 / 3 / 4,)))
        stated = lambda trial: caviar.Result(trial.repetition, variance=[1, 2, 6][trial.repetition], cost_seconds=2)
        study.optimize(stated, trials=2, repetitions=3, workers=2, executor="thread")
        [measurement] = study.trials[1].curve
        self.assertEqual((measurement.values, measurement.variance, measurement.cost_seconds), ((1,), (1,), 6))

    def test_a_trial_fails_with_any_of_its_repetitions(self):
        study = self.study()
        ran = []

        def train(trial):
            ran.append((trial.number, trial.repetition))
            if trial.repetition == 1:
                if trial.number == 0:
                    raise caviar.Infeasible()
                return [math.nan, [1, 2], caviar.Result(1, variance=-1), 3][trial.number - 1]
            return 1

        study.optimize(train, trials=5, repetitions=3)
        reasons = [trial.failure and trial.failure.reason for trial in study.trials]
        self.assertEqual(reasons, ["infeasible", "nonfinite", "threw", "threw", None])
        self.assertEqual(ran, [(number, repetition) for number in range(5) for repetition in range(3 if number in (2, 4) else 2)])

    def test_repetitions_report_a_fidelity_once_all_have_measured_it(self):
        study = self.study(fidelity=caviar.fidelity("epochs", 1, 9), strategy="asha")
        ends = []

        def train(trial):
            for epoch in range(1, trial.until + 1):
                if not trial.measure(trial["x"] + trial.repetition, fidelity=epoch):
                    break
            ends.append((trial.repetition, epoch))

        study.optimize(train, trials=6, repetitions=2)
        for trial in study.trials:
            self.assertEqual([at.fidelity for at in trial.curve], list(range(1, len(trial.curve) + 1)))
            self.assertAlmostEqual(trial.curve[0].values[0], trial.config["x"] + 0.5)
        self.assertTrue(any(repetition == 1 for repetition, _ in ends))
        with self.assertRaisesRegex(ValueError, "resumable"):
            self.study(fidelity=caviar.fidelity("epochs", 1, 9), resumable=True).optimize(train, trials=1, repetitions=2)

    def test_takes_notes(self):
        study = self.study()

        def train(trial):
            trial.annotate({"worker": trial.worker, "sizes": [1, 2.5, None]})
            trial.annotate({"worker": "w"})
            return trial["x"]

        for executor in ("inline", "thread"):
            study.optimize(train, trials=len(study.trials) + 2, executor=executor)
        self.assertEqual([dict(trial.annotations) for trial in study.trials], [{"worker": "w", "sizes": [1, 2.5, None]}] * 4)
        study.annotate({"commit": "f00", "rate": math.inf})
        study.annotate({"commit": "ba7"}, trial=study.trials[1])
        [asked] = study.ask()
        study.tell(asked, 1)
        asked.annotate({"late": True})
        self.assertEqual(study.annotations, {"commit": "f00", "rate": math.inf})
        self.assertEqual((study.trials[1].annotations["commit"], dict(study.trials[4].annotations)), ("ba7", {"late": True}))

    def test_asks_a_strategy_that_waits_again_only_after_a_report(self):
        study = self.study(fidelity=caviar.fidelity("epochs", 1, 9), strategy="hyperband")
        happened = []
        asks, reports = study._ask, study._report
        study._ask = lambda *arguments: [happened.append("ask"), asks(*arguments)][1]
        study._report = lambda *arguments: [happened.append("report"), reports(*arguments)][1]

        def train(trial):
            if trial.number == 8:
                time.sleep(0.7)
            return trial["x"]

        study.optimize(train, trials=9, workers=2, executor="thread")
        pairs = list(zip(happened, happened[1:], happened[2:]))
        self.assertNotIn(("ask", "ask", "ask"), pairs)


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "runs", "svm")

    def tearDown(self):
        self.folder.cleanup()

    def open(self, **options):
        return caviar.Study(self.path, **{"space": SPACE, "strategy": "random", **options})

    def test_continues(self):
        with caviar.Study(space=SPACE, strategy="random") as memory:
            memory.optimize(square, trials=9)
            expected = [trial.config for trial in memory.trials]
        study = self.open()
        study.optimize(square, trials=3)
        study.ask()
        # The cell of a notebook runs again: the earlier study is closed.
        again = self.open()
        with self.assertRaisesRegex(caviar.StateError, "Open it again"):
            study.ask()
        again.optimize(square, trials=6)
        # The server is killed.
        again._server._process._popen.kill()
        again._server._process._popen.wait()
        again.optimize(square, trials=9)
        again.close()
        with caviar.Study(self.path) as study:
            self.assertEqual([trial.config for trial in study.trials], expected)
            self.assertEqual([type(value) for value in study.trials[0].config.values()], [float, int])
            self.assertIsNotNone(study.trials[8].duration_seconds)
            page = study.report()
            self.assertEqual(page, study.path / "report.html")
            self.assertIn("</html>", page.read_text())
            self.assertEqual(study.report(Path(self.folder.name, "page.html")).read_text(), page.read_text())
            self.assertIn("<iframe srcdoc=", study._repr_html_())
        with self.assertRaisesRegex(ValueError, "seed 0.*got seed 1"):
            self.open(seed=1)
        with self.assertRaisesRegex(caviar.StateError, "expected a study, got none. .* pass its space."):
            caviar.Study(Path(self.folder.name, "other"))

    def test_is_extended(self):
        with self.open() as study:
            study.optimize(square, trials=3)
        wider = {**SPACE, "x": caviar.real(-1, 2)}
        with self.assertRaisesRegex(ValueError, "extend=True"):
            self.open(space=wider)
        with self.open(space=wider, extend=True) as study:
            study.optimize(square, trials=20)
            self.assertGreater(max(trial.config["x"] for trial in study.trials), 1)
            self.assertEqual(len(study.trials), 20)

    def test_is_open_in_one_process_at_a_time(self):
        from caviar_hpo._server import Server

        with Server("--study", str(self.path)) as other:
            other.request("open", {"protocol": 2, "seed": 0, "strategy": {"name": "random"}, "problem": {"space": self.wire()}})
            with self.assertRaises(caviar.StateError) as caught:
                self.open()
            self.assertEqual(caught.exception.code, "locked")
            with self.open(take_over=True) as study:
                study.ask()

    def wire(self):
        from caviar_hpo.space import Space

        return Space(SPACE).wire()


class Command(unittest.TestCase):
    def test_lists_the_options_of_serve(self):
        environment = {**os.environ, "PYTHONPATH": SOURCES}
        run = subprocess.run([sys.executable, "-m", "caviar_hpo", "serve", "--help"], env=environment, capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("--token-file FILE", run.stdout)


if __name__ == "__main__":
    unittest.main()
