"""Where trials run: in the thread of the call, in threads, or in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from . import _words
from ._errors import InputError, StateError
from .repetitions import evaluated
from .results import Infeasible
from .trial import Job, Trial

Objective = Callable[[Trial], Any]
Request = Callable[[Job, str, tuple[Any, ...]], Any]
"""What a running trial asks of its study: a job, the method of its link, and the arguments."""


@dataclass(frozen=True)
class Outcome:
    """How a job has ended: what was told, or why it failed. ``lost`` says that its process was killed."""

    told: Mapping[str, Any] | None = None
    reason: str | None = None
    error: str | None = None
    cause: BaseException | None = None


class Workers(Protocol):
    """Some workers, each of which runs one job at a time."""

    def begin(self, worker: int, job: Job) -> None:
        """Gives a free worker a job."""

    def wait(self, request: Request, seconds: float) -> list[tuple[int, Outcome]]:
        """Answers what running trials ask, until a job has ended or the time is over. The workers that have become free."""
        ...

    def seconds(self, worker: int) -> float:
        """How long its job has run, or ran."""
        ...

    def kill(self, worker: int) -> None:
        """Ends the job of a worker by force, if this kind of worker can."""

    def close(self) -> None:
        """Ends all workers. No job is expected to run; one that does is ended by force."""


class RemoteError(Exception):
    """What an objective has raised in another process, as text with its traceback."""


class _Ended(BaseException):
    """The study does not wait for this thread any more."""


def run(objective: Objective, trial: Trial) -> Outcome:
    """Evaluates a trial. Ctrl-C is the only thing that it lets through."""
    try:
        return Outcome(told=evaluated(objective, trial))
    except Infeasible as error:
        return Outcome(reason="infeasible", error=str(error) or None)
    except Exception as error:
        return Outcome(reason="threw", error=_words.thrown(error), cause=error)


class InlineWorkers:
    """One worker, which is the thread of the call."""

    def __init__(self, objective: Objective) -> None:
        self._objective = objective
        self._job: Job | None = None

    def begin(self, worker: int, job: Job) -> None:
        self._job = job

    def wait(self, request: Request, seconds: float) -> list[tuple[int, Outcome]]:
        assert self._job is not None
        return [(0, run(self._objective, Trial(self._job, _Calls(self._job, request))))]

    def seconds(self, worker: int) -> float:
        # The same program gives the same study, to the bit.
        return 0.0

    def kill(self, worker: int) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class _Calls:
    """The link of a trial whose requests are function calls."""

    job: Job
    request: Request

    def measure(self, told: Mapping[str, Any]) -> bool:
        return bool(self.request(self.job, "measure", (told,)))

    def load(self) -> bytes | None:
        checkpoint: bytes | None = self.request(self.job, "load", ())
        return checkpoint

    def annotate(self, attributes: Mapping[str, Any]) -> None:
        self.request(self.job, "annotate", (attributes,))

    def save(self, checkpoint: bytes, fidelity: float) -> None:
        self.request(self.job, "save", (checkpoint, fidelity))


class ThreadWorkers:
    """Threads. What they ask is carried out in the thread of the call. A thread cannot be ended by force."""

    def __init__(self, objective: Objective, workers: int) -> None:
        self._objective = objective
        self._inbox: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._jobs: list[queue.SimpleQueue[Job | None]] = [queue.SimpleQueue() for _ in range(workers)]
        self._begun = [0.0] * workers
        self._closed = False
        for worker in range(workers):
            threading.Thread(target=self._work, args=(worker,), name=f"caviar-{worker}", daemon=True).start()

    def begin(self, worker: int, job: Job) -> None:
        self._begun[worker] = time.monotonic()
        self._jobs[worker].put(job)

    def wait(self, request: Request, seconds: float) -> list[tuple[int, Outcome]]:
        try:
            worker, message = self._inbox.get(timeout=seconds)
        except queue.Empty:
            return []
        if isinstance(message, Outcome):
            return [(worker, message)]
        job, method, arguments, box = message
        box.put(_answered(request, job, method, arguments))
        return []

    def seconds(self, worker: int) -> float:
        return time.monotonic() - self._begun[worker]

    def kill(self, worker: int) -> None:
        pass

    def close(self) -> None:
        self._closed = True
        for jobs in self._jobs:
            jobs.put(None)

    def _work(self, worker: int) -> None:
        while (job := self._jobs[worker].get()) is not None:
            try:
                self._inbox.put((worker, run(self._objective, Trial(job, _Calls(job, self._request(worker)), worker))))
            except _Ended:
                return

    def _request(self, worker: int) -> Request:
        def request(job: Job, method: str, arguments: tuple[Any, ...]) -> Any:
            box: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()
            self._inbox.put((worker, (job, method, arguments, box)))
            while True:
                try:
                    return _result(box.get(timeout=1))
                except queue.Empty:
                    if self._closed:
                        raise _Ended from None

        return request


class ProcessWorkers:
    """Processes, which are spawned on every system. One that was killed is replaced by another."""

    def __init__(self, objective: Objective, workers: int) -> None:
        self._objective = pickled(objective)
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Process | None] = [None] * workers

    def begin(self, worker: int, job: Job) -> None:
        process = self._workers[worker]
        if process is None or not process.process.is_alive():
            process = self._workers[worker] = _Process(self._context, self._objective, worker)
        process.job = job
        if process.ready:
            process.begin()

    def wait(self, request: Request, seconds: float) -> list[tuple[int, Outcome]]:
        busy: dict[Any, int] = {process.connection: worker for worker, process in enumerate(self._workers) if process is not None and process.job is not None}
        ended: list[tuple[int, Outcome]] = []
        for connection in wait(list(busy), seconds):
            worker = busy[connection]
            outcome = self._hear(worker, request)
            if outcome is not None:
                ended.append((worker, outcome))
        return ended

    def seconds(self, worker: int) -> float:
        process = self._workers[worker]
        return 0.0 if process is None or process.begun is None else time.monotonic() - process.begun

    def kill(self, worker: int) -> None:
        process = self._workers[worker]
        if process is not None:
            process.process.kill()

    def close(self) -> None:
        processes = [process for process in self._workers if process is not None]
        for process in processes:
            if process.job is None:
                process.send(None)
        until = time.monotonic() + 2
        for process in processes:
            process.end(0 if process.job is not None else max(0.0, until - time.monotonic()))

    def _hear(self, worker: int, request: Request) -> Outcome | None:
        """How the job has ended, if it has."""
        process = self._workers[worker]
        assert process is not None and process.job is not None
        try:
            kind, *content = process.connection.recv()
        except (EOFError, OSError):
            self._workers[worker] = None
            return process.lost()
        if kind == "ready":
            process.ready = True
            process.begin()
        elif kind == "broken":
            process.end(2)
            raise InputError(f"objective: a process cannot load it: {content[0]}.{_how_to_pickle}", code="badObjective")
        elif kind == "ended":
            process.job = None
            return _with_traceback(*content)
        else:
            process.send(_answered(request, process.job, kind, tuple(content)))
        return None


_how_to_pickle = (
    " Define the objective at the top of a module, or install cloudpickle. A program that is a script starts below"
    ' if __name__ == "__main__":. Or pass executor="thread" or workers=1.'
)


def pickled(objective: Objective) -> bytes:
    """An objective for another process. Those that are defined in a notebook, and lambdas, need cloudpickle.

    Raises:
        InputError: It cannot be pickled.
    """
    interactive = not hasattr(sys.modules["__main__"], "__file__") and getattr(objective, "__module__", None) == "__main__"
    problem: Exception | None = None
    if not interactive:
        try:
            return pickle.dumps(objective)
        except Exception as error:
            problem = error
    try:
        import cloudpickle  # type: ignore[import-not-found, import-untyped, unused-ignore]

        dumped: bytes = cloudpickle.dumps(objective)
        return dumped
    except ImportError:
        problem = problem or TypeError("it is defined in an interactive program")
    except Exception as error:
        problem = error
    raise InputError(
        f"objective: expected one that can be pickled, got {objective!r}: {problem}.{_how_to_pickle}", code="badObjective"
    ) from problem


@dataclass
class _Process:
    """A process that waits for jobs. ``ready`` once it has loaded the objective."""

    context: Any
    objective: bytes
    worker: int
    job: Job | None = None
    ready: bool = False
    begun: float | None = None
    connection: Any = field(init=False)
    process: Any = field(init=False)

    def __post_init__(self) -> None:
        self.connection, theirs = self.context.Pipe()
        self.process = self.context.Process(
            target=_work, args=(theirs, self.objective, self.worker), name=f"caviar-{self.worker}", daemon=True
        )
        self.process.start()
        theirs.close()

    def begin(self) -> None:
        self.begun = time.monotonic()
        self.send(self.job)

    def send(self, message: Any) -> None:
        try:
            self.connection.send(message)
        except (BrokenPipeError, OSError):
            pass  # Its end is heard where its messages are.

    def lost(self) -> Outcome:
        """What has become of its job."""
        self.process.join(5)
        code = self.process.exitcode
        self.end(0)
        if not self.ready:
            raise StateError(
                f"workers: a process has ended with the exit code {code} before it could take a trial.{_how_to_pickle}", code="workerFailed"
            )
        if code is None or code < 0:
            return Outcome(reason="lost", error=f"the process was ended by the signal {-(code or 0)}")
        return Outcome(reason="threw", error=f"the process has ended with the exit code {code}")

    def end(self, seconds: float) -> None:
        self.process.join(seconds)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.connection.close()


def _work(connection: Connection, objective: bytes, worker: int) -> None:
    """The program of a process."""
    # Ctrl-C in a terminal reaches all processes. The one that has the study decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        function = pickle.loads(objective)
    except Exception as error:
        connection.send(("broken", _words.thrown(error)))
        return
    try:
        connection.send(("ready",))
        while (job := connection.recv()) is not None:
            outcome = run(function, Trial(job, _Pipe(connection), worker))
            trace = None if outcome.cause is None else "".join(traceback.format_exception(outcome.cause))
            connection.send(("ended", Outcome(outcome.told, outcome.reason, outcome.error), trace))
    except (EOFError, ConnectionError):
        pass  # The process that has the study has ended.


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@dataclass(frozen=True)
class _Pipe:
    """The link of a trial in another process."""

    connection: Connection

    def measure(self, told: Mapping[str, Any]) -> bool:
        return bool(self._ask("measure", told))

    def load(self) -> bytes | None:
        checkpoint: bytes | None = self._ask("load")
        return checkpoint

    def annotate(self, attributes: Mapping[str, Any]) -> None:
        self._ask("annotate", attributes)

    def save(self, checkpoint: bytes, fidelity: float) -> None:
        self._ask("save", checkpoint, fidelity)

    def _ask(self, *message: Any) -> Any:
        self.connection.send(message)
        return _result(self.connection.recv())


def _answered(request: Request, job: Job, method: str, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    """A result, or what was raised: it belongs to the objective that has asked."""
    try:
        return True, request(job, method, arguments)
    except Exception as error:
        return False, error


def _result(answer: tuple[bool, Any]) -> Any:
    good, result = answer
    if good:
        return result
    raise result


def _with_traceback(outcome: Outcome, trace: str | None) -> Outcome:
    return outcome if trace is None else Outcome(outcome.told, outcome.reason, outcome.error, RemoteError(f"\n{trace}"))
