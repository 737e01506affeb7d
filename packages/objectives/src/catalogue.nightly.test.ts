/** No optimum of the catalogue is beaten by 200 searches of another kind than the commit's: an evolution strategy with one parent. */
import { derive, root, stream } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { testFunction } from "./catalogue.ts";
import golden from "./classical/classical.golden.json" with { type: "json" };
import type { TestFunction } from "./testFunction.ts";

const classical = Object.keys(golden.functions);
const bbob = [2, 5, 20].flatMap((dimension) =>
  Array.from({ length: 24 }, (_, f) => Array.from({ length: 15 }, (__, i) => `bbob-f${f + 1}-d${dimension}-i${i + 1}`)).flat(),
);

describe.each([
  ["classical function", classical, 200],
  ["BBOB function, instances 1 to 15 in 2, 5 and 20 dimensions,", bbob, 4],
] as const)("no %s", (_kind, ids, searches) => {
  test(`falls below its certified optimum in ${searches} searches each`, () => {
    expect(ids.length).toBeGreaterThan(100);
    for (const id of ids) {
      const fn = testFunction(id);
      const { value, tolerance } = fn.optimum;
      for (let index = 0; index < searches; index++) {
        const found = evolve(fn, index);
        if (!(found >= value - tolerance)) expect.fail(`${id}: ${found} lies below ${value} by more than ${tolerance}`);
      }
    }
  });

  test("misses its optimum at a minimiser by more than the tolerance", () => {
    for (const id of ids) {
      const { evaluate, minimisers, optimum } = testFunction(id);
      for (const minimiser of minimisers) {
        expect(Math.abs(evaluate(Float64Array.from(minimiser)) - optimum.value), id).toBeLessThanOrEqual(optimum.tolerance);
      }
    }
  });
});

/**
 * The best value of a (1+1) evolution strategy whose step grows after a success and shrinks after a failure, balanced at one success in
 * five (I. Rechenberg 1973). Every other search starts close to a minimiser.
 */
function evolve(fn: TestFunction, index: number): number {
  const draws = stream(derive(root("catalogue, nightly"), fn.id, index));
  const close = index % 2 === 1;
  const minimiser = fn.minimisers[(index >> 1) % fn.minimisers.length]!;
  let step = close ? 1e-4 : 0.3;
  const clamped = (x: number, k: number): number => Math.min(fn.bounds[k]![1], Math.max(fn.bounds[k]![0], x));
  const width = (k: number): number => fn.bounds[k]![1] - fn.bounds[k]![0];
  let parent = Float64Array.from(minimiser, (x, k) =>
    clamped(close ? x + step * width(k) * draws.normal() : fn.bounds[k]![0] + width(k) * draws.uniform(), k),
  );
  let best = fn.evaluate(parent);
  const evaluations = parent.length > 20 ? 500 : 2000;
  for (let spent = 1; spent < evaluations; spent++) {
    const child = parent.map((x, k) => clamped(x + step * width(k) * draws.normal(), k));
    const value = fn.evaluate(child);
    if (value <= best) {
      best = value;
      parent = child;
      step *= 1.5;
    } else step /= 1.5 ** 0.25;
  }
  return best;
}
