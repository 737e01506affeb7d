"""What SciPy and mpmath say to the questions of the *.peers.test.ts files of this package.

    pip install scipy mpmath
    npm run test:peers

Reads {"ask": name, ...} on standard input and writes one JSON value. Points are lists of rows.
"""

import json
import sys
import warnings
from fractions import Fraction

import mpmath
import numpy as np
from scipy.stats import qmc

warnings.simplefilter("ignore")


def sobol(dimensions, start, count):
    """SciPy's unscrambled points; its default of 30 digits suffices below 2^30."""
    engine = qmc.Sobol(dimensions, scramble=False, bits=30 if start + count <= 2**30 else 32)
    if start:
        engine.fast_forward(start)
    return engine.random(count).tolist()


def scrambled(dimensions, points, seeds):
    """Sets of scrambled Sobol points, one per seed."""
    return [qmc.Sobol(dimensions, scramble=True, rng=seed).random(points).tolist() for seed in seeds]


def discrepancies(points):
    return [qmc.discrepancy(np.array(points), method=method) for method in ("CD", "WD", "MD", "L2-star")]


def primes(count):
    found = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found


def radical_inverse(index, base):
    """The double nearest to the exact fraction."""
    numerator, denominator = 0, 1
    while index:
        index, digit = divmod(index, base)
        numerator, denominator = numerator * base + digit, denominator * base
    return float(Fraction(numerator, denominator))


def halton(dimensions, start, count):
    engine = qmc.Halton(dimensions, scramble=False)
    if start:
        engine.fast_forward(start)
    exact = [[radical_inverse(index, base) for base in primes(dimensions)] for index in range(start, start + count)]
    return {"scipy": engine.random(count).tolist(), "exact": exact}


def r_point(dimensions, n):
    """The fractional parts of 1/2 + n phi^-j to 60 digits; phi > 1 solves x^(d + 1) = x + 1."""
    with mpmath.workdps(60):
        phi = mpmath.findroot(lambda x: x ** (dimensions + 1) - x - 1, 1 + mpmath.log(2) / dimensions)
        return [float(mpmath.frac(mpmath.mpf(1) / 2 + n * phi ** -(j + 1))) for j in range(dimensions)]


questions = {"sobol": sobol, "scrambled": scrambled, "discrepancies": discrepancies, "halton": halton, "rPoint": r_point}
request = json.load(sys.stdin)
answers = [questions[request["ask"]](*arguments) for arguments in request["of"]]
json.dump(answers, sys.stdout)
