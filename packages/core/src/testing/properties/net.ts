/**
 * (t, m, s)-nets in base 2: 2^m points of the s-dimensional unit cube. Every elementary interval of volume 2^(t - m) holds exactly 2^t of
 * them (H. Niederreiter, *Random number generation and quasi-Monte Carlo methods*, 1992, definition 4.1). A small t is good.
 */

import { NumericalError } from "../../contract/errors.ts";
import { anything } from "../../read/decode.ts";
import { optionReader } from "../../read/record.ts";
import { encode } from "../../space/codec.ts";
import { real } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import type { Draw } from "./draw.ts";
import { drawn, refuse } from "./sample.ts";
import { type TestResult, type Verdict, verdictOf } from "./verdict.ts";

/** The net that is claimed. */
export type NetOptions = {
  /** The quality parameter: a whole number from 0, the best, to m - 1. */
  readonly t: number;
  /** There are 2^m points: a whole number from 1 to 16. */
  readonly m: number;
  /** The number of dimensions: a whole number, at least 1. */
  readonly s: number;
  /** The first of eight seeds. 1 by default. */
  readonly seed?: number;
};

const readNetOptions = optionReader<NetOptions>("net", { t: anything, m: anything, s: anything, seed: anything });

/**
 * Tests whether the first 2^m points of the unit cube are a (t, m, s)-net, for each of eight seeds. There are no false alarms.
 *
 * @throws ConfigError for t, m or s out of range.
 */
export function net(draw: Draw, options: NetOptions): Verdict {
  const { t, m, s, seed = 1 } = readNetOptions(options);
  if (!(Number.isInteger(m) && m >= 1 && m <= 16)) refuse("m", "a whole number from 1 to 16", m);
  if (!(Number.isInteger(t) && t >= 0 && t < m)) refuse("t", "a whole number from 0 to m - 1: any points are an (m, m, s)-net", t);
  if (!(Number.isInteger(s) && s >= 1)) refuse("s", "a whole number of at least 1", s);
  const space = createSpace(Array.from({ length: s }, (_, axis) => [`x${axis}`, real(0, 1)] as const));
  const tests = Array.from({ length: seeds }, (_, index): TestResult => {
    const points = drawn(draw, space, seed + index, twoTo(m)).map((config) => encode(space, config));
    const found = netQuality(points);
    const finding = `the first ${twoTo(m)} points are a (${found}, ${m}, ${s})-net, not a (${t}, ${m}, ${s})-net`;
    return { of: `seed ${seed + index}`, name: "count", statistic: found, p: found <= t ? 1 : 0, finding };
  });
  return verdictOf("is a (t, m, s)-net in base 2", tests, 0);
}

const seeds = 8;

/**
 * The smallest t for which the points are a (t, m, s)-net. Any 2^m points of the cube are one with t = m.
 *
 * @param points 2^m points with s coordinates in [0, 1). A coordinate of 1 counts as one in the last interval.
 * @throws NumericalError if the number of points is not a power of two.
 */
export function netQuality(points: readonly Float64Array[]): number {
  const s = points[0]?.length ?? 0;
  let m = 0;
  while (twoTo(m) < points.length) m++;
  if (points.length !== twoTo(m) || s === 0) {
    throw new NumericalError({
      code: "badNet",
      what: "netQuality",
      expected: "2^m points of one dimension or more",
      got: `${points.length} points`,
      remedy: "Pass the first 2^m points.",
    });
  }
  let t = 0;
  while (!isNet(points, m, t)) t++;
  return t;
}

/** A net of quality t is one of quality t + 1 too, so the first t that fits is the least. */
function isNet(points: readonly Float64Array[], m: number, t: number): boolean {
  return compositions(m - t, points[0]!.length).every((digits) => {
    const counts = new Uint32Array(twoTo(m - t));
    for (const point of points) {
      const cell = digits.reduce((cell, digit, axis) => cell * twoTo(digit) + cellOf(point[axis]!, twoTo(digit)), 0);
      counts[cell]!++;
    }
    return counts.every((count) => count === twoTo(t));
  });
}

function cellOf(coordinate: number, cells: number): number {
  return Math.min(cells - 1, Math.floor(coordinate * cells));
}

/** Every way to write `total` as an ordered sum of `parts` whole numbers. */
function compositions(total: number, parts: number): readonly (readonly number[])[] {
  if (parts === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) => compositions(total - first, parts - 1).map((rest) => [first, ...rest])).flat();
}

/** For whole exponents from 0 to 30. */
function twoTo(exponent: number): number {
  return 1 << exponent;
}
