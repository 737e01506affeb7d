"""A server of Caviar, which answers JSON-RPC (``docs/wire-format.md``): a process of this program, or one that several programs share."""

from __future__ import annotations

import collections
import io
import logging
import os
import queue
import selectors
import socket
import subprocess
import sys
import threading
import weakref
from types import TracebackType
from typing import IO, Any, Union

from . import _json
from ._connect import Address
from ._errors import ServerError, error_of
from ._node import command

logger = logging.getLogger("caviar_hpo")

_Stream = Union[IO[bytes], io.RawIOBase]


class Server:
    """A process of ``caviar serve``, which starts at the first request and ends with this object or this program.

    Threads may use one server: it answers one request after the other. A copy of it (by pickling, or in a process that ``fork`` made) has a
    process of its own, which starts at its first request. If a process has ended, the next request starts another one. Studies in memory
    are gone then: compare :meth:`start` with its earlier answer.

    With ``at``, it is a connection to a server that listens, and the same holds for connections instead of processes.

    Notices of the server go to the logger ``caviar_hpo`` as warnings, and its plans as information.

    Args:
        arguments: Further arguments of ``caviar serve``, such as ``"--root", "studies"``.
        at: Where a server listens. ``None`` starts a process.

    Example:
        >>> with Server() as server:
        ...     [name["name"] for name in server.request("strategies")["strategies"]][:2]
        ['random', 'grid']
    """

    def __init__(self, *arguments: str, at: Address | None = None) -> None:
        self._arguments = arguments
        self._at = at
        self._starts = 0
        self._forget()

    def start(self) -> int:
        """Starts the process unless it runs, or connects.

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
        return {"arguments": self._arguments, "at": self._at, "starts": self._starts}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._arguments = state["arguments"]
        self._at = state["at"]
        self._starts = state["starts"]
        self._forget()

    def _forget(self) -> None:
        """No process runs here. The lock is new, because a thread of the process that forked may have held the old one."""
        self._lock = threading.Lock()
        self._process: _Channel | None = None
        self._end: weakref.finalize[..., Server] | None = None
        _servers.add(self)

    def _running(self) -> tuple[_Channel, int]:
        with self._lock:
            if self._process is None or not self._process.runs():
                self._stop()
                self._process = _Process(command("serve", *self._arguments)) if self._at is None else _Connection(self._at)
                # Also where this program ends.
                self._end = weakref.finalize(self, self._process.end)
                self._starts += 1
            return self._process, self._starts

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None


class _Channel:
    """A server at the other end of two pipes, or of a connection, and a thread that talks with it.

    The thread keeps requests and answers in step, because the exception of a signal comes in the main thread and never in this one. The pipes
    have no buffers of Python: a process that ``fork`` made could wait forever for the lock of a buffer.
    """

    def __init__(self, output: _Stream | None, input: _Stream | None) -> None:
        assert output is not None
        self._output = output
        self._input = input
        self._lock = threading.Lock()
        self._requests: queue.SimpleQueue[tuple[bytes, queue.SimpleQueue[bytes | None]] | None] = queue.SimpleQueue()
        self._ended = False
        self._unanswered = 0
        threading.Thread(target=self._talk, daemon=True).start()

    def runs(self) -> bool:
        raise NotImplementedError

    def answer(self, line: bytes) -> bytes | None:
        """The answer to a request, or None if the server has ended."""
        box: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        with self._lock:
            if self._ended:
                return None
            self._requests.put((line, box))
            self._unanswered += 1
        return box.get()

    def end(self) -> None:
        """Leaves the server."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self._requests.put(None)
        self._leave()

    def lost(self, method: str) -> ServerError:
        """What to raise for a request that got no answer."""
        raise NotImplementedError

    def forget(self) -> None:
        """In a process that ``fork`` made: closes the copies, so that the server hears when the other process leaves it."""
        raise NotImplementedError

    def _leave(self) -> None:
        raise NotImplementedError

    def _talk(self) -> None:
        lines = _Lines(self._input)
        while (request := self._requests.get()) is not None:
            line, box = request
            answer = lines.read() if self._send(line) else None
            with self._lock:
                self._unanswered -= 1
            box.put(answer)
        _close(self._input)

    def _send(self, line: bytes) -> bool:
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._output.write(rest) :]
        except (OSError, ValueError):  # ValueError: the pipe is closed
            return False
        return True


class _Process(_Channel):
    """A server that this program has started."""

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
        self._words: collections.deque[str] = collections.deque(maxlen=20)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        super().__init__(self._popen.stdin, self._popen.stdout)

    def runs(self) -> bool:
        return not self._ended and self._popen.poll() is None

    def lost(self, method: str) -> ServerError:
        self.end()
        self._listener.join(5)
        said = "".join(f"\n{words}" for words in self._words)
        return ServerError(f"the server ended during {method}, with the exit code {self._popen.returncode}.{said}", code="lostServer")

    def forget(self) -> None:
        self._ended = True
        for pipe in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
            _close(pipe)
        self._popen.returncode = 0

    def _leave(self) -> None:
        """The server ends when its input does. One that still computes after two seconds is killed, and its request gets no answer."""
        _close(self._output)
        try:
            self._popen.wait(2)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()

    def _listen(self) -> None:
        lines = _Lines(self._popen.stderr)
        while (line := lines.read()) is not None:
            text = line.decode("utf-8", "replace").rstrip()
            self._words.append(text)
            logger.log(logging.WARNING if text.startswith("notice:") else logging.INFO, "%s", text)
        _close(self._popen.stderr)


class _Connection(_Channel):
    """A server that listens."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._socket = address.connect()
        stream = self._socket.makefile("rwb", buffering=0)
        super().__init__(stream, stream)

    def runs(self) -> bool:
        with self._lock:
            if self._ended or self._unanswered > 0:
                return not self._ended
            # A server says nothing unasked. So what there is to read is the end.
            with selectors.DefaultSelector() as selector:
                selector.register(self._socket, selectors.EVENT_READ)
                return not selector.select(0)

    def lost(self, method: str) -> ServerError:
        self.end()
        return ServerError(
            f"the server at {self._address.at} ended during {method}. Start it again, and then this program: the study continues.",
            code="lostServer",
        )

    def forget(self) -> None:
        self._ended = True
        _close(self._output)
        self._socket.close()

    def _leave(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()


class _Lines:
    """The lines of a pipe."""

    def __init__(self, pipe: _Stream | None) -> None:
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


def _close(pipe: _Stream | None) -> None:
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
