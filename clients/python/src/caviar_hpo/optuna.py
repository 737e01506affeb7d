"""Caviar as a sampler of Optuna, versions 4 and 5.

Example:
    >>> import optuna
    >>> from caviar_hpo.optuna import CaviarSampler
    >>> study = optuna.create_study(sampler=CaviarSampler(seed=1))
    >>> study.optimize(lambda trial: trial.suggest_float("x", -5, 5) ** 2, n_trials=20)
    >>> study.best_value < 1e-3
    True
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import secrets
import statistics
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import BaseSampler, RandomSampler
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState

from . import _words
from ._define_by_run import DefineByRun, Space
from ._errors import InputError, ServerError
from ._server import Server

__all__ = ["CaviarSampler"]

_ANNOUNCED = "caviar:params"
# Optuna's databases keep at most 2045 characters of an attribute.
_LONGEST_ATTRIBUTE = 2045
_LARGEST_INTEGER = 2**53 - 1
_count = itertools.count()


class CaviarSampler(BaseSampler):
    """Samples with a strategy of Caviar: by default with Gaussian-process Bayesian optimisation.

    The strategy sees every trial of the study: finished, failed, pruned and running ones, also those of other processes. It keeps away from
    trials that run elsewhere and from configurations that fail. The search space is read from the trials, conditions included, unless it is
    given. Parameters that the trials have not shown yet are drawn at random: those of the first trial, for instance.

    Use one sampler in one study at a time. Threads (``n_jobs``), processes and copies may share the study.

    Args:
        strategy: The name of the strategy. Those that decide how far to train a trial are refused, because a pruner of Optuna does.
        options: Options of the strategy (``docs/strategy-options.md``).
        seed: The same seed and the same results give the same trials, if they run one after the other. By default every sampler differs.
        search_space: The distributions by name, if you want to give them. They have no conditions.
        constraints_func: Gives the constraints of a complete or pruned trial: it is feasible if none is above 0. Optuna 5 prefers
            ``trial.set_constraint``, which needs nothing here.

    Raises:
        InputError: At the first parameter of a study, if there is no such strategy or option, or if the strategy cannot have this study:
            several objectives, for instance.
        ServerError: At the first parameter, if there is no Node, or later if the server ends twice in a row.
    """

    def __init__(
        self,
        strategy: str = "bayesopt",
        *,
        options: Mapping[str, Any] | None = None,
        seed: int | None = None,
        search_space: Mapping[str, BaseDistribution] | None = None,
        constraints_func: Callable[[FrozenTrial], Sequence[float]] | None = None,
    ) -> None:
        self._strategy = {"name": strategy, "options": dict(options or {})}
        self._seed = secrets.token_hex(16) if seed is None else str(seed)
        self._given = None if search_space is None else Space({n: d for n, d in search_space.items() if not d.single()})
        self._constraints_func = constraints_func
        self._server = Server()
        self._suitable: set[int] = set()
        self._forget()

    _lock: threading.RLock
    _study: tuple[weakref.ref[Any], int] | None
    _session: _Session | None

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        """The parameters that the next trial may have: those of complete trials, or the given ones."""
        with self._lock:
            return dict(self._space(study).distributions)

    def sample_relative(self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> dict[str, Any]:
        """The values of the next trial. A parameter is left out where its condition does not hold."""
        with self._lock:
            self._check_strategy(study)
            space = _representable(self._space(study).within(search_space))
            if not space.distributions:
                return {}
            try:
                return self._sample(study, trial, space)
            except ServerError:
                # It was killed, for instance for want of memory. Another one learns everything again.
                self._leave()
                return self._sample(study, trial, space)

    def sample_independent(self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution) -> Any:
        """A random value, which depends on the seed, the number of the trial and the name alone."""
        self._check_strategy(study)
        digest = hashlib.sha256(f"{self._seed}/{trial.number}/{param_name}".encode()).digest()
        return RandomSampler(int.from_bytes(digest[:4], "big")).sample_independent(study, trial, param_name, param_distribution)

    def after_trial(self, study: Study, trial: FrozenTrial, state: TrialState, values: Sequence[float] | None) -> None:
        """Stores what ``constraints_func`` says about the trial. Results are read from the study when the next trial begins."""
        if self._constraints_func is not None and state in (TrialState.COMPLETE, TrialState.PRUNED):
            constraints = [float(value) for value in self._constraints_func(trial)]
            if any(map(math.isnan, constraints)):
                raise ValueError(f"constraints_func: expected numbers, got {constraints}")
            study._storage.set_trial_system_attr(trial._trial_id, "constraints", constraints)

    def reseed_rng(self) -> None:
        """Does nothing: trials differ by their numbers, so copies of a sampler with one seed draw different values."""

    def __getstate__(self) -> dict[str, Any]:
        passing = ("_lock", "_study", "_history", "_session")
        return {name: value for name, value in vars(self).items() if name not in passing}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._forget()

    def _forget(self) -> None:
        self._lock = threading.RLock()
        self._study = None
        self._history = _History()
        self._session = None

    def _trials(self, study: Study) -> list[FrozenTrial]:
        """All trials: what a pruner filters out for samplers without a model of pruning is included."""
        if self._study is None or self._study[0]() is not study._storage or self._study[1] != study._study_id:
            self._study = weakref.ref(study._storage), study._study_id
            self._history = _History()
            self._leave()
        return study._storage.get_all_trials(study._study_id, deepcopy=False)

    def _leave(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = None

    def _space(self, study: Study) -> Space:
        self._history.read(self._trials(study))
        return self._given or self._history.space

    def _check_strategy(self, study: Study) -> None:
        """Refuses a strategy at the first parameter of a study, also where this parameter is drawn at random."""
        objectives = len(study.directions)
        if objectives in self._suitable:
            return
        with self._lock:
            name = self._strategy["name"]
            cards = self._server.request("strategies")["strategies"]
            if any(card["name"] == name and card["multiFidelity"] for card in cards):
                raise InputError(
                    f"strategy: expected one that does not decide how far to train, got {name!r}. A pruner of Optuna decides this. "
                    "Use 'bayesopt' or 'tpe', for instance.",
                    code="unsuitableStrategy",
                )
            problem = _problem(Space({"x": FloatDistribution(0, 1)}), study.directions, [])
            _words.translated(lambda: _Session(self._server, Space({}), problem, self._strategy, self._seed).close(), None)
        self._suitable.add(objectives)

    def _sample(self, study: Study, trial: FrozenTrial, space: Space) -> dict[str, Any]:
        problem = _problem(space, study.directions, self._history.constraints)
        session = self._session
        if session is None or session.problem != problem or session.starts != self._server.start():
            self._leave()
            session = self._session = _Session(self._server, space, problem, self._strategy, f"{self._seed}/{trial.number}")
        session.follow(self._others(study, trial))
        fixed = trial.system_attrs.get("fixed_params", {})
        config: dict[str, Any] | None = None
        # Another process may have chosen the same values at the same time. A process that sees this chooses again.
        for _ in range(10):
            config = session.ask(trial.number, fixed)
            if config is None:
                return self._repeated(study, trial, space)
            _announce(study, trial, config)
            if not session.follow(self._others(study, trial), config):
                break
            session.give_up(trial.number)
        return {name: _value(space.distributions[name], value) for name, value in (config or {}).items()}

    def _repeated(self, study: Study, trial: FrozenTrial, space: Space) -> dict[str, Any]:
        """Random values: the strategy has tried all that there is."""
        drawn: dict[str, Any] = {}
        for name, distribution in space.distributions.items():
            if space.exists(name, drawn):
                drawn[name] = self.sample_independent(study, trial, name, distribution)
        return drawn

    def _others(self, study: Study, trial: FrozenTrial) -> list[FrozenTrial]:
        return [other for other in self._trials(study) if other.number != trial.number]


class _History:
    """What the trials of a study say about its problem, read once each."""

    def __init__(self) -> None:
        self.constraints: list[str] = []
        self.space = Space({})
        self._read: set[int] = set()
        self._shape = DefineByRun()

    def read(self, trials: Sequence[FrozenTrial]) -> None:
        new = [trial for trial in trials if trial.state.is_finished() and trial.number not in self._read]
        for trial in new:
            self._read.add(trial.number)
            if trial.state == TrialState.COMPLETE:
                self._shape.read(trial.params, trial.distributions)
            self.constraints.extend(name for name in _constraints(trial) if name not in self.constraints)
        if new:
            self.space = self._shape.space()


class _Session:
    """A study of Caviar that follows one of Optuna."""

    def __init__(self, server: Server, space: Space, problem: dict[str, Any], strategy: dict[str, Any], seed: str) -> None:
        self.starts = server.start()
        self.problem = problem
        self._server = server
        self._space = space
        self._constraints: list[str] = problem["constraints"]
        self._values: list[float] = []
        self._jobs: dict[int, tuple[int, dict[str, Any]]] = {}
        self._done: set[int] = set()
        self._name = f"{next(_count)}"
        self._request("open", {"protocol": 2, "problem": problem, "strategy": strategy, "seed": seed})

    def close(self) -> None:
        if self._server.start() == self.starts:
            self._request("close", {})

    def ask(self, number: int, fixed: Mapping[str, Any]) -> dict[str, Any] | None:
        """The configuration of a trial, in which some values may be fixed, or None if the strategy has no more.

        A fixed value counts only if the parameter is sure to exist, by the other fixed values.
        """
        part = self._part(fixed)
        known: dict[str, Any] = {}
        for name in self._space.distributions:
            if name in part and self._space.exists(name, {each: fixed[each] for each in known}):
                known[name] = part[name]
        if known:
            self._request("enqueue", {"config": known})
        jobs = self._request("ask", {})["jobs"]
        if not jobs:
            return None
        self._jobs[number] = jobs[0]["id"], jobs[0]["config"]
        config: dict[str, Any] = jobs[0]["config"]
        return config

    def give_up(self, number: int) -> None:
        job, _ = self._jobs.pop(number)
        self._request("fail", {"job": job, "reason": "lost"})

    def follow(self, trials: Sequence[FrozenTrial], config: Mapping[str, Any] | None = None) -> bool:
        """Reports what has happened to trials. Whether one that was not known has the given configuration."""
        found = False
        for trial in trials:
            if trial.number in self._done or trial.state == TrialState.WAITING:
                continue
            if trial.state == TrialState.RUNNING:
                found |= trial.number not in self._jobs and self._begin(trial) == config
            else:
                found |= trial.number not in self._jobs and self._config(trial.params) == config
                self._end(trial)
        return found and config is not None

    def _begin(self, trial: FrozenTrial) -> dict[str, Any] | None:
        """A trial that runs elsewhere. One that does not show all its values yet is left for later."""
        config = self._config({**_announced(trial, self._space), **trial.params})
        if config is not None:
            job = self._request("observe", {"config": config, "status": "running"})["job"]
            self._jobs[trial.number] = job, config
        return config

    def _end(self, trial: FrozenTrial) -> None:
        self._done.add(trial.number)
        config, outcome = self._config(trial.params), self._outcome(trial)
        job, proposed = self._jobs.pop(trial.number, (None, None))
        if job is not None and config == proposed and outcome is not None:
            self._request("fail" if "reason" in outcome else "tell", {"job": job, **outcome})
            return
        if job is not None:
            # It ran with other values than proposed, so it says nothing about these.
            self._request("fail", {"job": job, "reason": "lost"})
        if config is not None and outcome is not None:
            status = {"status": "failed"} if "reason" in outcome else {}
            self._request("observe", {"config": config, **status, **outcome})

    def _request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        name = "name" if method == "open" else "study"
        return self._server.request(method, {name: self._name, **params})

    def _outcome(self, trial: FrozenTrial) -> dict[str, Any] | None:
        """What to report, or None if nothing is known."""
        if trial.state == TrialState.FAIL:
            return {"reason": "threw"}
        if trial.values is None:
            return {"reason": "infeasible"}
        values, constraints = list(trial.values), _constraints(trial)
        if trial.state == TrialState.PRUNED:
            values = self._at_best_the_median(values)
        if not all(map(math.isfinite, values)):
            return {"reason": "nonfinite"}
        if trial.state == TrialState.COMPLETE:
            self._values.append(values[0])
        if any(name not in constraints for name in self._constraints):
            return None
        held = [constraints[name] for name in self._constraints]
        return {"values": values, "constraints": held} if all(map(math.isfinite, held)) else {"reason": "infeasible"}

    def _at_best_the_median(self, values: list[float]) -> list[float]:
        """A pruned trial has its last value, but none better than the median: a pruner stops what is worse than others at the same step."""
        if not self._values:
            return values
        worse = max if self.problem["objectives"][0]["goal"] == "minimize" else min
        return [worse(values[0], statistics.median(self._values))]

    def _config(self, params: Mapping[str, Any]) -> dict[str, Any] | None:
        """A trial in this space, or None if it lacks a value or has one outside."""
        part = self._part(params)
        kept: dict[str, Any] = {}
        for name in self._space.distributions:
            if self._space.exists(name, kept):
                if name not in part:
                    return None
                kept[name] = params[name]
        return {name: part[name] for name in kept}

    def _part(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The values that are in this space."""
        distributions = self._space.distributions
        return {name: _sent(distributions[name], params[name]) for name in distributions if name in params and _fits(distributions[name], params[name])}


def _problem(space: Space, directions: Sequence[StudyDirection], constraints: Sequence[str]) -> dict[str, Any]:
    goals = ["maximize" if direction == StudyDirection.MAXIMIZE else "minimize" for direction in directions]
    return {
        "space": [_param(space, name) for name in space.distributions],
        "objectives": [{"name": f"value {n}", "goal": goal} for n, goal in enumerate(goals)],
        "constraints": list(constraints),
    }


def _param(space: Space, name: str) -> dict[str, Any]:
    distribution = space.distributions[name]
    plain: dict[str, Any]
    if isinstance(distribution, CategoricalDistribution):
        # Indices, because choices may be None. Optuna takes the first of choices that are equal in Python, such as 1 and True.
        indices = dict.fromkeys(int(distribution.to_internal_repr(choice)) for choice in distribution.choices)
        plain = {"kind": "choice", "options": [str(index) for index in indices]}
    else:
        assert isinstance(distribution, (FloatDistribution, IntDistribution))
        plain = {"kind": "int" if isinstance(distribution, IntDistribution) else "real", "low": distribution.low, "high": distribution.high}
        if distribution.log:
            plain["scale"] = "log"
        elif distribution.step is not None and not (plain["kind"] == "int" and distribution.step == 1):
            plain["step"] = distribution.step
    condition = space.conditions.get(name)
    if condition is None:
        return {"name": name, **plain}
    choices = isinstance(space.distributions[condition.parent], CategoricalDistribution)
    values = [str(value) if choices else value for value in condition.values]
    return {"name": name, "kind": "given", "parent": condition.parent, "values": values, "param": plain}


def _representable(space: Space) -> Space:
    """Without ranges that doubles do not hold."""

    def holds(distribution: BaseDistribution) -> bool:
        if isinstance(distribution, IntDistribution):
            return max(abs(distribution.low), abs(distribution.high)) <= _LARGEST_INTEGER
        return not isinstance(distribution, FloatDistribution) or math.isfinite(distribution.high - distribution.low)

    return space.within({name: distribution for name, distribution in space.distributions.items() if holds(distribution)})


def _fits(distribution: BaseDistribution, value: Any) -> bool:
    try:
        return distribution._contains(distribution.to_internal_repr(value))
    except ValueError:
        return False


def _sent(distribution: BaseDistribution, value: Any) -> Any:
    """A value of Optuna as Caviar has it."""
    internal = distribution.to_internal_repr(value)
    if isinstance(distribution, CategoricalDistribution):
        return str(int(internal))
    return int(internal) if isinstance(distribution, IntDistribution) else internal


def _value(distribution: BaseDistribution, sent: Any) -> Any:
    """The other way round."""
    if isinstance(distribution, CategoricalDistribution):
        return distribution.choices[int(sent)]
    return int(sent) if isinstance(distribution, IntDistribution) else float(sent)


def _constraints(trial: FrozenTrial) -> dict[str, float]:
    """Of ``set_constraint`` (Optuna 5) and of ``constraints_func``, whose list has numbers for names."""
    attributes = trial.system_attrs
    listed = {str(number): value for number, value in enumerate(attributes.get("constraints") or ())}
    prefix = "constraints:"
    return {**listed, **{key[len(prefix) :]: value for key, value in attributes.items() if key.startswith(prefix)}}


def _announce(study: Study, trial: FrozenTrial, config: Mapping[str, Any]) -> None:
    """Shows other processes the values before the objective asks for them one by one."""
    text = json.dumps(config)
    for part, start in enumerate(range(0, len(text), _LONGEST_ATTRIBUTE)):
        study._storage.set_trial_system_attr(trial._trial_id, f"{_ANNOUNCED}:{part}", text[start : start + _LONGEST_ATTRIBUTE])


def _announced(trial: FrozenTrial, space: Space) -> dict[str, Any]:
    parts: list[str] = []
    while (part := trial.system_attrs.get(f"{_ANNOUNCED}:{len(parts)}")) is not None:
        parts.append(part)
    try:
        config = json.loads("".join(parts)) if parts else {}
        return {name: _value(space.distributions[name], value) for name, value in config.items() if name in space.distributions}
    except (ValueError, IndexError):
        # Half written, or of another space.
        return {}
