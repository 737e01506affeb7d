/**
 * The numbers under a stream: sfc32 (C. Doty-Humphrey, PractRand; public domain), which has 128 bits of state with a counter, so no key has
 * a short cycle. Twelve rounds before the first number separate neighbouring keys.
 */
import type { Key } from "./key.ts";

/** A generator of words of 32 bits, as signed numbers. The same key always gives the same words. */
export type Words = () => number;

export function words(key: Key): Words {
  let a = key[0] | 0;
  let b = key[1] | 0;
  let c = key[2] | 0;
  let counter = key[3] | 0;
  const word = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t;
  };
  for (let round = 0; round < 12; round++) word();
  return word;
}

/** The next two words as a whole number in [0, 2^53). */
export function bits53(word: Words): number {
  return (word() >>> 5) * 0x4000000 + (word() >>> 6);
}

/**
 * `uniform` of the stream of a key, without the rest of a stream: a program that only needs this does not include the normal distribution.
 */
export function uniforms(key: Key): () => number {
  const word = words(key);
  return () => bits53(word) * twoToMinus53;
}

/** 2^-53. */
export const twoToMinus53: number = 1 / 0x20_0000_0000_0000;
