/** What holds for every function of the catalogue: no search finds a value below its certified optimum. */
import { root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testFunction } from "./catalogue.ts";
import golden from "./classical/classical.golden.json" with { type: "json" };
import { instance } from "./instance.ts";
import { placed } from "./placed.ts";
import type { TestFunction } from "./testFunction.ts";

const classical = Object.keys(golden.functions);
const bbob = Array.from({ length: 24 }, (_, k) => `bbob-f${k + 1}-d${[2, 3, 5][k % 3]}-i${k + 1}`);
const everyId = [...classical, ...bbob];

describe.each(everyId.map((id) => [id, testFunction(id)] as const))("%s", (id, fn) => {
  const { value, tolerance } = fn.optimum;
  const dimension = fn.bounds.length;
  const mostTolerance = 1e-12 * Math.max(dimension, Math.abs(value));

  it("answers to its id", () => {
    expect(fn.id).toBe(id);
  });

  it("has a box with room in it, and its minimisers inside", () => {
    for (const [low, high] of fn.bounds) expect(low).toBeLessThan(high);
    expect(fn.minimisers.length).toBeGreaterThan(0);
    for (const minimiser of fn.minimisers) expect(inside(fn, minimiser)).toBe(true);
  });

  it("reaches its optimum at every minimiser, without changing the point", () => {
    for (const minimiser of fn.minimisers) {
      const x = Float64Array.from(minimiser);
      expect(Math.abs(fn.evaluate(x) - value)).toBeLessThanOrEqual(tolerance);
      expect(Array.from(x)).toEqual(minimiser);
    }
  });

  it("trusts its optimum to 12 digits at least, per coordinate", () => {
    expect(tolerance).toBeGreaterThanOrEqual(0);
    expect(tolerance).toBeLessThanOrEqual(mostTolerance);
  });

  it("lies nowhere in the box below its optimum, and is the same when asked again", () => {
    fc.assert(
      fc.property(unitPoint(dimension), (unit) => {
        const x = pointAt(fn, unit);
        const y = fn.evaluate(x);
        expect(y).toBeGreaterThanOrEqual(value - tolerance);
        expect(y).toBeLessThan(Infinity);
        expect(Object.is(fn.evaluate(pointAt(fn, unit)), y)).toBe(true);
      }),
      { numRuns: dimension > 20 ? 20 : 200 },
    );
  });

  it("is not beaten by local searches, from anywhere or from close by", () => {
    const draws = stream(root(id));
    for (let start = 0; start < searches(id, dimension); start++) {
      const minimiser = fn.minimisers[start % fn.minimisers.length]!;
      const x = Float64Array.from(fn.bounds, ([low, high], k) =>
        start % 2 === 0 ? low + (high - low) * draws.uniform() : minimiser[k]! + (high - low) * 1e-3 * draws.normal(),
      );
      expect(localSearch(fn, x)).toBeGreaterThanOrEqual(value - tolerance);
    }
  });

  it("keeps its optimum when it is cropped, and moved and rotated where it may be", () => {
    const key = root(`instance of ${id}`);
    const rotations = fn.domain === "reals" && dimension <= 20 ? [instance(fn, key, { rotate: true })] : [];
    for (const other of [instance(fn, key), placed(fn, key), ...rotations]) {
      const bar = other.optimum.value - other.optimum.tolerance;
      expect(other.optimum.value).toBe(value);
      expect(other.optimum.tolerance).toBeLessThanOrEqual(mostTolerance);
      for (const minimiser of other.minimisers) {
        expect(inside(other, minimiser)).toBe(true);
        expect(Math.abs(other.evaluate(Float64Array.from(minimiser)) - value)).toBeLessThanOrEqual(other.optimum.tolerance);
      }
      const draws = stream(key);
      for (let n = 0; n < 100; n++) {
        const unit = Array.from({ length: dimension }, () => draws.uniform());
        expect(other.evaluate(pointAt(other, unit))).toBeGreaterThanOrEqual(bar);
      }
      expect(
        localSearch(
          other,
          pointAt(
            other,
            Array.from({ length: dimension }, () => draws.uniform()),
          ),
        ),
      ).toBeGreaterThanOrEqual(bar);
      expect(localSearch(other, Float64Array.from(other.minimisers[0]!))).toBeGreaterThanOrEqual(bar);
    }
  });
});

const onReals = everyId.map((id) => [id, testFunction(id)] as const).filter(([, fn]) => fn.domain === "reals");

describe.each(onReals)("%s, whose domain is R^n,", (id, fn) => {
  it("lies nowhere below its optimum outside the box either, as far as two widths away", () => {
    const wide = { ...fn, bounds: fn.bounds.map(([low, high]) => [3 * low - 2 * high, 3 * high - 2 * low] as const) };
    const draws = stream(root(`outside ${id}`));
    const anywhere = (): Float64Array => pointAt(wide, Array.from({ length: fn.bounds.length }, draws.uniform));
    const least = fn.optimum.value - fn.optimum.tolerance;
    for (let n = 0; n < 200; n++) expect(wide.evaluate(anywhere())).toBeGreaterThanOrEqual(least);
    for (let start = 0; start < searches(id, fn.bounds.length) / 10; start++) {
      expect(localSearch(wide, anywhere())).toBeGreaterThanOrEqual(least);
    }
  });
});

/** A kink at the minimiser: no gradient there. */
const kinked = /^(ackley|bukin6)/;

describe.each(classical.filter((id) => !kinked.test(id)))("at the minimisers of %s", (id) => {
  const fn = testFunction(id);

  it("the gradient vanishes along every coordinate that has room on both sides", () => {
    let checked = 0;
    for (const minimiser of fn.minimisers) {
      const x = Float64Array.from(minimiser);
      const here = fn.evaluate(x);
      fn.bounds.forEach(([low, high], k) => {
        const h = 1e-4 * (high - low);
        if (minimiser[k]! - h < low || minimiser[k]! + h > high) return;
        x[k] = minimiser[k]! + h;
        const above = fn.evaluate(x);
        x[k] = minimiser[k]! - h;
        const below = fn.evaluate(x);
        x[k] = minimiser[k]!;
        // Twice the slope times h, against the curvature times h^2.
        expect(Math.abs(above - below)).toBeLessThanOrEqual(0.1 * (above + below - 2 * here) + 2 * fn.optimum.tolerance);
        checked++;
      });
    }
    expect(checked).toBeGreaterThan(0);
  });
});

describe("the bits of the classical functions", () => {
  it("are the ones on record, at 64 fixed points each", async () => {
    const bits = Object.fromEntries(classical.map((id) => [id, bitHash(testFunction(id))]));
    await expect(`${JSON.stringify(bits, null, 1)}\n`).toMatchFileSnapshot("classical/bits.golden.json");
  });
});

function searches(id: string, dimension: number): number {
  if (id.startsWith("bbob")) return 10;
  return dimension <= 5 ? 100 : dimension <= 20 ? 20 : 2;
}

function unitPoint(dimension: number): fc.Arbitrary<readonly number[]> {
  return fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: dimension, maxLength: dimension, size: "max" });
}

function pointAt(fn: TestFunction, unit: readonly number[]): Float64Array {
  return Float64Array.from(fn.bounds, ([low, high], k) => Math.min(high, low + (high - low) * unit[k]!));
}

function inside(fn: TestFunction, point: readonly number[]): boolean {
  return point.length === fn.bounds.length && fn.bounds.every(([low, high], k) => low <= point[k]! && point[k]! <= high);
}

/** Compass search: the best value that steps along the coordinates, halved when none helps, reach from `x` inside the box. */
function localSearch(fn: TestFunction, x: Float64Array): number {
  fn.bounds.forEach(([low, high], k) => {
    x[k] = Math.min(high, Math.max(low, x[k]!));
  });
  let best = fn.evaluate(x);
  const budget = fn.bounds.length > 20 ? 3000 : 6000;
  let spent = 0;
  for (let step = 0.1; step > 1e-13 && spent < budget; ) {
    let helped = false;
    for (let k = 0; k < x.length; k++) {
      const [low, high] = fn.bounds[k]!;
      for (const side of [-1, 1]) {
        const kept = x[k]!;
        x[k] = Math.min(high, Math.max(low, kept + side * step * (high - low)));
        const value = fn.evaluate(x);
        spent++;
        if (value < best) {
          best = value;
          helped = true;
        } else x[k] = kept;
      }
    }
    if (!helped) step /= 2;
  }
  return best;
}

/** FNV-1a over the bytes of the values at 64 points of a fixed lattice, as 8 hexadecimal digits. */
function bitHash(fn: TestFunction): string {
  const bytes = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  for (let n = 1; n <= 64; n++) {
    const unit = fn.bounds.map((_, k) => (n * (k + 1) * 0.6180339887498949) % 1);
    bytes.setFloat64(0, fn.evaluate(pointAt(fn, unit)));
    for (let at = 0; at < 8; at++) hash = Math.imul(hash ^ bytes.getUint8(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
