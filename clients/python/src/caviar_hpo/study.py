"""Studies: :class:`Study` is the whole of Caviar for most programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Union

from . import _words
from ._connect import address_of
from ._errors import CaviarError, InputError, StateError
from ._node import command
from ._server import Server
from .checkpoints import Checkpoints
from .ending import Advice, Ending, NoGain, Rule, advice_of
from .results import Best, Measurement, Reason, Result, Returned, TrialRecord, best_of, nothing_succeeded, record_of, told_by
from .space import Config, Parameter, Space
from .trial import Job, Trial, ended_by

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped, unused-ignore]

Goal = Literal["minimize", "maximize"]
Constraint = Union[str, Mapping[str, Any]]
Objective = Callable[[Trial], Any]
Executor = Literal["process", "thread", "inline"]


@dataclass(frozen=True)
class Fidelity:
    """How far a trial can be trained. :func:`fidelity` makes it."""

    unit: str
    low: float
    high: float
    whole: bool | None = None

    def _wire(self) -> dict[str, Any]:
        whole = {} if self.whole is None else {"whole": self.whole}
        return {"unit": self.unit, "min": self.low, "max": self.high, **whole}


def fidelity(unit: str, low: float, high: float, *, whole: bool | None = None) -> Fidelity:
    """How far a trial can be trained: 1 to 81 epochs, or 0.1 to 1 of the data.

    Args:
        unit: What is counted, such as ``"epochs"``.
        low: The least training after which a measurement says something. Above 0.
        high: Complete training.
        whole: Whether it is a whole number. By default it is one if ``low`` and ``high`` are.

    Example:
        >>> fidelity("epochs", 1, 81).high
        81
    """
    return Fidelity(unit, low, high, whole)


class Study:
    """A search for the best configuration.

    A study with a ``path`` is in this folder. It survives crashes, ``kill -9`` and power losses. With one worker, it then continues with the
    trials that it would have tried without the interruption, to the bit. A program in TypeScript can continue it too.

    Args:
        path: The folder of the study. It is made if it does not exist. ``None`` keeps the study in memory.
        space: The parameters by name: :func:`~caviar_hpo.real`, :func:`~caviar_hpo.integer` and :func:`~caviar_hpo.choice`. Without it, the
            study in the folder is opened, whatever it was made with.
        goal: ``"minimize"`` or ``"maximize"``; ``"minimize"`` by default.
        objectives: Several goals by name, instead of ``goal``: ``{"loss": "minimize", "accuracy": "maximize"}``. The objective then returns
            one number for each.
        constraints: Names of what must be at most 0, such as ``["memory"]``. The objective measures it, and returns it in
            :class:`~caviar_hpo.Result`.
        where: Constraints between parameters, such as ``"low < high"`` or ``{"sum": ["a", "b"], "max": 1}``. Every proposal fulfils them.
        fidelity: How far a trial can be trained: :func:`~caviar_hpo.fidelity`.
        resumable: Whether a trial can continue from a checkpoint: the objective uses ``trial.load`` and ``trial.save``.
        strategy: The name of a strategy. ``"auto"``, the default, chooses among the others.
        strategy_options: Options of the strategy by name.
        seed: A number or a text. The same seed and the same results give the same trials.
        extend: Whether a study whose space is smaller than ``space`` is extended to it.
        take_over: Takes the study over from the process that has it open, for instance if this was on another machine and has ended.
        wait_seconds: How long to wait while another process has the study open, or until the server listens.
        server: Instead of a path, where a server listens. Several programs on one machine then work on the study at the same time. It is the
            path of a Unix socket (``python -m caviar_hpo serve --root studies --socket PATH``), or ``"http://127.0.0.1:PORT"``
            (``python -m caviar_hpo serve --root studies --port PORT --token-file FILE``).
        name: The name of the study on this server.
        token_file: With a port, the file that the server was given.

    Raises:
        InputError: Something is wrong with the definition, or the folder has a study that was made with another one. It is a ``ValueError``.
        StateError: Another process has the study open (code ``"locked"``). It is a ``RuntimeError``.
        ServerError: There is no Node, or no server listens there, or it has another token. It is an ``OSError``.

    Example:
        >>> import caviar_hpo as caviar
        >>> study = caviar.Study(space={"x": caviar.real(-1, 1)}, strategy="sobol")
        >>> best = study.optimize(lambda trial: trial["x"] ** 2, trials=20)
        >>> best.value < 0.05
        True
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        space: Mapping[str, Parameter] | None = None,
        goal: Goal | None = None,
        objectives: Mapping[str, Goal] | None = None,
        constraints: Sequence[str] = (),
        where: Sequence[Constraint] = (),
        fidelity: Fidelity | None = None,
        resumable: bool = False,
        strategy: str | None = None,
        strategy_options: Mapping[str, Any] | None = None,
        seed: int | float | str = 0,
        extend: bool = False,
        take_over: bool = False,
        wait_seconds: float = 0,
        server: str | os.PathLike[str] | None = None,
        name: str | None = None,
        token_file: str | os.PathLike[str] | None = None,
    ) -> None:
        if goal is not None and objectives is not None:
            raise InputError("goal: expected goal or objectives, got both. Say each goal in objectives.", code="badGoal")
        if (server is None) != (name is None) or (server is not None and path is not None):
            raise InputError("server: expected a server and a name without a path, or a path alone.", code="badOption")
        if server is None and token_file is not None:
            raise InputError("token_file: expected none without a server.", code="badOption")
        if server is not None and (extend or take_over):
            raise InputError("server: expected a study without extend and take_over. Use them with the path of its folder.", code="badOption")
        if path is None and server is None and space is None:
            raise InputError("space: expected parameters by name, got none. Only a study in a folder has a space already.", code="badSpace")
        _check_kinds(space=space, objectives=objectives, fidelity=fidelity, constraints=constraints, where=where)
        self.path: Path | None = None if path is None else Path(path).resolve()
        if self.path is not None and self.path.exists() and not self.path.is_dir():
            raise InputError(f"path: expected the folder of a study, got a file: {self.path}.", code="badOption")
        self._at = None if server is None else address_of(server, token_file)
        self._name = name
        self._space = None if space is None else Space(space)
        self._lock = threading.RLock()
        self._closed = False
        self._stopping: str | None = None
        """Why no trial starts any more."""
        self._ended: Ending | None = None
        self._generation = 0
        self._count = self._started = 0
        self._running: dict[int, Trial] = {}
        self._checkpoints = Checkpoints(self.path)
        listed = {"value": goal or "minimize"} if objectives is None else objectives
        self._definition: dict[str, Any] | None = None
        if self._space is not None:
            named = strategy or "auto"
            problem: dict[str, Any] = {
                "space": _words.translated(self._space.wire, self._space),
                "objectives": [{"name": name, "goal": wanted} for name, wanted in listed.items()],
                "constraints": list(constraints),
                "fidelity": None if fidelity is None else fidelity._wire(),
                "resumable": resumable,
                **({"where": [constraint if isinstance(constraint, str) else dict(constraint) for constraint in where]} if where else {}),
            }
            self._definition = {"problem": problem, "strategy": {"name": named, "options": dict(strategy_options or {})}, "seed": seed}
        self._close_earlier()
        folder = [] if self.path is None else ["--study", str(self.path), *(["--take-over"] if take_over else [])]
        self._server = Server(*folder, at=self._at)
        self._open(extend, wait_seconds)
        # Once it is taken over, a server that has to start again only continues.
        self._server._arguments = tuple(argument for argument in self._server._arguments if argument != "--take-over")

    def optimize(
        self,
        objective: Objective,
        trials: int | None = None,
        *,
        seconds: float | None = None,
        patience: int | None = None,
        min_gain: float = 0,
        no_gain: NoGain | bool = False,
        min_gain_per_second: float | None = None,
        repetitions: int = 1,
        workers: int = 1,
        executor: Executor | None = None,
        timeout: float | None = None,
        retries: int = 2,
        max_failures: int | None = 10,
        progress: bool | None = None,
        on_trial: Callable[[TrialRecord], None] | None = None,
    ) -> Best:
        """Runs trials until a limit is reached or the strategy has nothing left to try.

        The first Ctrl-C starts no new trial, and waits for the running ones. The second one stops them, and raises ``KeyboardInterrupt``; the
        next call runs them again.

        Args:
            objective: Gets a :class:`~caviar_hpo.Trial`. It returns a number, a list of numbers for several objectives, or a
                :class:`~caviar_hpo.Result`. An exception fails its trial alone. ``raise caviar.Infeasible`` for a configuration that cannot be
                measured.
            trials: How many trials the study starts in all. Trials of earlier calls count, so the same program can be started again.
            seconds: After so many seconds no job starts any more.
            patience: After so many trials in a row that have gained nothing, no job starts any more.
            min_gain: A trial has gained nothing if it gains no more than this, in the unit of the objective.
            no_gain: Once the strategy expects no gain of further trials, no job starts any more. ``True`` stands for
                :class:`~caviar_hpo.NoGain` with its defaults. The strategy has to be ``"bayesopt"``, or ``"auto"``, which may use it.
            min_gain_per_second: Once the strategy expects of no trial that it gains more than this per second, no job starts any more. Jobs
                in processes and threads cost the time that they run. Inline, the objective has to state ``cost_seconds`` in its
                :class:`~caviar_hpo.Result`. One of ``trials``, ``seconds``, ``patience``, ``no_gain`` and ``min_gain_per_second`` is
                needed. The first limit that is reached ends the call, and :attr:`ended` says which one it was.
            repetitions: How often the objective measures each trial, one time after the other, because its values are noisy. The mean counts,
                and the strategy learns its variance. ``trial.repetition`` counts from 0. A resumable study has no repetitions.
            workers: How many trials run at the same time.
            executor: Where they run: ``"inline"``, in the thread of the call, is the default for one worker; ``"process"``, in processes of
                their own, for several; ``"thread"`` is for objectives that wait for something else. Processes need an objective that can be
                pickled, and a program whose start is below ``if __name__ == "__main__":``.
            timeout: A job fails after so many seconds, all its repetitions together. Processes only.
            retries: How often a job runs again whose process was killed.
            max_failures: After so many failures in a row, while no trial of the study has succeeded, the call ends with an exception.
                ``None`` never ends it.
            progress: Whether standard error shows the progress. By default it does on a terminal and in a notebook.
            on_trial: Called after each trial that has ended or was paused. It may call :meth:`stop`.

        Returns:
            The best trial of the study so far.

        Raises:
            InputError: An argument makes no sense.
            StateError: No trial has succeeded (code ``"nothingSucceeded"``). Its cause is the last exception of the objective.
        """
        from .optimize import Loop, Settings

        settings = Settings(
            trials=trials,
            seconds=seconds,
            patience=patience,
            min_gain=min_gain,
            no_gain=NoGain() if no_gain is True else no_gain or None,
            min_gain_per_second=min_gain_per_second,
            repetitions=repetitions,
            workers=workers,
            executor=executor,
            timeout=timeout,
            retries=retries,
            max_failures=max_failures,
            progress=progress,
            on_trial=on_trial,
        )
        return Loop(self, objective, settings).run()

    def ask(self, want: int = 1, *, trials: int | None = None, finish: bool = False) -> list[Trial]:
        """Asks for trials, which you evaluate yourself.

        Args:
            want: The largest number of trials.
            trials: The budget: how many trials the study starts in all. Strategies that plan ahead read it.
            finish: Allows no new trial: a multi-fidelity strategy trains its best trials further, also from rungs that are not full.

        Returns:
            At most ``want`` trials. There are none if the strategy waits for the results of others, or has nothing left to try.

        Example:
            >>> import caviar_hpo as caviar
            >>> study = caviar.Study(space={"x": caviar.real(0, 1)})
            >>> [trial] = study.ask()
            >>> study.tell(trial, trial["x"] ** 2)
            >>> study.best.number
            0
        """
        return self._ask(want, trials, finish)[0]

    def tell(self, trial: Trial | int, result: Returned, fidelity: float | None = None) -> None:
        """Reports the result of a trial of :meth:`ask`. ``trial.measure`` reports what comes before the end, and says whether to continue.

        Args:
            trial: The trial, or its number.
            result: As an objective returns it. A number that is not finite makes the trial fail.
            fidelity: How far it was trained, ``until`` of the trial by default.
        """
        job = self._job_of(trial)
        told = told_by(result) if fidelity is None else {**told_by(result), "fidelity": fidelity}
        self._report("tell", {"job": job, **told})

    def fail(self, trial: Trial | int, reason: Reason = "threw", error: str | BaseException | None = None) -> None:
        """Reports that a trial of :meth:`ask` will not be measured.

        Args:
            trial: The trial, or its number.
            reason: ``"threw"``, ``"timeout"``, ``"lost"``, ``"nonfinite"`` or ``"infeasible"``.
            error: What went wrong.
        """
        words = {} if error is None else {"error": _words.thrown(error)}
        self._report("fail", {"job": self._job_of(trial), "reason": reason, **words})

    def enqueue(self, config: Mapping[str, Any]) -> None:
        """Makes the next trial use these values. The strategy chooses those that are left out."""
        self._request("enqueue", {"config": self._write(config)})

    def observe(
        self,
        config: Mapping[str, Any],
        result: Returned | None = None,
        fidelity: float | None = None,
        *,
        status: Literal["finished", "failed", "running"] = "finished",
        measurements: Sequence[Measurement] = (),
        reason: Reason = "threw",
        error: str | BaseException | None = None,
    ) -> Trial | None:
        """Adds a trial from elsewhere. It counts towards no budget, and strategies see it as they see their own trials.

        Args:
            config: Its configuration.
            result: Its result, as an objective returns it.
            fidelity: How far it was trained; to the highest fidelity by default.
            status: ``"finished"``, ``"failed"``, or ``"running"`` for a trial that still runs elsewhere.
            measurements: Instead of ``result``, its measurements by ascending fidelity.
            reason: Why it failed.
            error: What went wrong.

        Returns:
            The trial, if it is running: :meth:`tell` its result. Otherwise ``None``.
        """
        told: dict[str, Any] = {"config": self._write(config)}
        if result is not None:
            told.update(told_by(result), **({} if fidelity is None else {"fidelity": fidelity}))
        elif measurements or status != "finished":
            told.update(status=status, measurements=[_told_again(measurement) for measurement in measurements])
        if status == "failed":
            told.update(status=status, reason=reason, **({} if error is None else {"error": _words.thrown(error)}))
        answer = self._request("observe", told)
        self._count += 1
        if "job" not in answer:
            return None
        [job] = [job for job in self._request("running")["jobs"] if job["id"] == answer["job"]]
        return self._begun(job)

    def annotate(self, attributes: Mapping[str, Any], trial: Trial | TrialRecord | int | None = None) -> None:
        """Notes values of JSON by name. They replace earlier ones of the same names, and strategies do not see them.

        Args:
            attributes: For example ``{"commit": "1a2b3c", "data": "v7"}``.
            trial: The trial that they belong to, or its number. By default they belong to the study.

        Example:
            >>> import caviar_hpo as caviar
            >>> study = caviar.Study(space={"x": caviar.real(0, 1)})
            >>> study.annotate({"data": "v7"})
            >>> study.annotations["data"]
            'v7'
        """
        number = trial.number if isinstance(trial, (Trial, TrialRecord)) else trial
        self._request("annotate", {"trial": number, "attributes": dict(attributes)})

    @property
    def annotations(self) -> Mapping[str, Any]:
        """What was noted of the study itself. ``annotations`` of a record of :attr:`trials` is what was noted of this trial."""
        annotations: dict[str, Any] = self._request("annotations")["annotations"]
        return annotations

    @property
    def trials(self) -> list[TrialRecord]:
        """All trials so far, in the order in which they began."""
        return self._records(0)

    @property
    def running(self) -> list[Trial]:
        """The trials that have not reported their end, also those that ran when an earlier process ended."""
        return [self._begun(job) for job in self._request("running")["jobs"]]

    @property
    def best(self) -> Best:
        """The best trial; with several objectives, the first one that no other trial beats.

        Raises:
            StateError: No trial has succeeded yet (code ``"nothingSucceeded"``).
        """
        front = self.front
        if not front:
            raise nothing_succeeded(self.trials)
        return front[0]

    @property
    def front(self) -> list[Best]:
        """The trials that no other trial beats. With one objective, these are the trials with the best value. Empty before any result."""
        return [best_of(trial, self._known_space) for trial in self._request("best")["front"]]

    @property
    def ended(self) -> Ending | None:
        """Why the last call of :meth:`optimize` has ended; ``None`` before the first one, while one runs, and after an exception."""
        return self._ended

    def recommend(self) -> Config | None:
        """The configuration that the strategy recommends. With noise, it need not be the one with the best value. ``None`` before a result."""
        config = self._request("recommend")["config"]
        return None if config is None else self._known_space.read(config)

    def to_pandas(self) -> pandas.DataFrame:
        """A table with a row per trial: its number, status, values, parameters, fidelity, duration and failure. It needs pandas.

        An objective or a parameter with the name of another column has ``values_`` or ``params_`` in front.
        """
        import pandas as library  # type: ignore[import-untyped, unused-ignore]

        others = ["fidelity", "duration_seconds", "failure"]
        taken = {"trial", "status", *others}
        values = [f"values_{name}" if name in taken else name for name in self._objectives]
        taken.update(values)
        params = [f"params_{name}" if name in taken else name for name in self._known_space.parameters]
        rows = [
            [
                trial.number,
                trial.status,
                *self._cells(trial),
                trial.fidelity,
                trial.duration_seconds,
                None if trial.failure is None else trial.failure.reason,
            ]
            for trial in self.trials
        ]
        table: pandas.DataFrame = library.DataFrame(rows, columns=["trial", "status", *values, *params, *others]).set_index("trial")
        return table

    def report(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Writes the page of the study: one HTML file with its progress, its parameters and its trials. It needs nothing else, and loads nothing.

        Args:
            path: Where to write it. By default it is ``report.html`` in the folder of the study, next to its figures.

        Returns:
            Where it is.

        Raises:
            StateError: The study is in memory (code ``"notStored"``).
        """
        if self.path is None:
            raise StateError("report: expected a study in a folder, got one in memory. Give the study a path.", code="notStored")
        page = report_of(self.path)
        return page if path is None else Path(shutil.copyfile(page, path))

    def stop(self) -> None:
        """Ends a call of :meth:`optimize` in good order: no trial starts any more, and the running ones end. A signal handler may call it."""
        self._stopping = "stop() ended it early."

    def close(self) -> None:
        """Releases the study, so that other processes can open it."""
        self._closed = True
        self._server.close()

    def __enter__(self) -> Study:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __getstate__(self) -> None:
        raise TypeError(
            "a Study stays in its process. Pass its path instead, and open it in one process at a time. With a server, several may have it open."
        )

    def __repr__(self) -> str:
        if self._at is not None:
            where = f"{self._name!r} of the server {self._at.at!r}"
        else:
            where = "in memory" if self.path is None else f"in {str(self.path)!r}"
        return f"<caviar study {where}: {_words.counted(self._count, 'trial')}>"

    def _repr_html_(self) -> str:
        from ._html import study_html

        return study_html(self)

    @property
    def _known_space(self) -> Space:
        assert self._space is not None
        return self._space

    @property
    def _objectives(self) -> list[str]:
        return [objective["name"] for objective in self._made["problem"]["objectives"]]

    @property
    def _columns(self) -> list[str]:
        """The names of the objectives and of the parameters."""
        return [*self._objectives, *self._known_space.parameters]

    def _cells(self, trial: TrialRecord) -> list[Any]:
        """What a trial has for each of the columns, or None."""
        values = trial.values or (None,) * len(self._objectives)
        return [*values, *(trial.config.get(name) for name in self._known_space.parameters)]

    @property
    def _is_shared(self) -> bool:
        """Whether other programs may work on it at the same time."""
        return self._name is not None

    def _records(self, start: int) -> list[TrialRecord]:
        """The trials from a number on, in as many answers as they need."""
        records: list[TrialRecord] = []
        most = 1000
        while True:
            try:
                page = self._request("trials", {"from": start + len(records), "most": most})
            except StateError as error:
                if error.code != "answerTooLong" or most == 1:
                    raise
                most = max(1, most // 4)
                continue
            records += [record_of(trial, self._known_space) for trial in page["trials"]]
            if start + len(records) >= page["total"]:
                return records

    def _open(self, extend: bool, wait_seconds: float) -> None:
        until = time.monotonic() + wait_seconds
        while True:
            try:
                generation = self._server.start()
                answer = self._ask_server("open", {**self._opening, **(self._definition or {}), **({"extend": True} if extend else {})})
                break
            except CaviarError as error:
                is_early = error.code == "locked" or (self._is_shared and error.code == "noServer")
                if is_early and time.monotonic() < until:
                    time.sleep(0.1)
                    continue
                self._server.close()
                raise
        self._generation = generation
        self._made: dict[str, Any] = {**(self._definition or {}), **{key: answer[key] for key in ("problem", "strategy", "seed") if key in answer}}
        if self._space is None:
            self._space = Space.of_wire(self._made["problem"]["space"])
        self._count, self._started = answer["trials"], answer["started"]
        self._is_stored = answer["stored"]
        if self._is_shared and "folder" in answer:
            self.path = Path(answer["folder"])
            self._checkpoints = Checkpoints(self.path)
        _studies[self._key] = self

    @property
    def _opening(self) -> dict[str, Any]:
        return {"protocol": 2} if self._name is None else {"protocol": 2, "name": self._name}

    def _request(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        with self._lock:
            if self._closed:
                raise StateError("study: expected an open study, got one that was closed. Open it again.", code="closedStudy")
            if self._server.start() != self._generation:
                self._open_again()
            return self._ask_server(method, params or {})

    def _open_again(self) -> None:
        """The server has ended, so another one has to continue."""
        if not self._is_stored:
            remedy = "Start the server with --root" if self._is_shared else "Give the study a path"
            raise StateError(f"study: the process that had it in memory has ended. {remedy}, so that it survives.", code="lostServer")
        self._open(False, 0)
        if self._is_shared and self._running:
            self._ask_server("take", {"jobs": list(self._running)})

    def _ask_server(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        return _words.translated(lambda: self._server.request(method, params), self._space)

    def _ask(self, want: int, trials: int | None, finish: bool) -> tuple[list[Trial], list[Mapping[str, Any]], bool]:
        """The trials, what happens to other ones, and whether the strategy is done."""
        with self._lock:
            budget = {} if trials is None else {"trials": trials}
            answer = self._request("ask", {"want": want, **budget, **({"finish": True} if finish else {})})
            begun = [self._begun(job) for job in answer["jobs"]]
            self._heed(answer["directives"])
            return begun, answer["directives"], answer["then"] == "done"

    def _look(self) -> list[int]:
        """Of a shared study: counts its trials, and finds the jobs of other programs."""
        with self._lock:
            answer = self._request("open", self._opening)
            self._count, self._started = answer["trials"], answer["started"]
            return [job["id"] for job in answer["running"] if job["id"] not in self._running and "observed" not in job]

    def _take(self, want: int) -> list[Trial]:
        """Of a shared study: trials whose program has ended."""
        with self._lock:
            return [self._begun(job) for job in self._request("take", {"want": want})["jobs"]]

    def _report(self, method: str, params: dict[str, Any]) -> list[Mapping[str, Any]]:
        """Tells the end or a measurement of a job. The directives of the answer."""
        with self._lock:
            try:
                answer = self._request(method, params)
            except InputError as error:
                if not self._is_shared or error.code not in ("endedJob", "otherReport"):
                    raise
                # What another program has reported came first, or has made the strategy end the job.
                self._running.pop(params["job"], None)
                return []
            job = self._running.get(params["job"])
            if job is not None and (method == "fail" or answer["effect"] != "accepted" or params.get("fidelity", job.until) >= job.until):
                del self._running[params["job"]]
            if answer["effect"] == "observed":
                self._count += 1
            self._heed(answer["directives"])
            directives: list[Mapping[str, Any]] = answer["directives"]
            return directives

    def _advice(self, rules: Mapping[str, Any]) -> tuple[Rule | None, tuple[Advice, ...]]:
        """The rule that holds now of those that look ahead, and what they say."""
        answer = self._request("advice", dict(rules))
        return answer["rule"], advice_of(answer["advice"])

    def _end(self, rule: Rule, reason: str, advice: tuple[Advice, ...]) -> None:
        """Notes why a call of ``optimize`` has ended. The log of a study in a folder keeps the rule and the reason."""
        self._request("ended", {"rule": rule, "reason": reason})
        self._ended = Ending(rule, reason, advice)

    def _load(self, job: Job) -> bytes | None:
        return None if job.source is None else self._checkpoints.load(job.source, job.start)

    def _save(self, job: Job, checkpoint: bytes, fidelity: float) -> None:
        if self._made["problem"].get("resumable"):
            self._checkpoints.save(job.number, fidelity, checkpoint)

    def _record(self, number: int) -> TrialRecord:
        [wire] = self._request("trials", {"from": number, "most": 1})["trials"]
        return record_of(wire, self._known_space)

    def _heed(self, directives: Sequence[Mapping[str, Any]]) -> None:
        for job in ended_by(directives):
            self._running.pop(job, None)
        needed = [trial._job.source for trial in self._running.values()]
        if self._is_shared and directives:
            needed = [job["from"]["trial"] for job in self._request("running")["jobs"] if job["from"] is not None]
        self._checkpoints.heed(directives, needed)

    def _begun(self, job: Mapping[str, Any]) -> Trial:
        if job["trial"] >= self._count:
            self._count = job["trial"] + 1
            self._started += not job.get("observed", False)
        known = self._running.get(job["id"])
        if known is None:
            known = Trial(self._job(job), _Direct(self, job["id"], job["trial"]))
            self._running[job["id"]] = known
        return known

    def _job(self, wire: Mapping[str, Any]) -> Job:
        whole = self._whole
        source = wire["from"]
        return Job(
            id=wire["id"],
            number=wire["trial"],
            config=self._known_space.read(wire["config"]),
            start=0 if source is None else whole(source["fidelity"]),
            until=whole(wire["until"]),
            milestones=tuple(whole(milestone) for milestone in wire["milestones"]),
            source=None if source is None else source["trial"],
            reported=0,
        )

    @property
    def _whole(self) -> Callable[[Any], float]:
        """Fidelities are whole or real, as the study says."""
        given = self._made["problem"].get("fidelity")
        if given is None:
            return int
        whole = given.get("whole")
        return int if whole or (whole is None and given["min"] == int(given["min"]) and given["max"] == int(given["max"])) else float

    def _job_of(self, trial: Trial | int) -> int:
        if isinstance(trial, Trial):
            return trial._job.id
        for job, running in self._running.items():
            if running.number == trial:
                return job
        for running in self.running:
            if running.number == trial:
                return running._job.id
        raise InputError(f"trial: expected the number of a running trial, got {trial!r}", code="unknownJob")

    def _write(self, config: Mapping[str, Any]) -> dict[str, Any]:
        return self._known_space.write(config)

    @property
    def _key(self) -> object:
        return (self._at, self._name) if self._is_shared else self.path or id(self)

    def _close_earlier(self) -> None:
        """A notebook runs the same cell again: the study of the earlier run is closed."""
        earlier = _studies.get(self._key)
        if earlier is not None:
            earlier.close()


class _Direct:
    """The link of a trial that this process runs."""

    def __init__(self, study: Study, job: int, number: int) -> None:
        self._study = study
        self._job = job
        self._number = number

    def measure(self, told: Mapping[str, Any]) -> bool:
        self._study._report("tell", {"job": self._job, **told})
        return self._job in self._study._running

    def annotate(self, attributes: Mapping[str, Any]) -> None:
        self._study.annotate(attributes, self._number)

    def load(self) -> bytes | None:
        job = self._of_trial()
        return None if job is None else self._study._load(job)

    def save(self, checkpoint: bytes, fidelity: float) -> None:
        job = self._of_trial()
        if job is not None:
            self._study._save(job, checkpoint, fidelity)

    def _of_trial(self) -> Job | None:
        trial = self._study._running.get(self._job)
        return None if trial is None else trial._job


def report_of(folder: Path) -> Path:
    """Writes the page of the study in a folder. It works while a process works on the study."""
    run = subprocess.run(command("report", str(folder)), capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode != 0:
        raise StateError(f"report: {run.stderr.strip()}", code="noReport")
    return folder / "report.html"


_studies: weakref.WeakValueDictionary[object, Study] = weakref.WeakValueDictionary()


def _told_again(measurement: Measurement) -> dict[str, Any]:
    result = Result(measurement.values, measurement.constraints, measurement.variance, measurement.cost_seconds)
    return {**told_by(result), "fidelity": measurement.fidelity}


_KINDS: dict[str, tuple[Any, str, str]] = {
    "space": (Mapping, "parameters by name", 'space={"x": caviar.real(0, 1)}'),
    "objectives": (Mapping, "goals by name", 'objectives={"loss": "minimize"}'),
    "fidelity": (Fidelity, "what caviar.fidelity returns", 'fidelity=caviar.fidelity("epochs", 1, 27)'),
    "constraints": ((list, tuple), "a list of names", 'constraints=["memory"]'),
    "where": ((list, tuple), "a list of constraints", 'where=["low < high"]'),
}
"""Of some arguments of a study: what they are, in types and in words, and an example."""


def _check_kinds(**arguments: Any) -> None:
    for name, given in arguments.items():
        kind, words, example = _KINDS[name]
        if given is not None and not isinstance(given, kind):
            raise InputError(f"{name}: expected {words}, got {given!r}. Write {example}, for instance.", code="badOption")
