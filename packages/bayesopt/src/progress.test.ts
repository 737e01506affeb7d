import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { follow, newProgress, purposeOf, type SearchProgress } from "./progress.ts";

const d = 3;

/** Takes values one by one; z has the deviation `sd`. */
function after(values: readonly number[], sd = 1, feasible: (index: number) => boolean = () => true): SearchProgress {
  const progress = newProgress();
  values.forEach((_, index) => {
    const y = Float64Array.from(values.slice(0, index + 1));
    const flags = Array.from(y.keys()).map(feasible);
    follow(progress, { y, z: y.map((value) => value / sd), feasible: flags, d });
  });
  return progress;
}

const falling = Array.from({ length: 30 }, (_, index) => -index);
const flat = (count: number): readonly number[] => Array.from({ length: count }, () => 1);
const purposes = (progress: SearchProgress, dimensions = d) => Array.from({ length: 12 }, (_, ask) => purposeOf(progress, dimensions, ask));
/** How far each of twelve asks explores. */
const betas = (progress: SearchProgress): readonly number[] => purposes(progress).map((one) => (one.kind === "exploration" ? one.beta : 0));

describe("exploration", () => {
  it("waits as long as values improve", () => {
    expect(betas(after(falling)).every((beta) => beta === 0)).toBe(true);
    expect(betas(newProgress()).every((beta) => beta === 0)).toBe(true);
  });

  it("begins when they have not for a while, goes further the longer that lasts, and leaves most asks alone", () => {
    const [some, more, most] = [20, 60, 400].map((count) => betas(after(flat(count)))) as [number[], number[], number[]];
    expect(some.filter((beta) => beta > 0).length).toBeGreaterThan(0);
    expect(some.filter((beta) => beta > 0).length).toBeLessThan(7);
    expect(Math.max(...more)).toBeGreaterThan(Math.max(...some));
    expect(Math.max(...most)).toBeLessThan(100);
  });

  it("ends with the next improvement", () => {
    expect(betas(after([...flat(40), 0])).every((beta) => beta === 0)).toBe(true);
  });

  it("does not take a trifle for an improvement", () => {
    const creeping = Array.from({ length: 40 }, (_, index) => -1e-6 * index);
    expect(betas(after(creeping)).some((beta) => beta > 0)).toBe(true);
    expect(betas(after(creeping, 1e-6)).every((beta) => beta === 0)).toBe(true);
  });

  it("does not take an infeasible value for an improvement", () => {
    expect(betas(after([1, ...falling], 1, (index) => index === 0)).some((beta) => beta > 0)).toBe(true);
  });
});

describe("the region", () => {
  it("is where every ask looks above 20 parameters that does not explore, and some asks when values do not improve", () => {
    expect(purposes(newProgress(), 21).every(({ kind }) => kind === "region")).toBe(true);
    expect(purposes(newProgress(), 20).every(({ kind }) => kind === "model")).toBe(true);
    expect(new Set(purposes(after(flat(40))).map(({ kind }) => kind))).toEqual(new Set(["model", "region", "exploration"]));
  });

  it("grows while values improve and shrinks while they do not", () => {
    expect(after(falling).side).toBeGreaterThan(newProgress().side);
    expect(after(flat(10)).side).toBeLessThan(newProgress().side);
  });

  it("begins again when it has become too small, and is never wider than twice the cube", () => {
    let smallest = Infinity;
    for (let count = 1; count < 120; count++) smallest = Math.min(smallest, after(flat(count)).side);
    expect(smallest).toBeGreaterThan(1e-3);
    expect(smallest).toBeLessThan(0.1);
    expect(after(Array.from({ length: 200 }, (_, index) => -index)).side).toBeLessThanOrEqual(2);
  });
});

it("is plain data, whatever values come, also fewer than before", () => {
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -2, max: 2 }));
  fc.assert(
    fc.property(fc.array(fc.array(value, { maxLength: 20 }), { maxLength: 10 }), (calls) => {
      const progress = newProgress();
      for (const values of calls) {
        const y = Float64Array.from(values);
        follow(progress, { y, z: y.map((one) => one / 1e300), feasible: values.map((one) => one < 1e3), d });
        expect(JSON.parse(JSON.stringify(progress))).toEqual({ ...progress, best: progress.best === null ? null : progress.best + 0 });
        expect(progress.side).toBeGreaterThan(0);
        expect(betas(progress).every(Number.isFinite)).toBe(true);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});
