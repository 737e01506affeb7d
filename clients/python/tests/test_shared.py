"""Several programs that work on one study, by a server on a Unix socket."""

import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCES = str(Path(__file__).resolve().parents[1] / "src")
sys.path.insert(0, SOURCES)

import caviar_hpo as caviar

SPACE = {"x": caviar.real(-1, 1)}

PROGRAM = f"""
import sys
sys.path.insert(0, {SOURCES!r})
import caviar_hpo as caviar

study = caviar.Study(server=sys.argv[1], name=sys.argv[2], space={{"x": caviar.real(-1, 1)}}, strategy="random")
"""

ASKS = f"""{PROGRAM}
for _ in range(25):
    [trial] = study.ask()
    study.tell(trial, trial["x"] ** 2)
"""

WAITS = f"""{PROGRAM}
trials = study.ask(2)
print(flush=True)
input()
for trial in trials:
    study.tell(trial, 0.5)
"""


def serve(root, address):
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    arguments = ["-m", "caviar_hpo", "serve", "--root", str(root), "--socket", address]
    server = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout.readline().strip() == address
    return server


def end(server, by=signal.SIGTERM):
    server.send_signal(by)
    server.wait()
    server.stdout.close()


@unittest.skipIf(sys.platform == "win32", "there are no Unix sockets")
class Shared(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.socket = str(cls.folder / "socket")
        server = serve(cls.folder / "studies", cls.socket)
        cls.addClassCleanup(end, server)

    def open(self, **options):
        study = caviar.Study(**{"server": self.socket, "name": self.id(), "space": SPACE, "strategy": "random", **options})
        self.addCleanup(study.close)
        return study

    def program(self, text):
        return subprocess.Popen([sys.executable, "-c", text, self.socket, self.id()], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def test_four_programs_run_25_trials_each_and_none_is_lost_or_run_twice(self):
        programs = [self.program(ASKS) for _ in range(4)]
        for program in programs:
            program.communicate()
            self.assertEqual(program.returncode, 0)
        trials = self.open(space=None).trials
        self.assertEqual([trial.status for trial in trials], ["finished"] * 100)
        self.assertEqual(len({trial.config["x"] for trial in trials}), 100)
        self.assertEqual([trial.value for trial in trials], [trial.config["x"] ** 2 for trial in trials])

    def test_a_program_takes_over_the_trials_of_one_that_was_killed_and_not_those_of_one_that_works(self):
        killed, works = self.program(WAITS), self.program(WAITS)
        for program in (killed, works):
            program.stdout.readline()
        killed.kill()
        killed.communicate()
        study = self.open()
        ran = []

        def objective(trial):
            ran.append(trial.number)
            if trial.number == 5:
                works.stdin.write(b"\n")
                works.stdin.flush()
            return trial["x"] ** 2

        # In the end, it waits for the trials of the program that works.
        study.optimize(objective, trials=6)
        works.communicate()
        self.assertEqual(len(ran), 4)
        self.assertEqual([trial.status for trial in study.trials], ["finished"] * 6)

    def test_it_is_stored_where_the_server_says_and_survives_the_server(self):
        root, address = self.folder / "more", str(self.folder / "second socket")
        server = serve(root, address)
        study = self.open(server=address)
        [trial] = study.ask()
        study.annotate({"host": "a"}, trial)
        end(server, signal.SIGKILL)
        with self.assertRaises(caviar.ServerError):
            study.ask()
        self.addCleanup(end, serve(root, address))
        study.tell(trial, 1)
        self.assertEqual(study.path.parent, root)
        self.assertEqual(dict(study.trials[0].annotations), {"host": "a"})
        study.close()
        with caviar.Study(study.path, wait_seconds=60) as alone:
            self.assertEqual(alone.best.value, 1)

    def test_its_trials_fit_in_the_short_lines_of_a_socket(self):
        study = self.open()
        for number in range(5):
            study.observe({"x": number / 5}, number)
            study.annotate({"words": "x" * 1_000_000}, trial=number)
        self.assertEqual([len(trial.annotations["words"]) for trial in study.trials], [1_000_000] * 5)

    def test_mistakes_say_what_to_do(self):
        for options, words in [
            ({"server": f"{self.socket}-other", "name": "a"}, "serve --root studies --socket"),
            ({"server": self.socket}, "a server and a name"),
            ({"name": "a"}, "a server and a name"),
            ({"path": "a", "server": self.socket, "name": "a"}, "without a path"),
            ({"server": self.socket, "name": "a", "take_over": True}, "without extend and take_over"),
            ({"server": self.socket, "name": ""}, "characters"),
        ]:
            with self.subTest(words), self.assertRaisesRegex(caviar.CaviarError, words):
                caviar.Study(**{"space": SPACE, **options})
        self.open()
        with self.assertRaises(caviar.InputError) as caught:
            self.open(seed=1)
        self.assertEqual(caught.exception.code, "otherStudy")


if __name__ == "__main__":
    unittest.main()
