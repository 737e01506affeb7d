"""The loop behind :meth:`caviar_hpo.Study.optimize`. It makes the same events as ``optimize`` of Caviar in TypeScript does."""

from __future__ import annotations

import numbers
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from . import _words
from ._errors import CaviarError, InputError
from .ending import Advice, NoGain, Rule
from .patience import Patience
from .progress import Progress
from .results import Best, TrialRecord, nothing_succeeded
from .trial import Job, ended_by
from .workers import InlineWorkers, Objective, Outcome, ProcessWorkers, ThreadWorkers, Workers

if TYPE_CHECKING:
    from .study import Study


@dataclass(frozen=True)
class Settings:
    """The arguments of a call."""

    trials: int | None
    seconds: float | None
    patience: int | None
    min_gain: float
    no_gain: NoGain | None
    min_gain_per_second: float | None
    repetitions: int
    workers: int
    executor: str | None
    timeout: float | None
    retries: int
    max_failures: int | None
    progress: bool | None
    on_trial: Callable[[TrialRecord], None] | None

    def check(self, objective: Any, resumable: bool) -> None:
        """Raises: InputError: An argument makes no sense."""
        if not callable(objective):
            _refuse("objective", "a function", objective)
        if self.trials is None and self.seconds is None and self.patience is None and not self.outlooks:
            _refuse("trials", "a whole number from 1", None, "Say how many trials may start.")
        for name in ("trials", "patience", "repetitions", "workers", "max_failures"):
            value = getattr(self, name)
            is_absent = value is None and name not in ("repetitions", "workers")
            if not is_absent and (isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1):
                _refuse(name, "a whole number from 1", value)
        if not self.min_gain >= 0:
            _refuse("min_gain", "a number from 0", self.min_gain)
        if self.no_gain is not None and not isinstance(self.no_gain, NoGain):
            _refuse("no_gain", "True or a caviar.NoGain", self.no_gain)
        if self.min_gain > 0 and self.patience is None:
            _refuse("patience", "a whole number from 1 with min_gain", None)
        if self.repetitions > 1000:
            _refuse("repetitions", "at most 1000", self.repetitions)
        if self.repetitions > 1 and resumable:
            _refuse("repetitions", "1 in a resumable study", self.repetitions, "Leave it out: a checkpoint belongs to one repetition.")
        for name, seconds in (("seconds", self.seconds), ("timeout", self.timeout)):
            if seconds is not None and not seconds > 0:
                _refuse(name, "a number above 0", seconds)
        if self.kind not in ("process", "thread", "inline"):
            _refuse("executor", "'process', 'thread' or 'inline'", self.executor)
        if self.kind == "inline" and self.workers > 1:
            _refuse("workers", "1 with the executor 'inline'", self.workers)
        if self.timeout is not None and self.kind != "process":
            _refuse("timeout", "executor='process'", self.kind, "Only a process can be ended by force.")

    @property
    def outlooks(self) -> dict[str, Any]:
        """The rules that look ahead, as the server is asked for them."""
        gain = {} if self.no_gain is None else {"noGain": self.no_gain._wire()}
        return gain if self.min_gain_per_second is None else {**gain, "minGainPerSecond": self.min_gain_per_second}

    @property
    def kind(self) -> str:
        return self.executor or ("process" if self.workers > 1 or self.timeout is not None else "inline")

    def start(self, objective: Objective) -> Workers:
        if self.kind == "process":
            return ProcessWorkers(objective, self.workers)
        return ThreadWorkers(objective, self.workers) if self.kind == "thread" else InlineWorkers(objective)


def _refuse(name: str, expected: str, got: Any, remedy: str | None = None) -> None:
    raise InputError(
        f"{name}: expected {expected}, got {got!r}." + (f" {remedy}" if remedy else ""), code="badOption", expected=expected, remedy=remedy
    )


@dataclass
class _Run:
    """A job at work. ``ended`` once the study does not want more of it: it has measured its end, or the strategy has stopped it."""

    job: Job
    worker: int
    attempt: int = 1
    ended: bool = False
    ended_at: float = 0.0
    timed_out: bool = False


class Loop:
    """One call of ``optimize``."""

    def __init__(self, study: Study, objective: Objective, settings: Settings) -> None:
        settings.check(objective, bool(study._made["problem"].get("resumable")))
        self._study = study
        self._objective = objective
        self._settings = settings
        self._runs: dict[int, _Run] = {}
        """The runs that count, by the ids of their jobs."""
        self._free = list(range(settings.workers))
        self._busy: dict[int, _Run] = {}
        """By worker. A worker is busy until its job has returned, also if the study does not want more of it."""
        self._interrupted: list[Job] = []
        self._finishing = False
        self._done = False
        self._waiting = False
        """The strategy waits: it is asked again after the next report."""
        self._neighbours = _Neighbours(study) if study._is_shared else None
        self._patience = None if settings.patience is None else Patience(study, settings.patience, settings.min_gain)
        self._is_news = True
        """Something has happened since the rules that look at the trials were asked."""
        self._advice: tuple[Advice, ...] | None = None
        """What the rules that look ahead say, as long as nothing has happened since they were asked."""
        self._over: tuple[Rule, str] | None = None
        """The rule that has ended the call, and why."""
        self._failures = 0
        self._cause: BaseException | None = None
        self._until = None if settings.seconds is None else time.monotonic() + settings.seconds
        self._progress = Progress(study, settings.trials, settings.progress)

    def run(self) -> Best:
        study = self._study
        study._stopping = None
        study._ended = None
        self._interrupted = self._jobs_of_earlier_calls()
        self._workers = self._settings.start(self._objective)
        try:
            with _Interrupts(self):
                while self._fill() or self._waits_for_neighbours():
                    if self._runs:
                        self._listen()
        finally:
            self._workers.close()
            if not study._is_shared:
                study._running.clear()
            self._progress.close()
        rule, reason = self._over or self._last_rule
        study._end(rule, reason, self._advice if self._advice is not None else study._advice(self._settings.outlooks)[1])
        front = study.front
        if front:
            return front[0]
        raise nothing_succeeded(study.trials, _REMEDIES.get(rule, "Call optimize again to continue.")) from self._cause

    def interrupt(self) -> None:
        """Ctrl-C: the running trials end."""
        self._study._stopping = "Ctrl-C ended it early."
        self._progress.say("Finishing the running trials. Press Ctrl-C again to stop them.")

    def _jobs_of_earlier_calls(self) -> list[Job]:
        study = self._study
        if study._is_shared:
            return [self._once_more(trial._job) for trial in study._running.values()]
        return [self._once_more(study._begun(wire)._job) for wire in study._request("running")["jobs"] if not wire.get("observed")]

    def _once_more(self, job: Job) -> Job:
        """A job that has run already: what it has reported is not reported again."""
        fidelity = self._study._record(job.number).fidelity
        return replace(job, reported=0 if fidelity is None else fidelity)

    def _fill(self) -> bool:
        """Begins jobs until every worker is busy, none is left, or there were enough. False where nothing runs then."""
        while len(self._runs) < self._settings.workers and not self._enough:
            jobs = self._next_jobs()
            for job in jobs:
                self._begin(job)
            if not jobs:
                break
        return bool(self._runs)

    @property
    def _enough(self) -> bool:
        self._over = self._over or self._rule_now()
        return self._over is not None

    def _rule_now(self) -> tuple[Rule, str] | None:
        """The rule that ends the call now."""
        study, settings = self._study, self._settings
        if study._stopping is not None:
            return "finished", study._stopping
        if self._until is not None and time.monotonic() >= self._until:
            return "seconds", f"The time limit of {_words.counted(settings.seconds or 0, 'second')} is over."
        if not self._is_news:
            return None
        self._is_news = False
        if self._patience is not None and self._patience.is_over():
            return self._said("patience", f"{_in_a_row(settings.patience)} gained nothing.")
        if not settings.outlooks:
            return None
        rule, self._advice = study._advice(settings.outlooks)
        return next((self._said(one.rule, one.reason) for one in self._advice if one.rule == rule), None)

    def _said(self, rule: Rule, reason: str) -> tuple[Rule, str]:
        self._progress.say(reason)
        return rule, reason

    @property
    def _last_rule(self) -> tuple[Rule, str]:
        """The rule of a call that no limit but ``trials`` has ended."""
        if self._done or self._settings.trials is None:
            return "done", "The strategy is done."
        return "trials", f"The budget of {_words.counted(self._settings.trials, 'trial')} is spent."

    def _next_jobs(self) -> list[Job]:
        """The jobs to begin. There are none if none can begin before the next report, or if none is left."""
        if self._interrupted:
            return [self._interrupted.pop(0)]
        if self._neighbours is not None:
            if self._neighbours.look().is_news:
                self._hear()
            if self._neighbours.jobs:
                left = self._study._take(self._settings.workers - len(self._runs))
                if left:
                    return [self._once_more(trial._job) for trial in left]
        return [] if self._done or self._waiting else self._ask()

    def _ask(self) -> list[Job]:
        study, settings = self._study, self._settings
        self._advice = None
        self._finishing = self._finishing and self._is_spent
        trials, directives, self._done = study._ask(settings.workers - len(self._runs), settings.trials, self._finishing)
        self._heed(directives)
        if trials:
            return [trial._job for trial in trials]
        is_idle = not self._runs and (self._neighbours is None or not self._neighbours.look(now=True).jobs)
        if is_idle and self._is_spent and not self._finishing and not self._done:
            # Without a job at work and a trial that may start, a strategy that waits for more trials would never stop waiting.
            self._finishing = True
            return self._ask()
        self._waiting = True
        return []

    @property
    def _is_spent(self) -> bool:
        return self._settings.trials is not None and self._study._started >= self._settings.trials

    def _waits_for_neighbours(self) -> bool:
        """Whether other programs work on the study. One of them may end, and leave its trials to this one."""
        if self._neighbours is None or self._enough or not self._neighbours.jobs:
            return False
        self._neighbours.wait()
        return True

    def _hear(self) -> None:
        """There is a report, so the strategy may know more to do."""
        self._waiting = False
        self._is_news = True
        self._advice = None

    def _begin(self, job: Job, attempt: int = 1) -> None:
        if not self._free:
            # A worker whose job the strategy has ended is not free yet.
            self._wait_for_worker()
        worker = self._free.pop(0)
        run = _Run(job, worker, attempt)
        self._runs[job.id] = self._busy[worker] = run
        self._workers.begin(worker, replace(job, repetitions=self._settings.repetitions))
        self._progress.show(len(self._runs))

    def _wait_for_worker(self) -> None:
        while not self._free:
            self._listen()

    def _listen(self) -> None:
        """Waits for something to happen, and reports it."""
        for worker, outcome in self._workers.wait(self._request, 0.2):
            run = self._busy.pop(worker)
            self._free.append(worker)
            self._free.sort()
            if not run.ended:
                self._end(run, outcome)
        now = time.monotonic()
        for run in list(self._busy.values()):
            if run.ended and now > run.ended_at + _GRACE_SECONDS:
                self._workers.kill(run.worker)
            elif self._settings.timeout is not None and self._workers.seconds(run.worker) > self._settings.timeout:
                run.timed_out = True
                self._workers.kill(run.worker)
        self._progress.show(len(self._runs))

    def _end(self, run: _Run, outcome: Outcome) -> None:
        if run.timed_out:
            outcome = Outcome(reason="timeout")
        if outcome.reason == "lost" and run.attempt <= self._settings.retries:
            self._again(run)
            return
        job = run.job
        cost = {"costSeconds": self._workers.seconds(run.worker)}
        if outcome.reason is None:
            try:
                self._tell(run, {"job": job.id, **cost, **(outcome.told or {})})
                return
            except CaviarError as error:
                # The study has refused the result, for instance because it has too few numbers.
                outcome = Outcome(reason="threw", error=str(error), cause=error)
        words = {} if outcome.error is None else {"error": outcome.error}
        directives = self._study._report("fail", {"job": job.id, "reason": outcome.reason, **cost, **words})
        self._settle(run, directives, True)
        self._count_failure(outcome)

    def _again(self, run: _Run) -> None:
        """The process was killed, so another one runs the job."""
        del self._runs[run.job.id]
        self._begin(self._once_more(run.job), run.attempt + 1)

    def _tell(self, run: _Run, params: dict[str, Any]) -> None:
        directives = self._study._report("tell", params)
        self._failures = 0
        self._settle(run, directives, run.job.id not in self._study._running)

    def _settle(self, run: _Run, directives: list[Mapping[str, Any]], ended: bool) -> None:
        """After a report: what it has ended."""
        self._hear()
        if ended:
            self._leave(run)
        self._heed(directives)
        if ended:
            self._report_trial(run.job.number)

    def _leave(self, run: _Run) -> None:
        run.ended = True
        run.ended_at = time.monotonic()
        self._runs.pop(run.job.id, None)

    def _heed(self, directives: list[Mapping[str, Any]]) -> None:
        for job in ended_by(directives):
            run = self._runs.get(job)
            if run is not None:
                self._leave(run)
                self._report_trial(run.job.number)

    def _report_trial(self, number: int) -> None:
        self._progress.heard()
        if self._settings.on_trial is not None:
            self._settings.on_trial(self._study._record(number))

    def _count_failure(self, outcome: Outcome) -> None:
        self._progress.failed()
        if outcome.reason == "infeasible":
            self._failures = 0
            return
        self._failures += 1
        self._cause = outcome.cause or self._cause
        if self._settings.max_failures is None or self._failures < self._settings.max_failures:
            return
        if all(not trial.curve for trial in self._study.trials):
            self._over = self._over or ("failing", f"{_in_a_row(self._settings.max_failures)} failed.")

    def _request(self, job: Job, method: str, arguments: tuple[Any, ...]) -> Any:
        """What a running trial asks for."""
        run = self._runs.get(job.id)
        study = self._study
        if method == "load":
            return study._load(job)
        if method == "annotate":
            [attributes] = arguments
            study.annotate(attributes, job.number)
            return None
        if method == "save":
            if run is not None:
                study._save(job, *arguments)
            return None
        [told] = arguments
        if run is None:
            return False
        if told["fidelity"] <= max(job.reported, job.start):
            # The same training again, after an interruption or without its checkpoint.
            return True
        cost = {"costSeconds": self._workers.seconds(run.worker)}
        self._tell(run, {"job": job.id, **cost, **told})
        return not run.ended


_GRACE_SECONDS = 5.0


_REMEDIES: dict[str, str] = {
    "failing": "Correct the objective, or pass max_failures=None.",
    "trials": "Return finite numbers in time, and constraints of at most 0.",
    "done": "Return finite numbers in time, and constraints of at most 0.",
}
"""What to do if no trial has succeeded, by the rule that has ended the call."""


def _in_a_row(trials: int | None) -> str:
    return "The last trial" if trials == 1 else f"{trials} trials in a row"


class _Neighbours:
    """The other programs that work on a shared study."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._next = 0.0
        self.jobs: list[int] = []
        """The jobs that they work on, or that they have left."""
        self.is_news = False
        """Whether their trials had begun or ended at the last look."""

    def look(self, now: bool = False) -> _Neighbours:
        """Looks at the study: a few times a second at most, or now."""
        if now or time.monotonic() >= self._next:
            before = self._study._count, self.jobs
            self.jobs = self._study._look()
            self._next = time.monotonic() + _LOOK_SECONDS
            self.is_news = (self._study._count, self.jobs) != before
        return self

    def wait(self) -> None:
        """Until it is time for the next look."""
        time.sleep(max(0.0, self._next - time.monotonic()))


_LOOK_SECONDS = 0.3


class _Interrupts:
    """Ctrl-C, while a loop runs in the main thread of a program that has no handler of its own."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._earlier: Any = None

    def __enter__(self) -> None:
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._earlier = signal.signal(signal.SIGINT, self._first)

    def __exit__(self, *_: object) -> None:
        if self._earlier is not None:
            signal.signal(signal.SIGINT, self._earlier)

    def _first(self, _signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._loop.interrupt()

