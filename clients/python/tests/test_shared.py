"""Several programs that work on one study, by a server on a Unix socket or on a port."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
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

token = {{"token_file": sys.argv[3]}} if sys.argv[3:] else {{}}
study = caviar.Study(server=sys.argv[1], name=sys.argv[2], space={{"x": caviar.real(-1, 1)}}, strategy="random", **token)
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


class Served:
    """A server, and what a program says to reach it."""

    def __init__(self, root, *arguments):
        environment = {**os.environ, "PYTHONPATH": SOURCES}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "caviar_hpo", "serve", "--root", str(root), *arguments], env=environment, stdout=subprocess.PIPE, text=True
        )
        self.address = self._process.stdout.readline().strip()
        assert self.address

    def end(self, by=signal.SIGTERM):
        self._process.send_signal(by)
        self._process.wait()
        self._process.stdout.close()


class Programs:
    """The tests, whatever the programs connect to: `arguments` are those of a server at a place, and `token` what a program says besides."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.server = Served(cls.folder / "studies", *cls.arguments("place"))
        cls.addClassCleanup(cls.server.end)

    def open(self, **options):
        where = {"server": self.server.address, "name": self.id(), **self.token("place")}
        study = caviar.Study(**{"space": SPACE, "strategy": "random", **where, **options})
        self.addCleanup(study.close)
        return study

    def program(self, text):
        words = [self.server.address, self.id(), *self.token("place").values()]
        return subprocess.Popen([sys.executable, "-c", text, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

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
        root = self.folder / "more"
        server = Served(root, *self.arguments("second place"))
        study = self.open(server=server.address, **self.token("second place"))
        [trial] = study.ask()
        study.annotate({"host": "a"}, trial)
        server.end(signal.SIGKILL)
        with self.assertRaises(caviar.ServerError):
            study.ask()
        self.addCleanup(Served(root, *self.arguments("second place", server.address)).end)
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

    def test_another_definition_is_refused(self):
        self.open()
        with self.assertRaises(caviar.InputError) as caught:
            self.open(seed=1)
        self.assertEqual(caught.exception.code, "otherStudy")

    def refused(self, *cases):
        for options, words in cases:
            with self.subTest(words), self.assertRaisesRegex(caviar.CaviarError, words):
                caviar.Study(**{"space": SPACE, **options})


@unittest.skipIf(sys.platform == "win32", "there are no Unix sockets")
class OnASocket(Programs, unittest.TestCase):
    @classmethod
    def arguments(cls, place, _address=None):
        return "--socket", str(cls.folder / place)

    @classmethod
    def token(cls, _place):
        return {}

    def test_mistakes_say_what_to_do(self):
        socket = self.server.address
        self.refused(
            ({"server": f"{socket}-other", "name": "a"}, "serve --root studies --socket"),
            ({"server": socket}, "a server and a name"),
            ({"name": "a"}, "a server and a name"),
            ({"path": "a", "server": socket, "name": "a"}, "without a path"),
            ({"server": socket, "name": "a", "take_over": True}, "without extend and take_over"),
            ({"server": socket, "name": ""}, "characters"),
            ({"server": socket, "name": "a", "token_file": "b"}, "expected none with a Unix socket"),
            ({"path": "a", "token_file": "b"}, "expected none without a server"),
        )


class OnAPort(Programs, unittest.TestCase):
    @classmethod
    def arguments(cls, place, address="http://127.0.0.1:0"):
        return "--port", address.rpartition(":")[2], "--token-file", str(cls.folder / place)

    @classmethod
    def token(cls, place):
        return {"token_file": str(cls.folder / place)}

    def test_mistakes_say_what_to_do(self):
        there = {"server": self.server.address, "name": "a", **self.token("place")}
        other = self.folder / "other token"
        other.write_text("x" * 43)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            free = f"http://127.0.0.1:{silent.getsockname()[1]}"
        self.refused(
            ({**there, "server": free}, f"listens on {free}, got none .*serve --root studies --port .* --token-file"),
            ({**there, "server": "http://example.org:80"}, "expected http://127.0.0.1:PORT .*its own machine only"),
            ({**there, "server": "https://127.0.0.1:80"}, "expected http://127.0.0.1:PORT"),
            ({**there, "token_file": None}, "the file that the server has as --token-file"),
            ({**there, "token_file": self.folder / "nowhere"}, "expected the token of the server in a file.*nowhere"),
            ({**there, "token_file": other}, f"the token of the server at {self.server.address}, got another one in .*other token"),
        )

    def test_another_program_on_the_port_is_told_apart(self):
        for said, words in [
            (b"HTTP/1.1 404 Not Found\r\n\r\n<html>", "another program, which answered with the status 404"),
            (b"", "an end of the connection"),
        ]:
            with self.subTest(words), socket.create_server(("127.0.0.1", 0)) as listener:

                def answer():
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(1 << 16)
                        connection.sendall(said)

                thread = threading.Thread(target=answer)
                thread.start()
                port = listener.getsockname()[1]
                self.refused(({"server": f"http://localhost:{port}", "name": "a", **self.token("place")}, words))
                thread.join()

    def test_no_copy_of_a_study_has_the_token(self):
        token = Path(self.token("place")["token_file"]).read_text().strip()
        study = self.open()
        self.assertEqual(len(token), 43)
        self.assertNotIn(token, repr(study))
        self.assertNotIn(token.encode(), pickle.dumps(study._server))

    def test_waits_until_the_server_listens(self):
        earlier = Served(self.folder / "third", *self.arguments("third place"))
        earlier.end()
        later = []
        again = self.folder / "third", *self.arguments("third place", earlier.address)
        start = threading.Timer(0.5, lambda: later.append(Served(*again)))
        start.start()
        study = self.open(server=earlier.address, **self.token("third place"), wait_seconds=600)
        start.join()
        self.addCleanup(later[0].end)
        self.assertEqual(study.path.parent, self.folder / "third")


if __name__ == "__main__":
    unittest.main()
