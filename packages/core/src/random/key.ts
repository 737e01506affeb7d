/**
 * Keys: 128 bits from which every random stream is made. seedrandom turns the user's seed into a root key. `derive` combines a key with the
 * elements of a path to another key. So streams have addresses, and no code draws from a shared position. Workers, retries and
 * interruptions cannot shift them. The function is the 128-bit MurmurHash3 for 32-bit machines (A. Appleby, public domain). It starts from
 * the parent key instead of a seed, and reads one element at a time, with a tag of its type and its length.
 */
/// <reference path="./seedrandom.d.ts" />
import seedrandom from "seedrandom/seedrandom.js";
import { ConfigError } from "../contract/errors.ts";
import { limits } from "../contract/limits.ts";
import { show } from "../text/show.ts";
import { utf8 } from "../text/utf8.ts";

/** Four words of 32 bits, each in [0, 2^32). */
export type Key = readonly [number, number, number, number];

/**
 * The root key of a seed. seedrandom itself repeats a short string key until it fills its state, so "1" and "11" would give one stream.
 * Therefore the type of the seed and its length in bytes come before it. Numbers and strings differ: 1 is not "1". 0 and -0 are the same.
 *
 * @throws ConfigError for a seed that is not finite, or longer than `limits.seedLength`.
 */
export function root(seed: string | number): Key {
  if (typeof seed === "number" ? !Number.isFinite(seed) : typeof seed !== "string" || seed.length > limits.seedLength) {
    throw new ConfigError({
      code: "badSeed",
      what: "seed",
      expected: `a finite number or a string of at most ${limits.seedLength} characters`,
      got: typeof seed === "string" ? `${(seed as string).length} characters` : show(seed),
      remedy: "Pass a number such as 42.",
    });
  }
  const bytes = utf8(String(seed === 0 ? 0 : seed));
  const text = `caviar:${typeof seed}:${bytes.length}:${String.fromCharCode(...bytes)}`;
  const generator = seedrandom(text);
  return [1, 2, 3, 4].map(() => generator.int32() >>> 0) as unknown as Key;
}

/**
 * The key at `path` below `key`. Each element counts with its type and length, so ("ab", "c"), ("a", "bc"), "1" and 1 give different keys.
 */
export function derive(key: Key, ...path: readonly (string | number)[]): Key {
  h1 = key[0];
  h2 = key[1];
  h3 = key[2];
  h4 = key[3];
  let words = 0;
  for (const element of path) words += typeof element === "number" ? absorbNumber(element) : absorbString(element);
  return finish(words);
}

const numberTag = 0x6e756d62;
const stringTag = 0x73747269;
const scratch = new DataView(new ArrayBuffer(8));

let h1 = 0;
let h2 = 0;
let h3 = 0;
let h4 = 0;

function absorbNumber(value: number): number {
  scratch.setFloat64(0, value === 0 ? 0 : value, true);
  absorb(numberTag, 8, scratch.getInt32(0, true), scratch.getInt32(4, true));
  return 4;
}

function absorbString(value: string): number {
  const bytes = utf8(value);
  absorb(stringTag, bytes.length, word(bytes, 0), word(bytes, 4));
  let words = 4;
  for (let at = 8; at < bytes.length; at += 16) {
    absorb(word(bytes, at), word(bytes, at + 4), word(bytes, at + 8), word(bytes, at + 12));
    words += 4;
  }
  return words;
}

function word(bytes: readonly number[], at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function absorb(k1: number, k2: number, k3: number, k4: number): void {
  h1 ^= Math.imul(rotate(Math.imul(k1, 0x239b961b), 15), 0xab0e9789);
  h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
  h2 ^= Math.imul(rotate(Math.imul(k2, 0xab0e9789), 16), 0x38b34ae5);
  h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
  h3 ^= Math.imul(rotate(Math.imul(k3, 0x38b34ae5), 17), 0xa1e38b93);
  h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
  h4 ^= Math.imul(rotate(Math.imul(k4, 0xa1e38b93), 18), 0x239b961b);
  h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
}

function finish(words: number): Key {
  const bytes = words * 4;
  blend(h1 ^ bytes, h2 ^ bytes, h3 ^ bytes, h4 ^ bytes);
  blend(avalanche(h1), avalanche(h2), avalanche(h3), avalanche(h4));
  return [h1 >>> 0, h2 >>> 0, h3 >>> 0, h4 >>> 0];
}

function blend(a: number, b: number, c: number, d: number): void {
  h1 = (a + b + c + d) | 0;
  h2 = (b + h1) | 0;
  h3 = (c + h1) | 0;
  h4 = (d + h1) | 0;
}

function avalanche(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
