"""Packs the direction numbers of Joe and Kuo for src/sobol/directions.ts.

    pip install scipy==1.17.1
    python3 golden/directions.py > src/sobol/directions.ts

SciPy ships the authors' file new-joe-kuo-6.21201 as an array archive. Its first 1111 dimensions are all the primitive polynomials
over GF(2) of degree 13 and below, in ascending order, so the polynomials need not be stored: the package finds them again. The
initial m_k are odd and below 2^k, so k - 1 bits each hold them.
"""

import os

import numpy as np
import scipy.stats

DEGREE = 13
ALPHABET = "|tnrioascld.,(){}=>?:;[]fephmgby"

HEADER = '''/**
 * The direction numbers of S. Joe and F. Y. Kuo, *Constructing Sobol' sequences with better two-dimensional projections*, SIAM J. Sci.
 * Comput. 30 (2008) 2635-2654, search criterion D(6), file new-joe-kuo-6.21201: the first DIMENSIONS dimensions, which are all primitive
 * polynomials of degree DEGREE and below. Written by golden/directions.py; `directionNumbers.ts` reads it.
 *
 * Licence pertaining to the direction numbers:
 *
 * Copyright (c) 2008, Frances Y. Kuo and Stephen Joe
 * All rights reserved.
 *
 * Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions
 * are met:
 *
 * - Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
 * - Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the
 *   documentation and/or other materials provided with the distribution.
 * - Neither the names of the copyright holders nor the names of the University of New South Wales and the University of Waikato and its
 *   contributors may be used to endorse or promote products derived from this software without specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT
 * OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF
 * LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
 * SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */

/** How many dimensions the table covers. It does not store the first, the van der Corput sequence. */
export const tableDimensions: number = DIMENSIONS;

/** The digits 0 to 31: characters that are frequent in programs, because gzip then packs the table better next to a program. */
export const directionAlphabet = "ALPHABET";

/**
 * Five bits per character of `directionAlphabet`, most significant first. For the primitive polynomial of each dimension, in ascending
 * order of the number whose binary digits are its coefficients: m_1 ... m_s, with (m_k - 1) / 2 in k - 1 bits.
 */
export const packedDirections: string =
  "PACKED";'''

table = np.load(os.path.join(os.path.dirname(scipy.stats.__file__), "_sobol_direction_numbers.npz"))
rows = {int(poly): [int(m) for m in vinit] for poly, vinit in list(zip(table["poly"], table["vinit"]))[1:] if poly < 1 << (DEGREE + 1)}
assert sorted(rows) == [int(poly) for poly in table["poly"][1 : len(rows) + 1]]



def is_primitive(polynomial):
    """Whether x has order 2^degree - 1 modulo the polynomial."""
    degree = polynomial.bit_length() - 1
    power, order = 1, 0
    while order < 1 << degree:
        power <<= 1
        power ^= polynomial if power >> degree else 0
        order += 1
        if power == 1:
            break
    return order == (1 << degree) - 1


assert sorted(rows) == [odd for odd in range(3, 1 << (DEGREE + 1), 2) if is_primitive(odd)]

bits = ""
for polynomial in sorted(rows):
    degree = polynomial.bit_length() - 1
    for k, m in enumerate(rows[polynomial][:degree], start=1):
        assert m % 2 == 1 and m < 1 << k
        bits += format(m // 2, f"0{k - 1}b") if k > 1 else ""
    assert not any(rows[polynomial][degree:])
bits += "0" * (-len(bits) % 5)
packed = "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))
print(HEADER.replace("DIMENSIONS", str(len(rows) + 1)).replace("DEGREE", str(DEGREE)).replace("ALPHABET", ALPHABET).replace("PACKED", packed))
