/** Streams: a small generator for one key. `words.ts` has the generator under it. */
import { normalQuantile } from "@caviar-hpo/numerics";
import { NumericalError } from "../contract/errors.ts";
import type { Key } from "./key.ts";
import { bits53, nextWord, twoToMinus53, type Words, words } from "./words.ts";

/** A generator of random numbers. */
export type Stream = {
  /** A multiple of 2^-53 in [0, 1). */
  uniform(): number;
  /** Standard normal, by the inverse distribution function of an odd multiple of 2^-53. */
  normal(): number;
  /** Uniform on 0 … count - 1, unbiased by rejection; 1 <= count <= 2^53. */
  integer(count: number): number;
};

/** Makes the stream of a key. The same key always gives the same numbers. */
export function stream(key: Key): Stream {
  const state = words(key);
  return {
    uniform: () => bits53(state) * twoToMinus53,
    normal: () => normal(state),
    integer: (count) => {
      if (!(Number.isInteger(count) && count >= 1 && count <= twoTo53)) {
        throw new NumericalError({
          code: "badCount",
          what: "stream.integer",
          expected: "a whole number from 1 to 2^53",
          got: String(count),
          remedy: "Draw from a range that is not empty.",
        });
      }
      const narrow = count <= twoTo32;
      const range = narrow ? twoTo32 : twoTo53;
      const limit = range - (range % count);
      let value = narrow ? nextWord(state) >>> 0 : bits53(state);
      while (value >= limit) value = narrow ? nextWord(state) >>> 0 : bits53(state);
      return value % count;
    },
  };
}

/** `uniform` of a new stream. It makes no stream, because a simulation needs a single number for each of a million jobs. */
export function firstUniform(key: Key): number {
  return bits53(words(key)) * twoToMinus53;
}

/** `normal` of a new stream, as `firstUniform`. */
export function firstNormal(key: Key): number {
  return normal(words(key));
}

function normal(state: Words): number {
  return normalQuantile(((nextWord(state) >>> 6) * 0x4000000 + (nextWord(state) >>> 6) + 0.5) * twoToMinus52);
}

const twoTo32 = 0x1_0000_0000;
const twoTo53 = 0x20_0000_0000_0000;
const twoToMinus52 = 2 / twoTo53;

/** A uniformly random permutation of 0 … count - 1 (Fisher and Yates, from the end). */
export function permutation(source: Stream, count: number): Int32Array {
  const order = new Int32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  for (let last = count - 1; last > 0; last--) {
    const other = source.integer(last + 1);
    const value = order[last]!;
    order[last] = order[other]!;
    order[other] = value;
  }
  return order;
}
