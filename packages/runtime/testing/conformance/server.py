"""A small server of docs/wire-format.md that needs nothing but Python's standard library: python3 server.py [--root DIR]

It shows that the page is enough to write a server, and it passes the conversations in this folder. Its only strategy, `random`, draws each
configuration from the seed and the number of the trial. It knows linear and log scales, and no constraints between parameters. It stores a
study as a list of events, one JSON line each.
"""
import fcntl
import hashlib
import json
import math
import os
import re
import sys
import unicodedata
from decimal import Decimal


class Refused(Exception):
    """An error of JSON-RPC: what was expected, what came, and what to do."""

    def __init__(self, rpc, code, expected, got="something else", remedy="See docs/wire-format.md."):
        super().__init__(f"expected {expected}, got {got}. {remedy}")
        self.rpc, self.data = rpc, {"code": code, "expected": expected, "got": got, "remedy": remedy}


PARSE, REQUEST, METHOD, PARAMS, REFUSED = -32700, -32600, -32601, -32602, -32000


# --- Messages -----------------------------------------------------------------------------------------------------------------------------

NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def parse(line):
    """The value that a line holds."""

    def number(text):
        value = float(text)
        if math.isinf(value):
            raise Refused(PARSE, "numberOverflow", "a double", text[:60])
        return int(value) if value.is_integer() and abs(value) < 2**53 and not (value == 0 and text[0] == "-") else value

    def constant(text):
        raise Refused(PARSE, "malformedJson", "a value", text)

    def members(pairs):
        keys = [key for key, _ in pairs]
        if "__proto__" in keys:
            raise Refused(PARSE, "reservedKey", "another key", "__proto__")
        if len(set(keys)) < len(keys):
            raise Refused(PARSE, "repeatedKey", "each key once", "one twice")
        if "$num" in keys:
            if len(pairs) > 1 or not isinstance(pairs[0][1], str) or pairs[0][1] not in NUMBERS:
                raise Refused(PARSE, "forgedNumber", "NaN, Infinity, -Infinity or -0", "something else")
            return NUMBERS[pairs[0][1]]
        return {re.sub(r"^\$(\$+num)$", r"\1", key): value for key, value in pairs}

    try:
        value = json.loads(line, object_pairs_hook=members, parse_int=number, parse_float=number, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        raise Refused(PARSE, "tooDeep" if deep else "malformedJson", "at most 64 levels" if deep else "JSON", line[:60]) from None
    if depth(value) > 64:
        raise Refused(PARSE, "tooDeep", "at most 64 levels", "more")
    return value


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def write(value):
    """A value as a message: numbers with the fewest digits, and without spaces."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, str):
        return re.sub(r"[\u007f-\u009f\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
    if isinstance(value, (int, float)):
        return write_number(value)
    if isinstance(value, list):
        return f"[{','.join(map(write, value))}]"
    return "{" + ",".join(f"{write(escaped(key))}:{write(member)}" for key, member in value.items()) + "}"


def escaped(key):
    return re.sub(r"^(\$+num)$", r"$\1", key)


def write_number(value):
    if isinstance(value, float) and not math.isfinite(value):
        return f'{{"$num":"{"NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}"}}'
    if value == 0:
        return '{"$num":"-0"}' if math.copysign(1, value) < 0 else "0"
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    digits = "".join(map(str, digits)).rstrip("0")
    point = len(Decimal(repr(value)).as_tuple().digits) + exponent
    if 0 < point <= 21:
        text = digits.ljust(point, "0")[:point] + ("." + digits[point:] if len(digits) > point else "")
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + f"e{point - 1:+d}"
    return "-" * sign + text


# --- What parameters of methods hold ------------------------------------------------------------------------------------------------------


def fields(value, path, required=(), optional=()):
    """The members of an object with these keys and no others."""
    if not isinstance(value, dict):
        raise Refused(PARAMS, "wrongValue", f"{path}, an object")
    for key in value:
        if key not in required and key not in optional:
            raise Refused(PARAMS, "unknownKey", f"{path} without other keys", key[:60])
    for key in required:
        if key not in value:
            raise Refused(PARAMS, "missingKey", f"{path}.{key}", "none")
    return value


def check(good, code, expected, got="something else"):
    if not good:
        raise Refused(PARAMS, code, expected, str(got)[:60])


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def whole(value, path, low, high):
    check(isinstance(value, int) and not isinstance(value, bool) and low <= value <= high, "wrongValue", f"{path}, a whole number", value)
    return value


def numbers(value, path):
    check(isinstance(value, list) and all(map(is_number, value)), "wrongValue", f"{path}, a list of numbers")
    return [number + 0 for number in value]


def study_name(value, path):
    good = isinstance(value, str) and 0 < units(value) <= 256 and value != "__proto__"
    check(good and all(unicodedata.category(one) not in ("Cc", "Cs") for one in value), "wrongValue", f"{path}, a name of printable characters")
    return value


def units(text):
    return sum(2 if ord(one) > 0xFFFF else 1 for one in text)


# --- Problems -----------------------------------------------------------------------------------------------------------------------------


class Param:
    """One parameter: which values it has, and the value at u in [0, 1)."""

    def __init__(self, given, path):
        kind = given.get("kind") if isinstance(given, dict) else None
        check(kind in ("real", "int", "choice"), "badSpace", f"{path} of a known kind", kind)
        if kind == "choice":
            fields(given, path, ("kind", "options"), ("ordered",))
            self.options = given["options"]
            check(isinstance(self.options, list) and self.options, "wrongValue", f"{path}.options, a list")
            kinds = {(type(one), one) for one in self.options if isinstance(one, (str, int, float))}
            check(len(kinds) == len(self.options), "badSpace", f"{path}.options, each once")
        else:
            fields(given, path, ("kind", "low", "high"), ("scale", "step"))
            low, high, step = given["low"], given["high"], given.get("step", 1 if kind == "int" else None)
            for number in (low, high, step):
                check(number is None or (is_number(number) and math.isfinite(number)), "badSpace", f"{path} of finite numbers", number)
            check(low <= high and (kind == "real" or isinstance(low, int) and isinstance(high, int)), "badSpace", f"{path} with low <= high")
            self.log = given.get("scale", "linear") == "log"
            check(self.log or given.get("scale", "linear") == "linear", "badSpace", f"{path}.scale, linear or log (in this server)")
            check(not self.log or low > 0, "badSpace", f"{path}.low above 0 on a log scale", low)
            self.low, self.high, self.step = low, high, step
        self.kind, self.given = kind, given

    def at(self, u):
        if self.kind == "choice":
            return self.options[int(u * len(self.options))]
        if self.step is not None and not self.log:
            count = int((Decimal(repr(self.high)) - Decimal(repr(self.low))) / Decimal(repr(self.step))) + 1
            return self.on_grid(int(u * count))
        value = math.exp((1 - u) * math.log(self.low) + u * math.log(self.high)) if self.log else (1 - u) * self.low + u * self.high
        return min(max(round(value) if self.kind == "int" else value, self.low), self.high)

    def on_grid(self, index):
        value = Decimal(repr(self.low)) + index * Decimal(repr(self.step))
        return int(value) if value == int(value) else float(value)

    def has(self, value):
        if self.kind == "choice":
            return any(value == one and type(value) is type(one) for one in self.options)
        if not is_number(value) or not self.low <= value <= self.high:
            return False
        if self.kind == "int" and not isinstance(value, int):
            return False
        return self.step is None or value == self.on_grid(round((value - self.low) / self.step))


class Problem:
    def __init__(self, given):
        fields(given, "problem", ("space",), ("where", "objectives", "constraints", "fidelity", "resumable"))
        check(isinstance(given["space"], list), "wrongValue", "problem.space, a list")
        check(not given.get("where"), "badSpace", "no constraints between parameters (in this server)")
        self.params = {}
        for index, one in enumerate(given["space"]):
            self.add(one, f"space[{index}]")
        self.objectives = given.get("objectives", [{"name": "value", "goal": "minimize"}])
        self.constraints = given.get("constraints", [])
        self.fidelity = given.get("fidelity")
        self.resumable = given.get("resumable", False)
        if self.fidelity is not None:
            fields(self.fidelity, "fidelity", ("unit", "min", "max"), ("whole",))
            bounds = [self.fidelity["min"], self.fidelity["max"]]
            check(all(map(is_number, bounds)) and 0 < bounds[0] <= bounds[1], "badFidelity", "fidelity with 0 < min <= max")
            self.fidelity = {**self.fidelity, "whole": self.fidelity.get("whole", all(isinstance(one, int) for one in bounds))}
        self.most = 1 if self.fidelity is None else self.fidelity["max"]
        self.wire = {"space": given["space"], "objectives": self.objectives, "constraints": self.constraints, "fidelity": self.fidelity, "resumable": self.resumable}

    def add(self, given, path):
        check(isinstance(given, dict) and isinstance(given.get("name"), str), "badSpace", f"{path} with a name")
        name, rest = given["name"], {key: value for key, value in given.items() if key != "name"}
        check(name not in self.params, "badSpace", "each name once", name)
        if rest.get("kind") != "given":
            self.params[name] = (Param(rest, path), None, None)
            return
        fields(rest, path, ("kind", "parent", "values", "param"))
        check(rest["parent"] in self.params, "badSpace", f"{path}.parent, an earlier parameter", rest["parent"])
        self.params[name] = (Param(rest["param"], path), rest["parent"], rest["values"])

    def draw(self, seed, trial, given):
        """A configuration with the given values."""
        allowed, config = {}, {}
        for name, (param, parent, values) in reversed(self.params.items()):
            if parent is not None and (name in given or name in allowed):
                allowed[parent] = [one for one in values if one in allowed.get(parent, values)]
        for name, (param, parent, values) in self.params.items():
            if parent is None or (parent in config and config[parent] in values):
                digest = hashlib.sha256(write([seed, trial, name]).encode()).digest()
                u = int.from_bytes(digest[:6], "big") / 2**48
                drawn = allowed[name][int(u * len(allowed[name]))] if name in allowed else param.at(u)
                config[name] = given.get(name, drawn)
        return config

    def config(self, given, whole=True):
        check(isinstance(given, dict), "badConfig", "a configuration")
        for name, (_, parent, values) in self.params.items():
            active = parent is None or (given[parent] in values if parent in given else not whole)
            check(name in given or not (whole and active), "badConfig", f"a value of {name}", "none")
            check(name not in given or (active and self.params[name][0].has(given[name])), "badConfig", f"a value of {name}", given.get(name))
        check(set(given) <= set(self.params), "badConfig", f"the parameters {', '.join(self.params)}", ", ".join(given))
        return {name: given[name] for name in self.params if name in given}

    def measurement(self, given, fidelity, milestones=None):
        """None if a number is not finite."""
        values, constraints, variance = (numbers(given.get(key, []), key) for key in ("values", "constraints", "variance"))
        check(len(values) == len(self.objectives) and len(constraints) == len(self.constraints), "badMeasurement", "a number for each objective and constraint")
        check("variance" not in given or len(variance) == len(values), "badMeasurement", "a variance for each objective")
        cost = given.get("costSeconds", 0)
        check(is_number(cost) and 0 <= cost < math.inf and is_number(fidelity) and math.isfinite(fidelity), "badNumber", "finite numbers, 0 or more", cost)
        if not all(map(math.isfinite, values + constraints + variance)):
            return None
        check(all(one >= 0 for one in variance), "badNumber", "a variance of 0 or more")
        return {"fidelity": fidelity, "values": values, "constraints": constraints, **({"variance": variance} if "variance" in given else {}), "costSeconds": cost, "atMilestone": milestones is None or fidelity in milestones}

    def check_fidelity(self, fidelity, above, most):
        good = above < fidelity <= most and (self.fidelity is None or not self.fidelity["whole"] or float(fidelity).is_integer())
        check(good, "badFidelity", f"a fidelity above {above}, up to {most}", fidelity)

    def settle(self, fidelity, known):
        """The known fidelity that a number misses by rounding only, or else the number."""
        close = [one for one in known if abs(fidelity - one) < min(1, one * 1e-9)] if is_number(fidelity) and math.isfinite(fidelity) else []
        return close[0] if close else fidelity


# --- Studies ------------------------------------------------------------------------------------------------------------------------------

CARD = {"name": "random", "doc": "Random points, drawn from the seed and the number of the trial.", "multiFidelity": False, "adaptive": False, "options": []}
ABOUT = {"name": "random", "version": 1, "can": {"batch": False, "fidelity": True, "conditional": True, "objectives": 64, "constraints": True, "external": True}}
REASONS = ("threw", "timeout", "lost", "nonfinite", "infeasible")


class Study:
    """A fold of its events. `keep` stores an event before it takes effect."""

    def __init__(self, definition, keep=lambda event: None):
        self.definition, self.keep = definition, keep
        self.problem = Problem(definition["problem"])
        self.events, self.trials, self.jobs, self.queue, self.running, self.ends, self.told = [], [], [], [], {}, {}, {}
        self.started = 0
        self.annotations = {}
        self.taken = set()  # Jobs on which the client works.

    def happen(self, event):
        self.keep(event)
        self.apply(event)

    def apply(self, event):
        if event["kind"] == "annotated":
            noted = self.annotations if event["trial"] is None else self.trials[event["trial"]].setdefault("annotations", {})
            noted.update(event["attributes"])
            return
        if event["kind"] == "ended":
            return
        self.events.append(event)
        if event["kind"] == "asked":
            for job in event["jobs"]:
                self.queue[:1] = []
                self.started += 1
                self.jobs.append(job)
                self.running[job["id"]] = job
                self.trials.append({"trial": job["trial"], "config": job["config"], "parent": None, "status": "running", "curve": []})
        elif event["kind"] == "enqueued":
            self.queue.append(event["config"])
        elif event["kind"] == "observed":
            self.apply_observed(event)
        else:
            trial = self.trials[self.jobs[event["job"]]["trial"]]
            if event["kind"] == "told":
                self.told.setdefault(event["job"], []).append(event)
                trial["curve"].append(event["measurement"])
            if event["kind"] == "failed" or event["last"]:
                del self.running[event["job"]]
                self.ends[event["job"]] = event
                trial["status"] = "failed" if event["kind"] == "failed" else "finished"
            if event["kind"] == "failed":
                trial["failure"] = {key: event[key] for key in ("reason", "error") if key in event}

    def apply_observed(self, event):
        trial = {"trial": len(self.trials), "config": event["config"], "parent": None, "status": "finished", "observed": True}
        trial["curve"] = list(event["curve"]) if "curve" in event else [event["measurement"]]
        if "failure" in event:
            trial.update(status="failed", failure=event["failure"])
        if "job" in event:
            trial["status"] = "running"
            job = {"id": event["job"], "trial": trial["trial"], "config": event["config"], "from": None, "until": event["until"]}
            self.jobs.append({**job, "milestones": [event["until"]], "observed": True})
            self.running[event["job"]] = self.jobs[-1]
        self.trials.append(trial)

    def ask(self, want=1, starts=math.inf, trials=math.inf, finish=False):
        count = min(want, 0 if finish else starts, max(0, trials - self.started))
        if count == 0:
            return {"jobs": [], "directives": [], "then": "more"}
        jobs = []
        for index in range(count):
            trial = len(self.trials) + index
            config = self.problem.draw(self.definition["seed"], trial, self.queue[index] if index < len(self.queue) else {})
            jobs.append({"id": len(self.jobs) + index, "trial": trial, "config": config, "from": None, "until": self.problem.most, "milestones": [self.problem.most]})
        self.happen({"kind": "asked", "want": count, "jobs": jobs, "directives": [], "then": "more", "atMs": 0})
        self.taken.update(job["id"] for job in jobs)
        return {"jobs": jobs, "directives": [], "then": "more"}

    def take(self, want=math.inf, jobs=None):
        free = [job for job in self.running.values() if job["id"] not in self.taken and "observed" not in job and (jobs is None or job["id"] in jobs)]
        given = free[: min(want, len(free))]
        self.taken.update(job["id"] for job in given)
        return {"jobs": given}

    def annotate(self, trial, attributes):
        check(trial is None or trial < len(self.trials), "unknownTrial", f"null, or one of {len(self.trials)} trials", trial)
        check(isinstance(attributes, dict) and len(attributes) <= 1000 and units(write(attributes)) <= 2**20, "badAttributes", "values by name")
        self.happen({"kind": "annotated", "trial": trial, "attributes": attributes, "atMs": 0})
        return {}

    def known(self, job):
        whole(job, "params.job", 0, 2**53)
        if job >= len(self.jobs):
            raise Refused(PARAMS, "unknownJob", "a job that was handed out", f"job {job}", "Report the id that ask returned.")

    def tell(self, job, last=None, **given):
        self.known(job)
        problem, until, told = self.problem, self.jobs[job]["until"], self.told.get(job, [])
        fidelity = problem.settle(given.get("fidelity", until), [until] + [one["measurement"]["fidelity"] for one in told])
        measurement = problem.measurement(given, fidelity, self.jobs[job]["milestones"])
        for first in told:
            if first["measurement"]["fidelity"] == fidelity:
                return self.again(first, measurement)
        if job in self.ends:
            return self.late(job, measurement, fidelity)
        problem.check_fidelity(fidelity, self.reached(job), until)
        check(last is None or last == (fidelity >= until), "wrongValue", "last as the fidelity says", last)
        if measurement is None:
            return self.fail(job, "nonfinite", fidelity=fidelity, costSeconds=given.get("costSeconds", 0))
        self.happen({"kind": "told", "job": job, "measurement": measurement, "last": fidelity >= until, "directives": [], "atMs": 0})
        return {"effect": "accepted", "directives": []}

    def reached(self, job):
        curve = self.trials[self.jobs[job]["trial"]]["curve"]
        return curve[-1]["fidelity"] if curve else 0

    def again(self, first, measurement):
        if measurement is None or not same(first["measurement"], measurement):
            other(first["measurement"], measurement)
        return {"effect": "accepted", "directives": [], "repeated": True}

    def late(self, job, measurement, fidelity):
        end = self.ends[job]
        if end.get("reason") == "nonfinite" and measurement is None:
            return {"effect": "failed", "directives": [], "repeated": True}
        if end.get("reason") != "lost":
            other(end, measurement)
        if measurement is None or fidelity < self.jobs[job]["until"]:
            return {"effect": "ignored", "directives": []}
        config = self.jobs[job]["config"]
        for event in self.events[self.events.index(end) :]:
            if "measurement" in event and event["kind"] == "observed" and event["config"] == config:
                if not same(event["measurement"], measurement):
                    other(event["measurement"], measurement)
                return {"effect": "observed", "directives": [], "repeated": True}
        self.happen({"kind": "observed", "config": config, "measurement": measurement, "directives": [], "atMs": 0})
        return {"effect": "observed", "directives": []}

    def fail(self, job, reason, fidelity=None, costSeconds=0, error=None):
        self.known(job)
        check(reason in REASONS, "wrongValue", f"one of {', '.join(REASONS)}", reason)
        check(is_number(costSeconds) and 0 <= costSeconds < math.inf, "badNumber", "a cost of 0 or more", costSeconds)
        if job in self.ends:
            if self.ends[job].get("reason") != reason:
                other(self.ends[job], reason)
            return {"effect": "failed", "directives": [], "repeated": True}
        said = {} if error is None else {"error": re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", error).strip()[:1000]}
        self.happen({"kind": "failed", "job": job, "reason": reason, "fidelity": self.reached(job) if fidelity is None else fidelity, "costSeconds": costSeconds, **said, "directives": [], "atMs": 0})
        return {"effect": "failed", "directives": []}

    def observe(self, config, status="finished", measurements=None, reason=None, error=None, until=None, **given):
        config = self.problem.config(config)
        check(status in ("finished", "failed", "running"), "wrongValue", "finished, failed or running", status)
        check(measurements is None or "values" not in given, "wrongValue", "values or measurements", "both")
        check(status == "failed" or (reason is None and error is None), "wrongValue", "a reason only if it failed", status)
        check(status == "running" or until is None, "wrongValue", "until only if it runs", status)
        if measurements is None:
            measurements = [given] if "values" in given or status == "finished" else []
        check(status != "finished" or measurements, "wrongValue", "a measurement", "none")
        curve = []
        for one in measurements:
            fidelity = self.problem.settle(one.get("fidelity", self.problem.most), [self.problem.most])
            measurement = self.problem.measurement(one, fidelity)
            check(measurement is not None, "badMeasurement", "finite numbers")
            self.problem.check_fidelity(fidelity, curve[-1]["fidelity"] if curve else 0, self.problem.most)
            curve.append(measurement)
        event = {"kind": "observed", "config": config, "curve": curve}
        if status == "finished" and "values" in given:
            event = {"kind": "observed", "config": config, "measurement": curve[0]}
        if status == "failed":
            event["failure"] = {"reason": reason or "threw", **({} if error is None else {"error": error})}
        if status == "running":
            until = self.problem.most if until is None else until
            self.problem.check_fidelity(until, curve[-1]["fidelity"] if curve else 0, self.problem.most)
            event.update(job=len(self.jobs), until=until)
        self.happen({**event, "directives": [], "atMs": 0})
        return {"job": event["job"]} if "job" in event else {}

    def best(self):
        """The feasible trials at the highest fidelity that no other one beats."""
        ends = [(trial, trial["curve"][-1]) for trial in self.trials if trial["curve"] and trial["status"] != "failed"]
        ends = [(trial, end) for trial, end in ends if all(value <= 0 for value in end["constraints"])]
        reached = max((end["fidelity"] for _, end in ends), default=0)
        signs = [-1 if one["goal"] == "maximize" else 1 for one in self.problem.objectives]
        losses = [(trial, [sign * value for sign, value in zip(signs, end["values"])], end) for trial, end in ends if end["fidelity"] == reached]

        def beaten(loss):
            return any(all(a <= b for a, b in zip(other, loss)) and other != loss for _, other, _ in losses)

        return [{"trial": trial["trial"], "config": trial["config"], "values": end["values"]} for trial, loss, end in losses if not beaten(loss)]

    def snapshot(self):
        body = {"format": 2, "problem": self.problem.wire, "strategy": {"name": "random", "options": {}, "version": 1}, "seed": self.definition["seed"]}
        body.update(events=self.events, state={"trials": len(self.trials)})
        return {**body, "checksum": checksum(body)}


def same(first, second):
    return all(first.get(key) == second.get(key) for key in ("values", "constraints", "variance"))


def other(first, second):
    raise Refused(PARAMS, "otherReport", f"the report that came first, {write(first)[:300]}", write(second)[:300], "The first report counts. Drop this one.")


def checksum(value):
    def by_key(value):
        if isinstance(value, list):
            return [by_key(one) for one in value]
        if isinstance(value, dict):
            return {key: by_key(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))}
        return value

    return hashlib.sha256(write(by_key(value)).encode()).hexdigest()


def definition_of(given):
    strategy = fields(given["strategy"], "params.strategy", ("name",), ("options",))
    check(strategy["name"] == "random", "unknownStrategy", "random", strategy["name"])
    options = fields(strategy.get("options", {}), "params.strategy.options", (), tuple(strategy.get("options", {})))
    check(not options, "unknownOption", "no options", ", ".join(options))
    seed = given["seed"]
    check(isinstance(seed, str) or is_number(seed), "wrongValue", "params.seed, a number or a string")
    check(units(seed) <= 1024 if isinstance(seed, str) else math.isfinite(seed), "badSeed", "a finite number or at most 1024 characters")
    return {"problem": Problem(given["problem"]).wire, "seed": seed}


class Folder:
    """Where a study is stored: a file whose first line is its name and definition, and whose other lines are its events."""

    def __init__(self, root, name):
        slug = "-".join(re.findall("[a-z0-9]+", unicodedata.normalize("NFKD", name).lower()))[:64] or "study"
        self.name, self.path = name, os.path.join(root, f"{slug}-{hashlib.sha256(write(name).encode()).hexdigest()[:8]}.jsonl")
        self.file = None

    def read(self):
        """The definition and the events; None if there is no study. What a crash has cut off is left out."""
        if not os.path.exists(self.path):
            return None
        with open(self.path, "rb") as file:
            lines = file.read().split(b"\n")[:-1]
        if not lines:
            return None
        head, *events = (parse(line.decode()) for line in lines)
        if head["name"] != self.name:
            raise Refused(PARAMS, "nameTaken", "a name whose folder is free", "that of another study", "Choose another name.")
        return head["definition"], events

    def open(self, definition):
        """The study, ready for more events."""
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        self.file = open(self.path, "ab")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(REFUSED, "locked", "a study that no process has open", "one that is open", "Close it there.") from None
        stored = self.read()
        size = os.path.getsize(self.path)
        whole_lines = 0 if size == 0 else open(self.path, "rb").read().rfind(b"\n") + 1
        self.file.truncate(whole_lines)
        if stored is None:
            self.append({"name": self.name, "definition": definition})
        study = Study(definition if stored is None else stored[0], self.append)
        for event in stored[1] if stored else ():
            study.apply(event)
        return study

    def append(self, value):
        self.file.write(write(value).encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())

    def close(self):
        self.file.close()


# --- The conversation ---------------------------------------------------------------------------------------------------------------------

OF_STUDY = {"ask", "take", "tell", "fail", "enqueue", "observe", "annotate", "advice", "ended", "running", "best", "trials", "annotations", "recommend", "predict", "snapshot", "close"}


class Session:
    def __init__(self, root):
        self.root, self.own, self.named, self.folders, self.closed = root, None, {}, {}, False

    def call(self, method, params):
        call = getattr(self, f"do_{method}", None) if re.fullmatch("[a-z]+", method) else None
        if call is None:
            raise Refused(METHOD, "unknownMethod", "a method of docs/wire-format.md", method[:60])
        if self.closed:
            raise Refused(REFUSED, "closed", "an open session", "a closed one")
        check(isinstance(params, dict), "wrongValue", "params by name")
        name = None
        if method in OF_STUDY and "study" in params:
            name = study_name(params["study"], "params.study")
            params = {key: value for key, value in params.items() if key != "study"}
        return call(name, params) if method in OF_STUDY else call(params)

    def study(self, name):
        if name is not None and name in self.named:
            return self.named[name]
        if name is None and self.own is not None:
            return self.own
        if name is None and len(self.named) > 1:
            raise Refused(PARAMS, "whichStudy", "the name of a study, because several are open", "none")
        if name is None and self.named:
            return next(iter(self.named.values()))
        raise Refused(REFUSED, "notOpen", "an open study", "none", "Call open first.")

    def reading(self, name):
        """Readers need no open study."""
        if name is None or name in self.named:
            return self.study(name)
        stored = Folder(self.root, name).read() if self.root else None
        if stored is None:
            raise Refused(REFUSED, "noStudy", "a study with this name", "none", "Correct the name.")
        study = Study(stored[0])
        for event in stored[1]:
            study.apply(event)
        return study

    def do_open(self, params):
        required = ("protocol", "name") if "name" in params and not {"problem", "strategy", "seed"} & set(params) else ("protocol", "problem", "strategy", "seed")
        fields(params, "params", required, ("name",))
        check(params["protocol"] == 2, "wrongValue", "protocol 2", params["protocol"])
        name = study_name(params["name"], "params.name") if "name" in params else None
        wanted = definition_of(params) if "seed" in params else None
        if name is None:
            if self.own is not None:
                raise Refused(REFUSED, "alreadyOpen", "no open study", "an open study", "Give the other study a name.")
            self.own = Study(wanted)
            return self.about(self.own, None, wanted)
        folder = Folder(self.root, name) if self.root else None
        found = self.named[name].definition if name in self.named else None
        if found is None and folder is not None:
            found = (folder.read() or [None])[0]
        if found is None and wanted is None:
            raise Refused(REFUSED, "noStudy", "a study with this name", "none", "Pass problem, strategy and seed.")
        if found is not None and wanted is not None and found != wanted:
            raise Refused(PARAMS, "otherStudy", write(found)[:300], write(wanted)[:300], "Open it by its name alone, or choose another name.")
        if name not in self.named:
            self.named[name] = folder.open(wanted) if folder else Study(wanted)
            self.folders[name] = folder
        return self.about(self.named[name], name, wanted)

    def about(self, study, name, wanted):
        named = {} if name is None else {"study": name}
        stored = name is not None and self.root is not None
        made = {} if wanted else {**study.definition, "strategy": {"name": "random", "options": {}}}
        count = {"trials": len(study.trials), "started": study.started, "running": list(study.running.values())}
        return {"protocol": 2, **named, **ABOUT, "stored": stored, **count, **made}

    def do_strategies(self, params):
        fields(params, "params")
        return {"strategies": [CARD]}

    def do_studies(self, params):
        fields(params, "params")
        names = set(self.named)
        for file in os.listdir(self.root) if self.root and os.path.isdir(self.root) else ():
            with open(os.path.join(self.root, file), encoding="utf-8") as lines:
                names.add(parse(lines.readline())["name"])
        return {"studies": [{"name": name, "open": name in self.named} for name in sorted(names)]}

    def do_ask(self, name, params):
        study = self.study(name)
        fields(params, "params", (), ("want", "starts", "trials", "finish"))
        for key, most in (("want", 100_000), ("starts", 10_000_000), ("trials", 10_000_000)):
            if key in params:
                whole(params[key], f"params.{key}", 0, most)
        check(isinstance(params.get("finish", False), bool), "wrongValue", "params.finish, true or false")
        return study.ask(**params)

    def do_take(self, name, params):
        study = self.study(name)
        fields(params, "params", (), ("want", "jobs"))
        if "want" in params:
            whole(params["want"], "params.want", 0, 100_000)
        check(isinstance(params.get("jobs", []), list), "wrongValue", "params.jobs, a list of ids")
        for index, job in enumerate(params.get("jobs", [])):
            whole(job, f"params.jobs[{index}]", 0, 2**53)
        return study.take(**params)

    def do_tell(self, name, params):
        study = self.study(name)
        return study.tell(**fields(params, "params", ("job", "values"), ("fidelity", "constraints", "variance", "costSeconds", "last")))

    def do_fail(self, name, params):
        study = self.study(name)
        return study.fail(**fields(params, "params", ("job", "reason"), ("fidelity", "costSeconds", "error")))

    def do_enqueue(self, name, params):
        study = self.study(name)
        config = study.problem.config(fields(params, "params", ("config",))["config"], whole=False)
        study.happen({"kind": "enqueued", "config": config, "atMs": 0})
        return {}

    def do_observe(self, name, params):
        study = self.study(name)
        measured = ("values", "fidelity", "constraints", "variance", "costSeconds")
        fields(params, "params", ("config",), measured + ("status", "measurements", "reason", "error", "until"))
        for index, one in enumerate(params.get("measurements", ())):
            fields(one, f"params.measurements[{index}]", ("values",), measured)
        return study.observe(**params)

    def do_annotate(self, name, params):
        study = self.study(name)
        fields(params, "params", ("trial", "attributes"))
        if params["trial"] is not None:
            whole(params["trial"], "params.trial", 0, 10_000_000)
        return study.annotate(**params)

    def do_advice(self, name, params):
        self.study(name)
        fields(params, "params", (), ("noGain", "minGainPerSecond"))
        for key in params:
            raise Refused(PARAMS, "wrongValue", "a strategy that foresees gains", "random", f"Leave out {key}.")
        return {"rule": None, "advice": []}

    def do_ended(self, name, params):
        study = self.study(name)
        fields(params, "params", ("rule", "reason"))
        for key, most in (("rule", 256), ("reason", 1000)):
            text = params[key]
            check(isinstance(text, str) and 0 < units(text) <= most, "wrongValue", f"params.{key}, a text of 1 to {most} units", text)
        study.happen({"kind": "ended", **params, "atMs": 0})
        return {}

    def do_annotations(self, name, params):
        study = self.reading(name)
        fields(params, "params")
        return {"annotations": study.annotations}

    def do_running(self, name, params):
        study = self.study(name)
        fields(params, "params")
        return {"jobs": list(study.running.values())}

    def do_best(self, name, params):
        study = self.reading(name)
        fields(params, "params")
        return {"front": study.best()}

    def do_trials(self, name, params):
        study = self.reading(name)
        fields(params, "params", (), ("from", "most"))
        first, most = (whole(params.get(key, default), f"params.{key}", 0, 10_000_000) for key, default in (("from", 0), ("most", 1000)))
        return {"total": len(study.trials), "trials": study.trials[first : first + most]}

    def do_recommend(self, name, params):
        study = self.study(name)
        fields(params, "params")
        return {"config": next((one["config"] for one in study.best()), None)}

    def do_predict(self, name, params):
        self.study(name)
        fields(params, "params", ("configs",))
        raise Refused(REFUSED, "noModel", "a strategy with a model", "random")

    def do_snapshot(self, name, params):
        study = self.study(name)
        fields(params, "params")
        return {"snapshot": study.snapshot()}

    def do_restore(self, params):
        fields(params, "params", ("snapshot",), ("protocol",))
        if self.own is not None:
            raise Refused(REFUSED, "alreadyOpen", "no open study", "an open study")
        snapshot = fields(params["snapshot"], "snapshot", ("format", "problem", "strategy", "seed", "events", "state", "checksum"))
        if checksum({key: value for key, value in snapshot.items() if key != "checksum"}) != snapshot["checksum"]:
            raise Refused(REFUSED, "corrupt", "the checksum of the snapshot", "another one", "Use another copy.")
        study = Study({"problem": Problem(snapshot["problem"]).wire, "seed": snapshot["seed"]})
        for event in snapshot["events"]:
            study.apply(event)
        self.own = study
        return {**ABOUT, "running": list(study.running.values())}

    def do_close(self, name, params):
        fields(params, "params")
        if name is None:
            self.closed = True
        elif self.named.pop(name, None) is None:
            raise Refused(REFUSED, "notOpen", "a study that this client has opened", name)
        elif self.folders[name]:
            self.folders[name].close()
        return {}


def answer_one(session, message):
    """None for a notification."""
    valid = isinstance(message, dict)
    given = message.get("id", 0) if valid else 0
    good_id = given is None or (isinstance(given, str) and units(given) <= 512) or (is_number(given) and abs(given) < 2**53)
    answer_id = given if valid and "id" in message and good_id else None
    try:
        shape = valid and message.get("jsonrpc") == "2.0" and isinstance(message.get("method"), str) and isinstance(message.get("params", {}), (dict, list))
        if not shape or not good_id or set(message) - {"jsonrpc", "id", "method", "params"}:
            valid = False
            raise Refused(REQUEST, "invalidRequest", "a request of JSON-RPC 2.0", "something else")
        answer = {"jsonrpc": "2.0", "id": answer_id, "result": session.call(message["method"], message.get("params", {}))}
    except Refused as error:
        answer = {"jsonrpc": "2.0", "id": answer_id, "error": {"code": error.rpc, "message": str(error), "data": error.data}}
    return None if valid and "id" not in message else answer


def answer_line(session, line):
    try:
        message = parse(line.decode("utf-8"))
    except UnicodeDecodeError:
        message = Refused(PARSE, "notUtf8", "UTF-8", "other bytes")
    except Refused as error:
        message = error
    if isinstance(message, Refused):
        return {"jsonrpc": "2.0", "id": None, "error": {"code": message.rpc, "message": str(message), "data": message.data}}
    if not isinstance(message, list):
        return answer_one(session, message)
    if not 0 < len(message) <= 16_384:
        return answer_one(session, None)
    return [answer for answer in (answer_one(session, one) for one in message) if answer is not None] or None


def main(arguments):
    session = Session(arguments[1] if arguments[:1] == ["--root"] else None)
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        answer = answer_line(session, line.rstrip(b"\r\n"))
        if answer is not None:
            sys.stdout.write(write(answer) + "\n")
            sys.stdout.flush()
        if session.closed:
            return


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main(sys.argv[1:])
