"""Serves Python optimisers over the methods of `caviar serve` (docs/wire-format.md): open, enqueue, ask, tell, fail, observe,
recommend, close; and `reject`, which drops a job whose configuration is not allowed.

    npm run peers:install
    python3 benchmarks/peers/serve.py          one JSON-RPC 2.0 message a line on standard input, one answer a line

README.md lists the strategies. Beyond the wire format, the result of `open` holds the `configuration` of the peer and its `deviations` from
what its authors ship; a new `open` replaces the study; and the results of `ask` and `tell` hold `cpuSeconds`, the processor time of this
process that the call took: so the cost of starting Python and of importing libraries is not charged to an optimiser.
"""

import importlib
import json
import sys
import time
import warnings
import zlib

from spaces import typed

ADAPTERS = {
    "optuna-gp": ("optuna_peer", {"sampler": "gp"}),
    "optuna-gp-deterministic": ("optuna_peer", {"sampler": "gp-deterministic"}),
    "optuna-tpe": ("optuna_peer", {"sampler": "tpe"}),
    "optuna-tpe-group": ("optuna_peer", {"sampler": "tpe-group"}),
    "optuna-tpe-univariate": ("optuna_peer", {"sampler": "tpe-univariate"}),
    "optuna-cmaes": ("optuna_peer", {"sampler": "cmaes"}),
    "botorch": ("botorch_peer", {}),
    "ax": ("ax_peer", {}),
    "dehb": ("dehb_peer", {}),
    "pycma": ("cma_peer", {"engine": "pycma"}),
    "cmaes": ("cma_peer", {"engine": "cmaes"}),
    "hebo": ("hebo_peer", {}),
    "smac": ("smac_peer", {}),
    "smac-mf": ("smac_mf_peer", {}),
    "hyperopt": ("hyperopt_peer", {}),
    "bayesian-optimization": ("bayes_opt_peer", {}),
    "kerastuner": ("kerastuner_peer", {}),
    "kerastuner-hyperband": ("kerastuner_hyperband_peer", {}),
    "syne-tune-asha": ("syne_tune_peer", {}),
}

WITH_FIDELITY = ("dehb", "smac-mf", "kerastuner-hyperband", "syne-tune-asha")

METHODS = ("open", "enqueue", "ask", "tell", "fail", "reject", "observe", "recommend", "close")


class Server:
    def __init__(self):
        self.peer = None
        self.space = []
        self.sign = 1
        self.jobs = {}
        self.queue = []
        self.asked = 0
        self.best = (0, 0, None)

    def open(self, problem, strategy, seed, protocol=1):
        if strategy["name"] not in ADAPTERS:
            raise ValueError(f"strategy: expected one of {', '.join(ADAPTERS)}, got {strategy['name']}")
        module, settings = ADAPTERS[strategy["name"]]
        if strategy.get("options"):
            raise ValueError(f"strategy: {strategy['name']} has no options")
        number = seed if isinstance(seed, int) else zlib.crc32(str(seed).encode())
        objectives = problem.get("objectives", [{"name": "value", "goal": "minimize"}])
        fidelity = problem.get("fidelity")
        if len(objectives) != 1 or problem.get("constraints"):
            raise ValueError("problem: expected one objective and no constraints")
        if (fidelity is not None) != (strategy["name"] in WITH_FIDELITY):
            raise ValueError(f"problem: expected {'a' if fidelity is None else 'no'} fidelity")
        self.sign = -1 if objectives[0]["goal"] == "maximize" else 1
        where = problem.get("where", [])
        if where and module != "ax_peer":
            raise ValueError("problem: expected no constraints between parameters")
        if module == "ax_peer":
            settings = {**settings, "where": where}
        if fidelity is not None:
            settings = {**settings, "fidelity": fidelity}
            self.whole = fidelity.get("whole", isinstance(fidelity["min"], int) and isinstance(fidelity["max"], int))
        self.resumable, self.reached = problem.get("resumable", False), {}
        self.peer = importlib.import_module(module).Peer(problem["space"], number, **settings)
        self.space = problem["space"]
        self.jobs, self.queue, self.asked, self.started, self.best = {}, [], 0, 0, (0, 0, None)
        can = {"batch": False, "fidelity": fidelity is not None, "conditional": getattr(self.peer, "conditional", False)}
        can = {**can, "objectives": 1, "constraints": False, "external": hasattr(self.peer, "observe"), "plans": hasattr(self.peer, "plan")}
        about = {"name": strategy["name"], "version": self.peer.version, "can": can}
        about = {**about, "configuration": self.peer.configuration, "deviations": self.peer.deviations}
        return about if protocol == 1 else {"protocol": 2, **about, "stored": False, "trials": 0, "running": []}

    def enqueue(self, config):
        if not hasattr(self.peer, "observe"):
            raise ValueError("enqueue: this peer takes no points from elsewhere")
        self.queue.append(typed(self.space, config))
        return {}

    def ask(self, want=1, starts=None, trials=None, finish=False):
        """One job at most. @param trials the budget of the study, for peers that plan with it."""
        if min(want, 1 if starts is None else starts) < 1:
            return {"jobs": [], "directives": [], "then": "more", "cpuSeconds": 0}
        start = time.process_time()
        if self.asked == 0 and hasattr(self.peer, "plan"):
            self.peer.plan(trials)
        handle, config = (None, self.queue.pop(0)) if self.queue else self.peer.ask()
        config = typed(self.space, config)
        spent = time.process_time() - start
        until, start = self.goal(*self.peer.reach(handle)) if hasattr(self.peer, "reach") else (1, None)
        trial = self.started if start is None else start["trial"]
        job = {"id": self.asked, "trial": trial, "config": config, "from": start, "until": until, "milestones": [*self.rungs(handle, until), until]}
        self.jobs[self.asked] = handle, config, until
        self.asked += 1
        self.started += start is None
        return {"jobs": [job], "directives": [], "then": "more", "cpuSeconds": spent}

    def goal(self, of, until):
        """How far a job trains its configuration `of`, and the checkpoint that it continues from, or None: then it starts a trial."""
        until, known = round(until) if self.whole else float(until), self.reached.get(of)
        start = known if self.resumable and known is not None and known["fidelity"] < until else None
        self.reached[of] = {"trial": self.started if start is None else start["trial"], "fidelity": until}
        return until, start

    def rungs(self, handle, until):
        """Where a peer that stops trials decides, before the end of a job."""
        rungs = self.peer.rungs(handle) if hasattr(self.peer, "rungs") else []
        return [rung for rung in rungs if rung < until * (1 - 1e-9)]

    def tell(self, job, values, fidelity=None, costSeconds=None):
        """The job of a peer without rungs has one milestone, its end."""
        start = time.process_time()
        handle, config, until = self.jobs[job]
        reached = until if fidelity is None else fidelity
        value = self.sign * values[0]
        stops = False
        if handle is None:
            self.peer.observe(config, value)
        elif hasattr(self.peer, "rungs"):
            stops = self.peer.report(handle, reached, value)
        else:
            self.peer.tell(handle, value)
        self.remember(reached, value, config)
        if stops or reached >= until:
            del self.jobs[job]
        directives = [{"kind": "stop", "job": job}] if stops and reached < until else []
        return {"effect": "accepted", "directives": directives, "cpuSeconds": time.process_time() - start}

    def reject(self, job):
        """A peer without `reject` learns nothing of the job."""
        start = time.process_time()
        handle, _, _ = self.jobs.pop(job)
        if handle is not None and hasattr(self.peer, "reject"):
            self.peer.reject(handle)
        return {"cpuSeconds": time.process_time() - start}

    def fail(self, job, reason, error=None, fidelity=None, costSeconds=None):
        return {"effect": "failed", "directives": [], **self.reject(job)}

    def observe(self, config, values):
        config, value = typed(self.space, config), self.sign * values[0]
        self.peer.observe(config, value)
        self.remember(1, value, config)
        return {}

    def remember(self, reached, value, config):
        """The best value at the highest fidelity: what a peer without `recommend` recommends."""
        if self.best[2] is None or (-reached, value) < self.best[:2]:
            self.best = (-reached, value, config)

    def recommend(self):
        config = self.peer.recommend() if hasattr(self.peer, "recommend") else self.best[2]
        return {"config": None if config is None else typed(self.space, config)}

    def close(self):
        return {}


def number(value):
    """The four numbers that JSON lacks travel as {"$num": "NaN"} and the like."""
    return float(value["$num"]) if value.keys() == {"$num"} else value


def answer(server, line):
    request = {}
    try:
        request = json.loads(line, object_hook=number)
        method = request["method"]
        if method not in METHODS:
            raise ValueError(f"method: expected one of {', '.join(METHODS)}, got {method}")
        return method, {"jsonrpc": "2.0", "id": request.get("id"), "result": getattr(server, method)(**request.get("params", {}))}
    except Exception as fault:  # every fault is the answer to its request
        error = {"code": -32603, "message": f"{type(fault).__name__}: {fault}"}
        return None, {"jsonrpc": "2.0", "id": request.get("id"), "error": error}


def main():
    warnings.simplefilter("ignore")
    out, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    server = Server()
    for line in sys.stdin:
        if not line.strip():
            continue
        method, message = answer(server, line)
        out.write(json.dumps(message) + "\n")
        out.flush()
        if method == "close":
            break


if __name__ == "__main__":
    main()
