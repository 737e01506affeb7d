/**
 * Inverted dropout (N. Srivastava et al., Dropout, JMLR 15, 2014, section 10) with a mask that is not kept but computed, from a key and the
 * index, whenever it is wanted. The hash is two rounds of lowbias32 (C. Wellons, Hash function prospector, 2018, public domain), a
 * permutation of 32-bit words in which each bit of the argument flips each bit of the result with probability 1/2 within 0.2 %.
 */

import type { Operations } from "./operations.ts";
import type { Rounding } from "./rounding.ts";

export type Dropout = Pick<Operations, "dropout">;

export function dropouts({ round }: Rounding): Dropout {
  return {
    dropout(x, rate, key, length) {
      const kept = round(1 - rate);
      const least = leastKept(rate);
      const first = firstWord(key);
      const second = secondWord(key);
      for (let i = 0; i < length; i++) x[i] = lowbias32(lowbias32(i ^ first) ^ second) >>> 0 < least ? 0 : round(x[i]! / kept);
    },
  };
}

/** The least hash with which an element stays. */
export function leastKept(rate: number): number {
  return Math.floor(rate * 4294967296);
}

/** What the index is combined with before each round depends on both words of the key, so that near keys give masks that share nothing. */
export function firstWord(key: readonly [number, number]): number {
  return lowbias32(lowbias32(key[0]) + key[1]);
}

export function secondWord(key: readonly [number, number]): number {
  return lowbias32(lowbias32(key[1]) ^ firstWord(key));
}

function lowbias32(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
