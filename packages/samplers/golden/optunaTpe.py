"""Optuna's TPE, for src/tpe/tpe.peers.test.ts and bench/tpe.mjs.

    pip install optuna==5.0.0
    npm run test:peers

Reads one JSON value a line and answers each by one line. {"densities": [{"space", "observed", "at"}, ...]} asks for log densities;
{"acquisitions": [{"space", "fidelity", "trials", "univariate", "at"}, ...]} for log l - log g given a history; {"open": [{"space", "seed", "start"}, ...]} opens studies whose
first points are given; {"tell": [...]} tells each study the value of its point (null at first) and asks for its next one; {"cost": ...}
times asks. Spaces are lists of [name, param].
"""

import functools
import json
import sys
import time
import types
import warnings

import numpy as np
import optuna
from optuna.samplers import TPESampler
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import _split_trials, default_gamma, default_weights
from optuna.trial import TrialState, create_trial

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def avalanche(bits):
    bits &= 0xFFFFFFFF
    bits = (bits ^ (bits >> 16)) * 0x85EBCA6B & 0xFFFFFFFF
    bits = (bits ^ (bits >> 13)) * 0xC2B2AE35 & 0xFFFFFFFF
    return bits ^ (bits >> 16)


def argsort(values):
    """Which of equal observations gets the bandwidth of the left gap is up to NumPy's sort, and to the machine. With this, a hash decides,
    as in src/tpe/parzen.ts."""
    ranks = np.unique(values, return_inverse=True)[1]
    salt = functools.reduce(lambda bits, rank: avalanche(bits + int(rank) + 1), ranks, 0)
    # As signed 32-bit numbers.
    keys = np.array([avalanche(salt + index) for index in range(len(ranks))], dtype=np.uint32).astype(np.int32)
    return np.lexsort((keys, ranks))


optuna.samplers._tpe.parzen_estimator.np = types.SimpleNamespace(**{**vars(np), "argsort": argsort})


def plain(param):
    return param["param"] if param["kind"] == "given" else param


def distribution(param):
    param = plain(param)
    if param["kind"] == "choice":
        return optuna.distributions.CategoricalDistribution(param["options"])
    kind = optuna.distributions.IntDistribution if param["kind"] == "int" else optuna.distributions.FloatDistribution
    step = param.get("step", 1 if param["kind"] == "int" else None)
    return kind(param["low"], param["high"], log=param["scale"] == "log", step=step)


def distributions(space):
    return {name: distribution(param) for name, param in space}


def columns(space, configs):
    return {
        name: np.array([dist.to_internal_repr(config[name]) for config in configs], dtype=float)
        for name, dist in distributions(space).items()
    }


def densities(space, observed, at):
    rules = _ParzenEstimatorParameters(1.0, True, False, default_weights, True)
    estimator = _ParzenEstimator(columns(space, observed), distributions(space), rules)
    return estimator.log_pdf(columns(space, at)).tolist()


def acquisition(space, trials, at, univariate):
    """`trials` are {"config", "state", "values": [[step, value], ...], "constraints"}; a complete one's last value is its own."""
    study = optuna.create_study(sampler=TPESampler(multivariate=not univariate, constant_liar=True, seed=1))
    states = {"complete": TrialState.COMPLETE, "pruned": TrialState.PRUNED, "running": TrialState.RUNNING}
    dists = distributions(space)
    for trial in trials:
        state = states[trial["state"]]
        study.add_trial(
            create_trial(
                state=state,
                value=trial["values"][-1][1] if state == TrialState.COMPLETE else None,
                params={name: trial["config"][name] for name in dists},
                distributions=dists,
                intermediate_values={int(step): value for step, value in trial["values"]},
                constraints={str(index): value for index, value in enumerate(trial["constraints"])},
            )
        )
    past = study.get_trials(deepcopy=False)
    finished = sum(trial.state != TrialState.RUNNING for trial in past)
    below, above = _split_trials(study, past, default_gamma(finished))
    total = np.zeros(len(at))
    for group in [{name: dist} for name, dist in dists.items()] if univariate else [dists]:
        good, bad = (
            study.sampler._build_parzen_estimator(study, group, side, handle_below=is_good)
            for side, is_good in ((below, True), (above, False))
        )
        points = {name: columns(space, at)[name] for name in group}
        total += good.log_pdf(points) - bad.log_pdf(points)
    return {"good": [trial.number for trial in below], "bad": [trial.number for trial in above], "log ratio": total.tolist()}


class Study:
    def __init__(self, space, seed, start):
        self.space = space
        self.study = optuna.create_study(sampler=TPESampler(seed=seed))
        for config in start:
            self.study.enqueue_trial(config)
        self.trial = None

    def tell(self, value):
        if value is not None:
            self.study.tell(self.trial, value)
        self.trial = self.study.ask()
        config = {}
        for name, param in self.space:
            if param["kind"] == "given" and config.get(param["parent"]) not in param["values"]:
                continue
            dist = distribution(param)
            config[name] = self.trial._suggest(name, dist)
        return config


def cost(space, sizes, asks):
    """Seconds of one ask, and the tell after it, at each size of the history."""
    seconds = []
    dists = distributions(space)
    rng = np.random.default_rng(1)
    for size in sizes:
        study = optuna.create_study(sampler=TPESampler(seed=1))
        for _ in range(size):
            params = {name: dist.low + (dist.high - dist.low) * rng.random() for name, dist in dists.items()}
            study.add_trial(create_trial(value=sum((x - 0.3) ** 2 for x in params.values()), params=params, distributions=dists))
        start = time.perf_counter()
        for _ in range(asks):
            trial = study.ask(dists)
            study.tell(trial, sum((x - 0.3) ** 2 for x in trial.params.values()))
        seconds.append((time.perf_counter() - start) / asks)
    return {"version": optuna.__version__, "seconds": seconds}


studies = []
for line in sys.stdin:
    question = json.loads(line)
    if "densities" in question:
        answer = [densities(**one) for one in question["densities"]]
    elif "acquisitions" in question:
        answer = [acquisition(**one) for one in question["acquisitions"]]
    elif "open" in question:
        studies = [Study(**one) for one in question["open"]]
        answer = len(studies)
    elif "cost" in question:
        answer = cost(**question["cost"])
    else:
        answer = [study.tell(value) for study, value in zip(studies, question["tell"], strict=True)]
    print(json.dumps(answer), flush=True)
