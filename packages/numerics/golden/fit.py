"""Rational functions p / q close to a function in relative error, and the tables of src/special made with it.

    pip install mpmath
    python3 packages/numerics/golden/fit.py     # prints each table, with its largest relative error once rounded to doubles

Weighted least squares of p - f q at Chebyshev points, each round weighted by the last round's 1 / |f q| (so that the relative error of p / q is
what is minimised: C. Sanathanan and J. Koerner, Transfer function synthesis as a ratio of two complex polynomials, IEEE Trans. Automatic Control
8, 1963) and by the last round's error (so that the largest error goes down: C. L. Lawson's algorithm, as in T. J. Rivlin and H. S. Shapiro,
SIAM J. Applied Mathematics 9, 1961).
"""

from mpmath import mp, mpf

ROUNDS = 6
DIGITS = 70


def chebyshev_points(low, high, count):
    middle, radius = (mpf(low) + high) / 2, (mpf(high) - low) / 2
    return [middle + radius * mp.cos(mp.pi * (2 * k + 1) / (2 * count)) for k in range(count)]


def fit(f, low, high, above, below):
    """The coefficients of p and q as doubles, by ascending power, q beginning with 1; and the largest relative error of p / q with those doubles."""
    with mp.workdps(DIGITS):
        points = chebyshev_points(low, high, 4 * (above + below + 2))
        values = [f(x) for x in points]
        emphasis = [mpf(1)] * len(points)
        q = [mpf(1)]
        candidates = []
        for _ in range(ROUNDS):
            left, right = mp.matrix(len(points), above + below + 1), mp.matrix(len(points), 1)
            for i, (x, value) in enumerate(zip(points, values)):
                weight = mp.sqrt(emphasis[i]) / abs(value * polynomial(q, x))
                for k in range(above + 1):
                    left[i, k] = weight * x**k
                for k in range(1, below + 1):
                    left[i, above + k] = -weight * value * x**k
                right[i] = weight * value
            solution = mp.qr_solve(left, right)[0]
            p, q = list(solution[: above + 1]), [mpf(1), *solution[above + 1 :]]
            errors = relative_errors(p, q, points, values)
            candidates.append((max(errors), p, q))
            emphasis = [e * (error / max(errors) + mpf("0.02")) for e, error in zip(emphasis, errors)]
        _, p, q = min(candidates, key=lambda candidate: candidate[0])
        p, q = [float(c) for c in p], [float(c) for c in q]
        check = chebyshev_points(low, high, 1000)
        return p, q, float(max(relative_errors(p, q, check, [f(x) for x in check])))


def relative_errors(p, q, points, values):
    return [abs(polynomial(p, x) / polynomial(q, x) / value - 1) for x, value in zip(points, values)]


def polynomial(coefficients, x):
    result = mpf(0)
    for coefficient in reversed(coefficients):
        result = result * x + coefficient
    return result


def show(name, f, low, high, above, below):
    p, q, error = fit(f, low, high, above, below)
    print(f"{name}: relative error {error:.2g}")
    print(f"  above: {', '.join(map(repr, p))}")
    if below:
        print(f"  below: {', '.join(map(repr, q))}", flush=True)


def scaled_complement(x):
    return mp.exp(x * x) * mp.erfc(x)


def normal_tail(z):
    return scaled_complement(z / mp.sqrt(2)) / 2


def log_gamma_quotient(x):
    return mp.loggamma(x) / ((x - 1) * (x - 2))


if __name__ == "__main__":
    mp.dps = DIGITS
    show("erf(x) / x in x^2 on [0, 1/4]", lambda s: mp.erf(mp.sqrt(s)) / mp.sqrt(s), 0, mpf(1) / 4, 9, 0)
    show("erfcx(x) on [1/2, 4]", scaled_complement, mpf(1) / 2, 4, 8, 8)
    show("x erfcx(x) in 1 / x^2, x >= 4", lambda s: scaled_complement(1 / mp.sqrt(s)) / mp.sqrt(s), 0, mpf(1) / 16, 5, 5)
    show("lgamma(x) / ((x - 1)(x - 2)) on [1, 3]", log_gamma_quotient, 1, 3, 7, 7)
    show("exp(z^2 / 2) Phi(-z) on [0, 15]", normal_tail, 0, 15, 6, 7)
