/** The functions with constraints against values derived at 50 digits (`golden/constrained.py`), and what holds for all of them. */
import { type Config, ConfigError, decode, encode, root, stream } from "@caviar-hpo/core";
import { isFeasible } from "@caviar-hpo/core/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixedInstance } from "../mixed/mixedInstance.ts";
import { asProblem } from "../problem.ts";
import { constrainedFunction, constrainedFunctionIds } from "./catalogue.ts";
import golden from "./constrained.golden.json" with { type: "json" };
import type { ConstrainedFunction } from "./constrainedFunction.ts";

type Golden = {
  readonly optimum: string;
  readonly point: readonly string[];
  readonly minimiser: readonly number[];
  readonly probes: readonly { readonly x: readonly number[]; readonly value: string; readonly constraints: readonly string[] }[];
};
const entries = golden.functions as { readonly [id: string]: Golden };

it("every function has derived values", () => {
  expect(Object.keys(entries).sort()).toEqual([...constrainedFunctionIds()].sort());
});

describe.each(constrainedFunctionIds())("%s", (id) => {
  const fn = constrainedFunction(id);
  const { value, tolerance } = fn.optimum;
  const entry = entries[id]!;

  it("answers to its id, and is a problem with its constraints", () => {
    expect(fn.id).toBe(id);
    expect(asProblem(fn).constraints).toEqual(fn.constraints);
    expect(fn.constraints.length).toBeGreaterThan(0);
  });

  it("has the derived optimum, to the last digits of a double", () => {
    expect(Math.abs(value - Number(entry.optimum))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(value)));
    expect(tolerance).toBeLessThanOrEqual(1e-9 * Math.max(0.01, Math.abs(value)));
  });

  it("has the derived values and constraints at two probes", () => {
    for (const { x, value: derived, constraints } of entry.probes) {
      expect(relativeError(fn.evaluate(named(x)), Number(derived))).toBeLessThanOrEqual(1e-13);
      fn.constraintsAt(named(x)).forEach((constraint, k) => {
        // The terms of a constraint may cancel.
        expect(Math.abs(constraint - Number(constraints[k]))).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(Number(constraints[k]))));
      });
    }
  });

  it("lists minimisers that are feasible to the last bit and reach the optimum, next to the derived point", () => {
    for (const minimiser of fn.minimisers) {
      expect(isFeasible({ constraints: fn.constraintsAt(minimiser) })).toBe(true);
      expect(Math.abs(fn.evaluate(minimiser) - value)).toBeLessThanOrEqual(tolerance);
    }
    entry.point.forEach((place, k) => {
      expect(relativeError(fn.minimisers[0]![`x${k + 1}`] as number, Number(place))).toBeLessThanOrEqual(1e-9);
    });
  });

  it("has no feasible value below its optimum, at random and by search, anywhere and close to the minimisers", () => {
    fc.assert(
      fc.property(unitPoint(fn.space.dims), fc.boolean(), (unit, near) => {
        const centre = encode(fn.space, fn.minimisers[0]!);
        const start = near ? unit.map((place, k) => Math.min(1, Math.max(0, centre[k]! + 0.02 * (place - 0.5)))) : unit;
        expect(localSearch(fn, Float64Array.from(start))).toBeGreaterThanOrEqual(value - tolerance);
      }),
      { numRuns: 30 },
    );
  });

  it("has instances whose values, constraints and optimum are its own", () => {
    const varied = mixedInstance(fn, root(id));
    expect(varied.optimum).toEqual(fn.optimum);
    for (const minimiser of fn.minimisers) {
      expect(varied.evaluate(minimiser)).toBe(fn.evaluate(minimiser));
      expect(varied.constraintsAt(minimiser)).toEqual(fn.constraintsAt(minimiser));
    }
  });

  it("refuses a configuration outside its space", () => {
    const outside: Config = { ...fn.minimisers[0], x1: -1e6 };
    expect(() => fn.evaluate(outside)).toThrow(ConfigError);
    expect(() => fn.constraintsAt(outside)).toThrow(ConfigError);
  });
});

// Published optima that are not those of the formulas.
describe("the optimum differs from a published one", () => {
  it.each([
    ["tension-spring", 0.012681],
    ["welded-beam", 1.728226],
    ["pressure-vessel", 6059.946],
  ])("of %s: %d is larger", (id, published) => {
    expect(constrainedFunction(id).optimum.value).toBeLessThan(published - 1e-6);
  });
});

describe("the feasible share of the box", () => {
  const shareOf = (id: string): number => {
    const fn = constrainedFunction(id);
    const draws = stream(root(id));
    const feasible = Array.from({ length: 4000 }, () => {
      const config = decode(fn.space, Float64Array.from({ length: fn.space.dims }, draws.uniform));
      return isFeasible({ constraints: fn.constraintsAt(config) });
    });
    return feasible.filter(Boolean).length / 4000;
  };

  it.each([
    ["gardner2", 0.0177, 0.008],
    ["g08", 0.0086, 0.006],
    ["g06", 0, 0.002],
  ])("of %s is about %d", (id, share, error) => {
    expect(Math.abs(shareOf(id) - share)).toBeLessThan(error);
  });
});

describe("G8 where its formula divides by 0", () => {
  it("takes the limit", () => {
    const fn = constrainedFunction("g08");
    expect(relativeError(fn.evaluate({ x1: 0, x2: 1.3 }), fn.evaluate({ x1: 1e-9, x2: 1.3 }))).toBeLessThanOrEqual(1e-6);
    expect(relativeError(fn.evaluate({ x1: 0, x2: 0 }), fn.evaluate({ x1: 0, x2: 1e-9 }))).toBeLessThanOrEqual(1e-6);
  });
});

/** Compass search for the best feasible value: steps that leave the feasible part are not taken. */
function localSearch(fn: ConstrainedFunction, unit: Float64Array): number {
  const valueAt = (): number => {
    const config = decode(fn.space, unit);
    return isFeasible({ constraints: fn.constraintsAt(config) }) ? fn.evaluate(config) : Infinity;
  };
  let best = valueAt();
  for (let step = 0.1; step > 1e-9; ) {
    let helped = false;
    for (let k = 0; k < unit.length; k++) {
      for (const side of [-1, 1]) {
        const kept = unit[k]!;
        unit[k] = Math.min(1, Math.max(0, kept + side * step));
        const value = valueAt();
        if (value < best) {
          best = value;
          helped = true;
        } else unit[k] = kept;
      }
    }
    if (!helped) step /= 3;
  }
  return best;
}

function unitPoint(dimension: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: dimension, maxLength: dimension, size: "max" });
}

function named(x: readonly number[]): Config {
  return Object.fromEntries(x.map((value, k) => [`x${k + 1}`, value]));
}

function relativeError(got: number, expected: number): number {
  return expected === 0 ? Math.abs(got) : Math.abs(got - expected) / Math.abs(expected);
}
