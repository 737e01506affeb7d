"""Derives the golden values of the mixed functions, independently of the TypeScript.

    pip install mpmath coco-experiment numpy
    python3 golden/mixed.py > src/mixed/mixed.golden.json

Func2C, Func3C and Jenatton's tree at 50 digits from formulas written here; the minimum of the sums is the camel's, found by Newton's
method, times the camel's weight, and a grid over every combination of categories must not find anything lower. bbob-mixint from
COCO's C core (https://github.com/numbbo/coco-experiment, BSD-3). Every check is an assertion.
"""

import itertools
import json
import os
import pathlib
import sys
import tempfile

import cocoex
import numpy
from mpmath import findroot, fp, mp, mpf

mp.dps = 50


def rosenbrock(a, b):
    return (100 * (b - a**2) ** 2 + (1 - a) ** 2) / 300


def camel(a, b):
    return (4 * a**2 - 21 * a**4 / 10 + a**6 / 3 + a * b - 4 * b**2 + 4 * b**4) / 10


def beale(a, b):
    return ((3 / mpf(2) - a + a * b) ** 2 + (9 / mpf(4) - a + a * b**2) ** 2 + (21 / mpf(8) - a + a * b**3) ** 2) / 50


FIRST = {"rosenbrock": (1, rosenbrock), "camel": (1, camel), "beale": (1, beale)}
SECOND = {**FIRST, "beale again": (1, beale), "beale once more": (1, beale)}
THIRD = {"5 camel": (5, camel), "2 rosenbrock": (2, rosenbrock), "2 beale": (2, beale), "3 beale": (3, beale)}


def total(categories, names, x1, x2):
    return sum(terms[name][0] * terms[name][1](2 * x1, 2 * x2) for terms, name in zip(categories, names))


def sums(categories):
    # The gradient of the camel in the doubled coordinates, from near the published minimiser.
    gradient = lambda a, b: (8 * a - 84 * a**3 / 10 + 2 * a**5 + b, a - 8 * b + 16 * b**3)
    a, b = findroot(gradient, (mpf("0.0898"), mpf("-0.7127")))
    weight = sum(max(w for w, f in terms.values() if f is camel) for terms in categories)
    deepest = [next(name for name, (w, f) in terms.items() if f is camel) for terms in categories]
    optimum = weight * camel(a, b)
    assert abs(total(categories, deepest, a / 2, b / 2) - optimum) < mpf(10) ** -45
    combinations = list(itertools.product(*categories))
    for names in combinations:
        steps = [fp.mpf(k) / 40 for k in range(-40, 41)]
        assert min(total(categories, names, u, v) for u in steps for v in steps) >= optimum
    probes = []
    for index, names in enumerate(combinations):
        x1, x2 = ((index * 37 + 11) % 64) / 32 - 1, ((index * 23 + 50) % 64) / 32 - 1
        config = {**{f"h{k + 1}": name for k, name in enumerate(names)}, "x1": x1, "x2": x2}
        probes.append({"config": config, "value": mp.nstr(total(categories, names, mpf(x1), mpf(x2)), 20)})
    minimisers = [
        {**{f"h{k + 1}": name for k, name in enumerate(deepest)}, "x1": float(sign * a / 2), "x2": float(sign * b / 2)} for sign in (-1, 1)
    ]
    return {"optimum": mp.nstr(optimum, 25), "minimisers": minimisers, "probes": probes}


def jenatton():
    probes, minimisers = [], []
    for first, second in itertools.product((0, 1), (0, 1)):
        branch, leaf, shared = ("x3" if first else "x2"), f"x{4 + 2 * first + second}", ("r9" if first else "r8")
        for x, r in ((-0.75, 0.625), (0.375, 0.125)):
            value = mpf(x) ** 2 + mpf(1) / 10 + mpf(r)
            probes.append({"config": {"x1": first, branch: second, leaf: x, shared: r}, "value": mp.nstr(value, 20)})
        minimisers.append({"x1": first, branch: second, leaf: 0, shared: 0})
    return {"optimum": "0.1", "minimisers": minimisers, "probes": probes}


def mixint():
    os.chdir(tempfile.mkdtemp())
    suite = cocoex.Suite("bbob-mixint", "", "dimensions:5,10,20 instance_indices:1-15")
    rows = []
    for function, dimension, instance in itertools.product(range(1, 25), (5, 10, 20), (1, 2, 7)):
        problem = suite.get_problem_by_function_dimension_instance(function, dimension, instance)
        problem._best_parameter("print")
        best = [float(word) for word in pathlib.Path("._bbob_problem_best_parameter.txt").read_text().split()]
        points = []
        for index in range(3):
            x = [
                (k * k * 31 + k * index * 57 + index * 271 + 17) % 1009 % int(high + 1)
                if k < problem.number_of_integer_variables
                else 5 * (2 * ((k * k * 31 + k * index * 57 + index * 271 + 17) % 1009) - 1008) / 1008
                for k, high in enumerate(problem.upper_bounds)
            ]
            points.append({"x": x, "value": float(problem(numpy.array(x, dtype=float)))})
        rows.append(
            {"id": f"bbob-mixint-f{function}-d{dimension}-i{instance}", "optimum": float(problem(numpy.array(best))), "minimiser": best, "points": points}
        )
    return rows


golden = {
    "functions": {"func2c": sums([FIRST, SECOND]), "func3c": sums([FIRST, SECOND, THIRD]), "jenatton-tree": jenatton()},
    "mixint": mixint(),
}
rows = golden.pop("mixint")
text = json.dumps(golden["functions"], indent=1)
lines = ",\n".join(json.dumps(row) for row in rows)
sys.stdout.write(f'{{\n"functions": {text},\n"mixint": [\n{lines}\n]\n}}\n')
