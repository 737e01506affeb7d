/**
 * Stratification: of n points, one is in each of n equal intervals of every axis, as in a Latin hypercube (McKay, Beckman and Conover
 * 1979).
 */
import { anything, array, number } from "../../read/decode.ts";
import { optionReader } from "../../read/record.ts";
import { encode } from "../../space/codec.ts";
import { real } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import type { Draw } from "./draw.ts";
import { drawn, refuse } from "./sample.ts";
import { type TestResult, type Verdict, verdictOf } from "./verdict.ts";

/** The strata that are claimed. */
export type StratificationOptions = {
  /**
   * One number n per axis: of the first n points, one is in each of n strata of that axis. [64, 64, 64] is right for 64 points of a
   * three-dimensional Latin hypercube, and [64, 81, 125] for Halton points, whose axes have the bases 2, 3 and 5.
   */
  readonly strata: readonly number[];
  /** The first of eight seeds. 1 by default. */
  readonly seed?: number;
};

const readStratificationOptions = optionReader<StratificationOptions>("stratification", { strata: array(number, 1000, 1), seed: anything });

/**
 * Tests the strata of a unit cube with as many dimensions as `strata` has numbers. There are no false alarms.
 *
 * @throws ConfigError for strata that are not whole numbers of at least 1.
 */
export function stratification(draw: Draw, options: StratificationOptions): Verdict {
  const { strata, seed = 1 } = readStratificationOptions(options);
  if (strata.length === 0 || !strata.every((count) => Number.isInteger(count) && count >= 1))
    refuse("strata", "a whole number of at least 1 for each axis", `[${strata.join(", ")}]`);
  const space = createSpace(strata.map((_, axis) => [`x${axis}`, real(0, 1)] as const));
  const tests = Array.from({ length: seeds }, (_, index) => {
    const points = drawn(draw, space, seed + index, Math.max(...strata)).map((config) => encode(space, config));
    return strata.map((count, axis) => testAxis(`axis ${axis}, seed ${seed + index}`, points, axis, count));
  });
  return verdictOf("hits each stratum once", tests.flat(), 0);
}

const seeds = 8;

function testAxis(of: string, points: readonly Float64Array[], axis: number, count: number): TestResult {
  const hits = new Uint32Array(count);
  for (const point of points.slice(0, count)) hits[Math.min(count - 1, Math.floor(point[axis]! * count))]!++;
  const missed = hits.reduce((sum, hit) => sum + (hit === 0 ? 1 : 0), 0);
  const finding = `${missed} of ${count} strata have no point, the first of them [${hits.indexOf(0)}/${count}, ${hits.indexOf(0) + 1}/${count})`;
  return { of, name: "count", statistic: missed, p: missed === 0 ? 1 : 0, finding };
}
