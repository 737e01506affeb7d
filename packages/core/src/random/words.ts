/**
 * The numbers under a stream: sfc32 (C. Doty-Humphrey, PractRand; public domain), which has 128 bits of state with a counter, so no key has
 * a short cycle. Twelve rounds before the first number separate neighbouring keys.
 */
import type { Key } from "./key.ts";

/** The state of a generator of words of 32 bits. It is no closure, so that a compiler can drop it after a single draw. */
export type Words = { a: number; b: number; c: number; counter: number };

/** The same key always gives the same words. */
export function words(key: Key): Words {
  const state = { a: key[0] | 0, b: key[1] | 0, c: key[2] | 0, counter: key[3] | 0 };
  for (let round = 0; round < 12; round++) nextWord(state);
  return state;
}

/** The next word, as a signed number. */
export function nextWord(state: Words): number {
  const { b, c, counter } = state;
  const t = (((state.a + b) | 0) + counter) | 0;
  state.counter = (counter + 1) | 0;
  state.a = b ^ (b >>> 9);
  state.b = (c + (c << 3)) | 0;
  state.c = (((c << 21) | (c >>> 11)) + t) | 0;
  return t;
}

/** The next two words as a whole number in [0, 2^53). */
export function bits53(state: Words): number {
  return (nextWord(state) >>> 5) * 0x4000000 + (nextWord(state) >>> 6);
}

/**
 * `uniform` of the stream of a key, without the rest of a stream: a program that only needs this does not include the normal distribution.
 */
export function uniforms(key: Key): () => number {
  const state = words(key);
  return () => bits53(state) * twoToMinus53;
}

/** 2^-53. */
export const twoToMinus53: number = 1 / 0x20_0000_0000_0000;
