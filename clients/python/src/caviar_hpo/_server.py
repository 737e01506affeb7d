"""A server of Caviar: a process that answers JSON-RPC on its standard input and output (``docs/wire-format.md``)."""

from __future__ import annotations

import collections
import logging
import os
import queue
import subprocess
import sys
import threading
import weakref
from types import TracebackType
from typing import IO, Any

from . import _json
from ._errors import ServerError, error_of
from ._node import command

logger = logging.getLogger("caviar_hpo")


class Server:
    """A process of ``caviar serve``, which starts at the first request and ends with this object or this program.

    Threads may use one server: it answers one request after the other. A copy of it (by pickling, or in a process that ``fork`` made) has a
    process of its own, which starts at its first request. If a process has ended, the next request starts another one. Studies in memory
    are gone then: compare :meth:`start` with its earlier answer.

    Notices of the server go to the logger ``caviar_hpo`` as warnings, and its plans as information.

    Args:
        arguments: Further arguments of ``caviar serve``, such as ``"--root", "studies"``.

    Example:
        >>> with Server() as server:
        ...     [name["name"] for name in server.request("strategies")["strategies"]][:2]
        ['random', 'grid']
    """

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._starts = 0
        self._forget()

    def start(self) -> int:
        """Starts the process, unless it runs.

        Returns:
            How many processes this server has started, the running one included.

        Raises:
            ServerError: There is no Node, or no file of the server.
        """
        return self._running()[1]

    def request(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of a method of ``docs/wire-format.md``.

        A ``KeyboardInterrupt`` leaves the server in order: it finishes the request, and its answer is dropped.

        Raises:
            InputError: The parameters are wrong, or do not fit the study.
            StateError: The call is not possible now.
            InternalError: There is a fault in Caviar.
            ServerError: The process does not start, or it has ended. It may have carried out the request.
            TypeError: A parameter is no value of JSON.
        """
        message: dict[str, Any] = {"jsonrpc": "2.0", "id": 0, "method": method}
        if params is not None:
            message["params"] = params
        line = _json.dumps(message).encode() + b"\n"
        process, _ = self._running()
        answer = process.answer(line)
        if answer is None:
            raise process.lost(method)
        read = _json.loads(answer)
        if "error" in read:
            raise error_of(read["error"])
        result: dict[str, Any] = read["result"]
        return result

    def close(self) -> None:
        """Ends the process. A later request starts another one."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __getstate__(self) -> dict[str, Any]:
        return {"arguments": self._arguments, "starts": self._starts}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._arguments = state["arguments"]
        self._starts = state["starts"]
        self._forget()

    def _forget(self) -> None:
        """No process runs here. The lock is new, because a thread of the process that forked may have held the old one."""
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._end: weakref.finalize[..., Server] | None = None
        _servers.add(self)

    def _running(self) -> tuple[_Process, int]:
        with self._lock:
            if self._process is None or not self._process.runs():
                self._stop()
                self._process = _Process(command("serve", *self._arguments))
                # Also where this program ends.
                self._end = weakref.finalize(self, self._process.end)
                self._starts += 1
            return self._process, self._starts

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None


class _Process:
    """A process, and a thread that talks with it.

    The thread keeps requests and answers in step, because the exception of a signal comes in the main thread and never in this one. The pipes
    have no buffers of Python: a process that ``fork`` made could wait forever for the lock of a buffer.
    """

    def __init__(self, command: list[str]) -> None:
        # In a process group of its own, so that Ctrl-C in a terminal reaches Python alone.
        group: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        pipe = subprocess.PIPE
        try:
            self._popen = subprocess.Popen(command, bufsize=0, stdin=pipe, stdout=pipe, stderr=pipe, **group)
        except OSError as error:
            raise ServerError(f"the server does not start: {error}", code="noServer") from error
        self._lock = threading.Lock()
        self._requests: queue.SimpleQueue[tuple[bytes, queue.SimpleQueue[bytes | None]] | None] = queue.SimpleQueue()
        self._ended = False
        self._words: collections.deque[str] = collections.deque(maxlen=20)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        threading.Thread(target=self._talk, daemon=True).start()

    def runs(self) -> bool:
        return not self._ended and self._popen.poll() is None

    def answer(self, line: bytes) -> bytes | None:
        """The answer to a request, or None if the process has ended."""
        box: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        with self._lock:
            if self._ended:
                return None
            self._requests.put((line, box))
        return box.get()

    def end(self) -> None:
        """The server ends when its input does. One that still computes after two seconds is killed, and its request gets no answer."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self._requests.put(None)
        _close(self._popen.stdin)
        try:
            self._popen.wait(2)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def lost(self, method: str) -> ServerError:
        """What to raise for a request that got no answer."""
        self.end()
        self._listener.join(5)
        said = "".join(f"\n{words}" for words in self._words)
        return ServerError(f"the server ended during {method}, with the exit code {self._popen.returncode}.{said}", code="lostServer")

    def forget(self) -> None:
        """In a process that ``fork`` made: closes the copies of the pipes, so that the server ends when the other process closes its own."""
        self._ended = True
        for pipe in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
            _close(pipe)
        self._popen.returncode = 0

    def _talk(self) -> None:
        lines = _Lines(self._popen.stdout)
        while (request := self._requests.get()) is not None:
            line, box = request
            box.put(lines.read() if self._send(line) else None)
        _close(self._popen.stdout)

    def _send(self, line: bytes) -> bool:
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._popen.stdin.write(rest) :]  # type: ignore[union-attr]
        except (OSError, ValueError):  # ValueError: the pipe is closed
            return False
        return True

    def _listen(self) -> None:
        lines = _Lines(self._popen.stderr)
        while (line := lines.read()) is not None:
            text = line.decode("utf-8", "replace").rstrip()
            self._words.append(text)
            logger.log(logging.WARNING if text.startswith("notice:") else logging.INFO, "%s", text)
        _close(self._popen.stderr)


class _Lines:
    """The lines of a pipe."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        assert pipe is not None
        self._pipe = pipe
        self._ready = bytearray()

    def read(self) -> bytes | None:
        """The next line, or None at the end. An unfinished last line is none."""
        searched = 0
        while (end := self._ready.find(b"\n", searched)) < 0:
            searched = len(self._ready)
            try:
                more = self._pipe.read(1 << 16)
            except (OSError, ValueError):
                return None
            if not more:
                return None
            self._ready += more
        line = bytes(self._ready[:end])
        del self._ready[: end + 1]
        return line


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        pass


_servers: weakref.WeakSet[Server] = weakref.WeakSet()


def _after_fork() -> None:
    for server in list(_servers):
        if server._end is not None and server._process is not None:
            server._end.detach()
            server._process.forget()
        server._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
