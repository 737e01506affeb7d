/** Distinct points: one ask for many points does not give the same point twice. */
import { encode } from "../../space/codec.ts";
import { real, type Space } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import type { Draw } from "./draw.ts";
import { drawn, readSampleOptions, type SampleOptions } from "./sample.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/**
 * Tests that one ask gives different points, in a space with a real parameter, where independent points are never equal. The default space
 * is the unit square. There are no false alarms.
 *
 * @param options `points` is 64 by default.
 */
export function distinctPoints(draw: Draw, options: Omit<SampleOptions, "falseAlarmRate"> = {}): Verdict {
  const { space = square, points = 64, seed = 1 } = readSampleOptions(options);
  const seen = new Map<string, number>();
  const repeats = drawn(draw, space, seed, points).flatMap((config, index) => {
    const text = encode(space, config).join();
    const first = seen.get(text);
    if (first === undefined) seen.set(text, index);
    return first === undefined ? [] : [[first, index] as const];
  });
  const finding =
    repeats.length === 0
      ? "all differ"
      : `${repeats.length} of ${points} repeat an earlier one; point ${repeats[0]![1]} is point ${repeats[0]![0]}`;
  const test = { of: "points", name: "count" as const, statistic: repeats.length, p: repeats.length === 0 ? 1 : 0, finding };
  return verdictOf("repeats no point", [test], 0);
}

const square: Space = createSpace({ x: real(0, 1), y: real(0, 1) });
