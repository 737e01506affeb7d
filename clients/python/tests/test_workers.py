"""Trials in processes of their own. These tests take longer than those of test_study.py."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import caviar_hpo as caviar

SPACE = {"x": caviar.real(-1, 1)}


def square(trial):
    return trial["x"] ** 2


def killed_once(trial):
    marker = Path(os.environ["CAVIAR_TEST_FOLDER"], str(trial.number))
    if trial.number % 5 == 2 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if trial.number == 4:
        os._exit(3)
    if trial.number == 6:
        raise KeyError("y")
    return square(trial)


def sleepy(trial):
    if trial.number == 1:
        time.sleep(600)
    return square(trial)


def trained(trial):
    """Its measurement at the end ends the trial, while the process is still busy."""
    start = 0 if (saved := trial.load()) is None else int(saved)
    assert start == trial.start, (start, trial.start)
    for epoch in range(start + 1, trial.until + 1):
        trial.save(str(epoch).encode(), fidelity=epoch)
        if not trial.measure(trial["x"] ** 2 + 1 / epoch, fidelity=epoch):
            return None
    return None


def open_study(path=None, **options):
    return caviar.Study(path, **{"space": SPACE, "strategy": "random", **options})


PROGRAM = """
import os, signal, sys, time
sys.path.insert(0, sys.argv[1])
import caviar_hpo as caviar

def train(trial):
    open(os.path.join(sys.argv[3], str(trial.number)), "w").close()
    time.sleep(float(sys.argv[4]))
    return trial["x"] ** 2

if __name__ == "__main__":
    study = caviar.Study(sys.argv[2], space={"x": caviar.real(-1, 1)}, strategy="random")
    study.optimize(train, trials=40, workers=4)
    print(len(study.trials))
"""


class Processes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        os.environ["CAVIAR_TEST_FOLDER"] = self.folder.name

    def tearDown(self):
        self.folder.cleanup()

    def test_run_200_trials_in_4_processes_all_distinct_and_none_lost(self):
        with open_study(Path(self.folder.name, "study"), strategy="sobol") as study:
            best = study.optimize(square, trials=200, workers=4)
            trials = study.trials
        self.assertEqual([trial.status for trial in trials], ["finished"] * 200)
        self.assertEqual(len({trial.config["x"] for trial in trials}), 200)
        self.assertEqual([trial.value for trial in trials], [trial.config["x"] ** 2 for trial in trials])
        self.assertEqual(best.value, min(trial.value for trial in trials))

    def test_harm_their_own_trial_alone(self):
        with open_study() as study:
            study.optimize(killed_once, trials=14, workers=3)
            failures = {trial.number: trial.failure for trial in study.trials if trial.failure is not None}
        self.assertEqual(sorted(failures), [4, 6])
        self.assertIn("exit code 3", failures[4].error)
        self.assertEqual(failures[6].error, "KeyError: 'y'")

    def test_that_hang_fail_in_time(self):
        with open_study() as study:
            study.optimize(sleepy, trials=4, workers=2, timeout=2)
            self.assertEqual([trial.failure and trial.failure.reason for trial in study.trials], [None, "timeout", None, None])

    def test_measure_load_and_save(self):
        for path in (None, Path(self.folder.name, "study")):
            options = {"fidelity": caviar.fidelity("epochs", 1, 9), "resumable": True, "strategy": "hyperband"}
            with open_study(path, **options) as study:
                study.optimize(trained, trials=15, workers=3)
                self.assertFalse([trial.failure for trial in study.trials if trial.failure])
                self.assertEqual(max(trial.fidelity for trial in study.trials), 9)
                for trial in study.trials:
                    self.assertEqual([measured.fidelity for measured in trial.curve], list(range(1, int(trial.fidelity) + 1)))

    def test_stop_also_where_each_measurement_ends_its_trial(self):
        options = {"fidelity": caviar.fidelity("epochs", 1, 9), "strategy": "hyperband"}
        with open_study(**options) as study:
            study.optimize(trained, trials=40, workers=2, on_trial=lambda trial: trial.number == 3 and study.stop())
            self.assertLess(len(study.trials), 8)

    def test_need_an_objective_that_can_be_pickled(self):
        import threading

        lock = threading.Lock()
        with open_study() as study, self.assertRaisesRegex(ValueError, "pickle"):
            study.optimize(lambda trial: lock.locked(), trials=4, workers=2)

    def test_show_what_the_objective_has_raised_in_them(self):
        with open_study() as study, self.assertRaisesRegex(caviar.StateError, r"none in [0-9]+ trials\. Failures: KeyError") as caught:
            study.optimize(broken, trials=20, workers=2, max_failures=4)
        self.assertIn('raise KeyError("here")', str(caught.exception.__cause__))

    def test_say_what_to_do_in_a_script_without_a_main(self):
        script = Path(self.folder.name, "script.py")
        script.write_text(PROGRAM.replace('if __name__ == "__main__":', "if True:"))
        run = self.start(script, "0")
        _, errors = run.communicate()
        self.assertNotEqual(run.returncode, 0)
        self.assertIn('starts below if __name__ == "__main__":', errors)

    def test_survive_ctrl_c(self):
        script = Path(self.folder.name, "script.py")
        script.write_text(PROGRAM)
        run = self.start(script, "0.5")
        self.wait_for("5")
        # As a terminal does it: all processes of the group get the signal.
        os.killpg(run.pid, signal.SIGINT)
        output, errors = run.communicate()
        self.assertEqual((run.returncode, errors), (0, ""))
        self.assertLess(int(output), 40)
        with open_study(Path(self.folder.name, "study")) as study:
            self.assertEqual({trial.status for trial in study.trials}, {"finished"})
            begun = len(study.trials)
        run = self.start(script, "0.5")
        self.wait_for(str(begun + 5))
        os.killpg(run.pid, signal.SIGINT)
        time.sleep(0.1)
        os.killpg(run.pid, signal.SIGINT)
        _, errors = run.communicate()
        self.assertIn("KeyboardInterrupt", errors)
        with open_study(Path(self.folder.name, "study")) as study:
            self.assertTrue([trial for trial in study.trials if trial.status == "running"])
        run = self.start(script, "0")
        output, errors = run.communicate()
        self.assertEqual((output, errors), ("40\n", ""))

    def test_are_gone_after_a_hard_end_and_the_study_continues(self):
        script = Path(self.folder.name, "script.py")
        script.write_text(PROGRAM)
        run = self.start(script, "1")
        self.wait_for("5")
        run.kill()
        _, errors = run.communicate()
        self.assertEqual(errors, "")
        deadline = time.monotonic() + 30
        while (left := subprocess.run(["pgrep", "-g", str(run.pid)], capture_output=True, text=True).stdout) and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual(left, "")
        run = self.start(script, "0")
        output, errors = run.communicate()
        self.assertEqual((output, errors), ("40\n", ""))
        with open_study(Path(self.folder.name, "study")) as study, open_study() as undisturbed:
            undisturbed.optimize(square, trials=40)
            self.assertEqual([t.config for t in study.trials], [t.config for t in undisturbed.trials])

    def start(self, script, seconds):
        source = str(Path(caviar.__file__).parents[1])
        # A shell makes programs in the background ignore Ctrl-C, and their children inherit this.
        alone = {"start_new_session": True, "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
        arguments = [sys.executable, str(script), source, str(Path(self.folder.name, "study")), self.folder.name, seconds]
        return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **alone)

    def wait_for(self, number):
        while not Path(self.folder.name, number).exists():
            time.sleep(0.02)


def broken(trial):
    raise KeyError("here")


if __name__ == "__main__":
    unittest.main()
