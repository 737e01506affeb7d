import { ConfigError, derive, type Key, root } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testFunction } from "./catalogue.ts";
import { instance } from "./instance.ts";
import type { TestFunction } from "./testFunction.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });
const key: fc.Arbitrary<Key> = fc.tuple(word, word, word, word);
const cases = fc.constantFrom(
  ...[
    "branin",
    "six-hump-camel",
    "holder-table",
    "eggholder",
    "rastrigin-d3",
    "schwefel-d5",
    "forrester",
    "michalewicz-d10",
    "bbob-f8-d5-i2",
  ],
);
const rotatable = fc.constantFrom(
  ...["branin", "six-hump-camel", "rastrigin-d3", "levy-d1", "hartmann6", "dixon-price-d5", "bbob-f8-d5-i2"],
);

describe("a cropped instance", () => {
  it("lies inside the box, keeps at least half of every width and all minimisers, and is the same function there", () => {
    fc.assert(
      fc.property(cases, key, (id, k) => {
        const fn = testFunction(id);
        const cropped = instance(fn, k);
        expect(cropped.minimisers).toEqual(fn.minimisers);
        expect(cropped.evaluate).toBe(fn.evaluate);
        cropped.bounds.forEach(([low, high], j) => {
          const [oldLow, oldHigh] = fn.bounds[j]!;
          expect(low).toBeGreaterThanOrEqual(oldLow);
          expect(high).toBeLessThanOrEqual(oldHigh);
          expect(high - low).toBeGreaterThanOrEqual((0.5 - 1e-12) * (oldHigh - oldLow));
          for (const minimiser of fn.minimisers) {
            expect(minimiser[j]).toBeGreaterThanOrEqual(low);
            expect(minimiser[j]).toBeLessThanOrEqual(high);
          }
        });
      }),
    );
  });

  it("has the same bits for the same key, and another box for another", () => {
    fc.assert(
      fc.property(cases, key, (id, k) => {
        const fn = testFunction(id);
        expect(plain(instance(fn, k))).toEqual(plain(instance(fn, k)));
        const other = instance(fn, derive(k, "other"));
        expect(other.bounds).not.toEqual(instance(fn, k).bounds);
        expect(other.id).not.toBe(instance(fn, k).id);
      }),
    );
  });

  it("has its optimum off the centre, evenly to both sides", () => {
    const sphere = testFunction("sphere-d1");
    const places = Array.from({ length: 1000 }, (_, n) => {
      const [low, high] = instance(sphere, root(n)).bounds[0]!;
      return -low / (high - low);
    });
    expect(places.filter((place) => Math.abs(place - 0.5) < 1e-3).length).toBeLessThan(30);
    expect(Math.min(...places)).toBeLessThan(0.36);
    expect(Math.max(...places)).toBeGreaterThan(0.64);
    expect(places.reduce((sum, place) => sum + place, 0) / 1000).toBeCloseTo(0.5, 2);
    expect(instance(sphere, root(0)).tags).not.toContain("centred optimum");
  });

  it("trims each side by a share that is uniform up to a quarter, where no minimiser is in the way", () => {
    const sphere = testFunction("sphere-d2");
    const shares = Array.from({ length: 1000 }, (_, n) =>
      instance(sphere, root(n)).bounds.flatMap(([low, high]) => [low / -5.12, high / 5.12]),
    )
      .flat()
      .map((rest) => (1 - rest) * 2);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const within = shares.filter((share) => Math.floor(share * 10) === tenth).length;
      expect(Math.abs(within - 400)).toBeLessThan(80);
    }
  });

  it("keeps a minimiser on the edge where it is", () => {
    expect(instance(testFunction("eggholder"), root(1)).bounds[0]![1]).toBe(512);
  });

  it("cannot be made where no minimiser is listed", () => {
    expect(() => instance({ ...testFunction("branin"), minimisers: [] }, root(1))).toThrow(ConfigError);
  });
});

describe("a rotated instance", () => {
  it("keeps the first minimiser, and every listed one reaches the optimum inside the box", () => {
    fc.assert(
      fc.property(rotatable, key, (id, k) => {
        const fn = testFunction(id);
        const turned = instance(fn, k, { rotate: true });
        expect(turned.minimisers[0]).toEqual(fn.minimisers[0]);
        expect(turned.optimum.value).toBe(fn.optimum.value);
        expect(turned.optimum.tolerance).toBeLessThanOrEqual(fn.optimum.tolerance + 1e-24);
        for (const minimiser of turned.minimisers) {
          minimiser.forEach((value, j) => {
            expect(value).toBeGreaterThanOrEqual(turned.bounds[j]![0]);
            expect(value).toBeLessThanOrEqual(turned.bounds[j]![1]);
          });
          expect(Math.abs(turned.evaluate(Float64Array.from(minimiser)) - fn.optimum.value)).toBeLessThanOrEqual(turned.optimum.tolerance);
        }
      }),
    );
  });

  it("keeps the second minimiser of the camel in some instances, moved, and drops it when it leaves the box", () => {
    const camel = testFunction("six-hump-camel");
    const turned = Array.from({ length: 50 }, (_, n) => instance(camel, root(n), { rotate: true }));
    for (const fn of turned) expect(fn.minimisersComplete).toBe(false);
    const kept = turned.filter((fn) => fn.minimisers.length === 2);
    expect(kept.length).toBeGreaterThan(0);
    for (const fn of kept) expect(distance(fn.minimisers[0]!, fn.minimisers[1]!)).toBeCloseTo(distance(...pair(camel)), 12);
    const branin = Array.from({ length: 50 }, (_, n) => instance(testFunction("branin"), root(n), { rotate: true }).minimisers.length);
    expect(Math.min(...branin)).toBe(1);
    expect(Math.max(...branin)).toBeGreaterThan(1);
  });

  it("changes the sphere about the origin in rounding only, and Rastrigin's function in earnest", () => {
    const x = Float64Array.of(1.1, -0.7, 2.3);
    for (const id of ["sphere-d3", "rastrigin-d3"]) {
      const fn = testFunction(id);
      const change = Math.abs(instance(fn, root(3), { rotate: true }).evaluate(x) - fn.evaluate(x));
      if (id === "sphere-d3") expect(change).toBeLessThan(1e-13);
      else expect(change).toBeGreaterThan(0.1);
    }
    expect(instance(testFunction("sphere-d3"), root(3), { rotate: true }).tags).not.toContain("separable");
    expect(Array.from(x)).toEqual([1.1, -0.7, 2.3]);
  });

  it("is refused where the optimum only holds inside the box", () => {
    for (const id of [
      "schwefel-d2",
      "eggholder",
      "mccormick",
      "holder-table",
      "cross-in-tray",
      "michalewicz-d2",
      "alpine2-d2",
      "forrester",
    ]) {
      expect(() => instance(testFunction(id), root(1), { rotate: true })).toThrow(ConfigError);
    }
  });
});

function plain({ evaluate: _, ...rest }: TestFunction): object {
  return rest;
}

function pair(fn: TestFunction): [readonly number[], readonly number[]] {
  return [fn.minimisers[0]!, fn.minimisers[1]!];
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, k) => value - b[k]!));
}
