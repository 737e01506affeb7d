/** What holds for every mixed function: no search finds a value below its certified optimum, also on instances. */
import { type Config, checkConfig, decode, derive, encode, type Key, plainOf, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asProblem } from "../problem.ts";
import { mixedFunction } from "./catalogue.ts";
import type { MixedFunction } from "./mixedFunction.ts";
import { mixedInstance } from "./mixedInstance.ts";

const ids = [
  ...["func2c", "func3c", "jenatton-tree", "pipeline", "ackley-mixed-d8", "labs-n9", "plateaus", "rugged-i1", "rugged-i2"],
  ...Array.from({ length: 24 }, (_, k) => `bbob-mixint-f${k + 1}-d${k % 3 === 0 ? 10 : 5}-i${k + 1}`),
];
const word = fc.integer({ min: 0, max: 0xffffffff });
const anyKey: fc.Arbitrary<Key> = fc.tuple(word, word, word, word);

describe.each(ids)("%s", (id) => {
  const fn = mixedFunction(id);
  const least = fn.optimum.value - fn.optimum.tolerance;

  it("attains its optimum at every minimiser", () => {
    expect(fn.minimisers.length).toBeGreaterThan(0);
    for (const minimiser of fn.minimisers) {
      expect(fn.evaluate(checkConfig(fn.space, minimiser))).toBeLessThanOrEqual(fn.optimum.value + fn.optimum.tolerance);
    }
  });

  it("has no value below its optimum, at random and by search, anywhere and close to the minimisers", () => {
    fc.assert(
      fc.property(unitPoint(fn.space.dims), fc.nat(fn.minimisers.length - 1), fc.boolean(), (unit, which, near) => {
        const start = near
          ? encode(fn.space, fn.minimisers[which]!).map((place, k) => place + 1e-3 * (unit[k]! - 0.5))
          : Float64Array.from(unit);
        expect(localSearch(fn, clamped(start))).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: 20 },
    );
  });

  it("gives instances with the same optimum and minimisers, whose values are the function's own", () => {
    fc.assert(
      fc.property(anyKey, fc.func(fc.double({ min: 0, max: 1, noNaN: true })), (key, draw) => {
        const varied = mixedInstance(fn, key);
        expect(varied.optimum).toEqual(fn.optimum);
        expect(varied.id).not.toBe(fn.id);
        for (const minimiser of fn.minimisers) expect(varied.evaluate(minimiser)).toBe(fn.evaluate(minimiser));
        const config = decode(
          varied.space,
          Float64Array.from({ length: varied.space.dims }, (_, k) => draw(k)),
        );
        expect(varied.evaluate(config)).toBe(fn.evaluate(config));
        expect(varied.evaluate(config)).toBeGreaterThanOrEqual(least);
      }),
      { numRuns: 20 },
    );
  });
});

describe("an instance of a mixed function", () => {
  it("crops real ranges off their centre, shuffles unordered options and keeps the rest", () => {
    const fn = mixedFunction("func2c");
    const firsts = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      const varied = mixedInstance(fn, root(seed));
      const params = Object.fromEntries(varied.space.params.map(([name, param]) => [name, plainOf(param)]));
      const options = params.h2!.kind === "choice" ? params.h2!.options : [];
      expect([...options].sort()).toEqual(["beale", "beale again", "beale once more", "camel", "rosenbrock"]);
      firsts.add(String(options[0]));
      const x1 = params.x1!;
      expect(x1.kind === "real" && x1.low > -1 && x1.low < -0.5 && x1.high > 0.5 && x1.high < 1).toBe(true);
    }
    expect(firsts.size).toBe(5);
    const mixint = mixedFunction("bbob-mixint-f1-d5-i1");
    expect(mixedInstance(mixint, root(1)).space.params.slice(0, 4)).toEqual(mixint.space.params.slice(0, 4));
  });

  it("has the same bits for the same key, and another space for another", () => {
    const fn = mixedFunction("jenatton-tree");
    expect(mixedInstance(fn, root(3)).space).toEqual(mixedInstance(fn, root(3)).space);
    expect(mixedInstance(fn, root(3)).space).not.toEqual(mixedInstance(fn, derive(root(3), "other")).space);
  });

  it("refuses what lies in the part that was cropped away", () => {
    const varied = mixedInstance(mixedFunction("func2c"), root(5));
    expect(() => varied.evaluate({ h1: "camel", h2: "camel", x1: 1, x2: 0 })).toThrow(/x1/);
  });

  it("cannot be made where no minimiser is listed", () => {
    expect(() => mixedInstance({ ...mixedFunction("func2c"), minimisers: [] }, root(1))).toThrow(/minimiser/);
  });
});

describe("a mixed function as a problem", () => {
  it("is its own space with one objective to minimise", () => {
    const fn = mixedFunction("jenatton-tree");
    expect(asProblem(fn)).toEqual({
      space: fn.space,
      objectives: [{ name: "value", goal: "minimize" }],
      constraints: [],
      fidelity: null,
      resumable: false,
    });
  });

  it("activates exactly one leaf of the tree and the shared parameter of its branch", () => {
    const { space } = mixedFunction("jenatton-tree");
    const draws = stream(root("tree"));
    const seen = new Set<string>();
    for (let n = 0; n < 200; n++) {
      seen.add(
        Object.keys(
          decode(
            space,
            Float64Array.from({ length: space.dims }, () => draws.uniform()),
          ),
        ).join(" "),
      );
    }
    expect([...seen].sort()).toEqual(["x1 x2 x4 r8", "x1 x2 x5 r8", "x1 x3 x6 r9", "x1 x3 x7 r9"]);
  });
});

function unitPoint(dims: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: dims, maxLength: dims, size: "max" });
}

function clamped(unit: Float64Array): Float64Array {
  return unit.map((place) => Math.min(1, Math.max(0, place)));
}

/** Compass search in the unit cube, which every step of 1/2 or more moves to other categories too. */
function localSearch(fn: MixedFunction, unit: Float64Array): number {
  const at = (point: Float64Array): number => fn.evaluate(decode(fn.space, point) satisfies Config);
  let best = at(unit);
  let spent = 0;
  for (let step = 0.5; step > 1e-10 && spent < 3000; ) {
    let helped = false;
    for (let k = 0; k < unit.length; k++) {
      for (const side of [-1, 1]) {
        const kept = unit[k]!;
        unit[k] = Math.min(1, Math.max(0, kept + side * step));
        const value = at(unit);
        spent++;
        if (value < best) {
          best = value;
          helped = true;
        } else unit[k] = kept;
      }
    }
    if (!helped) step /= 2;
  }
  return best;
}
