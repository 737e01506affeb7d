"""Least energies of binary sequences with low autocorrelation, by trying all sequences of 3 to 24 signs.

    pip install numpy
    python3 golden/labs.py    prints [n, energy, the first minimiser in the order of the sequences] for each n
"""

import json

import numpy

for n in range(3, 25):
    # The first sign is free: the opposite sequence has the same energy.
    numbers = numpy.arange(2 ** (n - 1), dtype=numpy.int64)
    signs = [numpy.ones_like(numbers, dtype=numpy.int8)] + [(1 - 2 * ((numbers >> (n - 2 - k)) & 1)).astype(numpy.int8) for k in range(n - 1)]
    energy = numpy.zeros(len(numbers), dtype=numpy.int32)
    for k in range(1, n):
        correlation = numpy.zeros(len(numbers), dtype=numpy.int16)
        for i in range(n - k):
            correlation += signs[i] * signs[i + k]
        energy += correlation.astype(numpy.int32) ** 2
    best = int(energy.argmin())
    print(json.dumps([n, int(energy[best]), "".join("+" if s[best] == 1 else "-" for s in signs)]))
