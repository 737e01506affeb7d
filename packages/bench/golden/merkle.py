"""Roots of Merkle trees by the recursive definition of RFC 6962, section 2.1. The standard library is enough.

    python3 merkle.py > ../src/verify/merkle.golden.json

Leaf i is the SHA-256 of the decimal digits of i.
"""

import json
import sys
from hashlib import sha256


def root(leaves):
    if len(leaves) == 0:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


leaves = [sha256(str(i).encode()).digest() for i in range(100)]
json.dump({n: root(leaves[:n]).hex() for n in [*range(18), 63, 64, 65, 100]}, sys.stdout, indent=1)
print()
