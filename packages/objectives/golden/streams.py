"""Keys and streams as in @caviar-hpo/core, written from their description: MurmurHash3 x86 128 over tagged elements, sfc32, inverse CDF."""

import struct

from scipy.special import ndtri

M = 0xFFFFFFFF
C = (0x239B961B, 0xAB0E9789, 0x38B34AE5, 0xA1E38B93)


def rotate(v, n):
    return ((v << n) | (v >> (32 - n))) & M


def absorb(h, words):
    shifts, after, adds = (15, 16, 17, 18), (19, 17, 15, 13), (0x561CCD1B, 0x0BCAA747, 0x96CD1C35, 0x32AC3B17)
    for i in range(4):
        k = rotate(words[i] * C[i] & M, shifts[i]) * C[(i + 1) % 4] & M
        h[i] = rotate(h[i] ^ k, after[i])
        h[i] = ((h[i] + h[(i + 1) % 4]) * 5 + adds[i]) & M


def derive(key, *path):
    h, count = list(key), 0
    for element in path:
        if isinstance(element, str):
            data = element.encode()
            blocks = [struct.pack("<II", 0x73747269, len(data)) + data[:8].ljust(8, b"\0")]
            blocks += [data[at : at + 16].ljust(16, b"\0") for at in range(8, len(data), 16)]
        else:
            blocks = [struct.pack("<IId", 0x6E756D62, 8, float(element) + 0.0)]
        for block in blocks:
            absorb(h, struct.unpack("<IIII", block))
            count += 16

    def blend():
        h[0] = sum(h) & M
        for i in (1, 2, 3):
            h[i] = (h[i] + h[0]) & M

    def avalanche(v):
        v = (v ^ (v >> 16)) * 0x85EBCA6B & M
        v = (v ^ (v >> 13)) * 0xC2B2AE35 & M
        return v ^ (v >> 16)

    h[:] = [v ^ count for v in h]
    blend()
    h[:] = [avalanche(v) for v in h]
    blend()
    return tuple(h)


class Stream:
    def __init__(self, key):
        self.a, self.b, self.c, self.counter = key
        for _ in range(12):
            self.word()

    def word(self):
        t = (self.a + self.b + self.counter) & M
        self.counter = (self.counter + 1) & M
        self.a = self.b ^ (self.b >> 9)
        self.b = (self.c + (self.c << 3)) & M
        self.c = (rotate(self.c, 21) + t) & M
        return t

    def uniform(self):
        return ((self.word() >> 5) * 2**26 + (self.word() >> 6)) / 2**53

    def normal(self):
        return float(ndtri(((self.word() >> 6) * 2**26 + (self.word() >> 6) + 0.5) / 2**52))
