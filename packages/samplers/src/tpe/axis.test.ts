import { type Config, choice, createSpace, decode, encode, int, type Param, plainOf, real } from "@caviar-hpo/core";
import { params } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { axisOf, cellAround, place, snap, unitAt } from "./axis.ts";

/** The place of the value at a unit coordinate, and the value that comes back from that place. */
function throughAxis(param: Param, unit: number): readonly [value: unknown, back: unknown, placed: number] | null {
  const axis = axisOf(plainOf(param));
  if (axis === null) return null;
  const space = createSpace([["x", param]]);
  const config: Config = decode(space, Float64Array.of(unit));
  const placed = place(axis, encode(space, config)[0]!, config.x!);
  return [config.x, decode(space, Float64Array.of(unitAt(axis, placed))).x, placed];
}

test("a value comes back from its place: exactly where values are discrete (a log integer to 2^44), within a few ulp where not", () => {
  const wrong: string[] = [];
  fc.assert(
    fc.property(params(), fc.double({ min: 0, max: 1, noNaN: true }), (param, unit) => {
      const found = throughAxis(param, unit);
      if (found === null) return;
      const [value, back, placed] = found;
      const axis = axisOf(plainOf(param))!;
      if (axis.kind !== "options" && !(placed >= 0 && placed <= 1)) wrong.push(`outside: ${JSON.stringify(param)} at ${unit}`);
      const tolerated = axis.kind === "interval" || (axis.kind === "logCells" && (value as number) > 2 ** 40);
      if (tolerated || Object.is(value, back) || (axis.kind === "cells" && axis.cells > 2 ** 50)) return;
      wrong.push(`${String(back)} for ${String(value)} of ${JSON.stringify(param)}`);
    }),
    { seed: 3, numRuns: 2000 },
  );
  expect(wrong).toEqual([]);
});

describe("an integer on a log scale", () => {
  const axis = axisOf(int(1, 8, { scale: "log" }))! as Extract<ReturnType<typeof axisOf>, { kind: "logCells" }>;
  const at = (value: number): number => place(axis, NaN, value);

  it("lies at its logarithm, between ln(1/2) and ln(8 1/2)", () => {
    expect(at(3)).toBeCloseTo(Math.log(3 / 0.5) / Math.log(8.5 / 0.5), 14);
  });

  it("has a cell from ln(k - 1/2) to ln(k + 1/2): the cells tile [0, 1]", () => {
    let edge = 0;
    for (let value = 1; value <= 8; value++) {
      const { middle, width } = cellAround(axis, at(value));
      expect(middle - width / 2).toBeCloseTo(edge, 14);
      edge = middle + width / 2;
    }
    expect(edge).toBeCloseTo(1, 14);
  });

  it("gives 1 of [1, 8] a share of 0.3878 of a uniform point, as in Optuna", () => {
    const n = 100_000;
    const ones = Array.from({ length: n }, (_, index) => snap(axis, (index + 0.5) / n)).filter((placed) => placed === at(1)).length;
    expect(ones / n).toBeCloseTo(0.3878, 4);
  });
});

it("ordered options lie in cells, others by number", () => {
  expect(axisOf(choice([1, 2, 3], { ordered: true }))).toEqual({ kind: "cells", cells: 3 });
  expect(axisOf(choice([1, 2, 3]))).toEqual({ kind: "options", options: 3 });
});

it("a step that does not divide its range ends at the last multiple, one that nearly does at the end", () => {
  expect(axisOf(real(0, 1, { step: 0.3 }))).toEqual({ kind: "cells", cells: 4 });
  expect(axisOf(real(0, 0.3, { step: 0.1 }))).toEqual({ kind: "cells", cells: 4 });
});
