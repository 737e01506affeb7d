import { derive, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import golden from "./cmaes.golden.json" with { type: "json" };
import { decomposed, type Gaussian, gaussianAt, samplePoint, shortened, stepTo, updated, whitened } from "./gaussian.ts";
import { parametersOf } from "./parameters.ts";

const flat = (rows: readonly (readonly number[])[]): readonly number[] => rows.flat();
const norm = (vector: readonly number[]): number => Math.sqrt(vector.reduce((sum, one) => sum + one * one, 0));

describe("one update", () => {
  // golden/cmaesGolden.py: the formulas of the tutorial with 50 digits.
  test.each(golden.updates.map((one, index) => ({ ...one, index, n: one.state.mean.length })))(
    "number $index, in $n dimensions, is that of the formulas within 1e-12",
    ({ n, state, steps, expected }) => {
      const before: Gaussian = { ...state, covariance: flat(state.covariance) };
      const after = updated(before, steps, parametersOf(n, steps.length));
      const ours = [...after.mean, after.sigma, ...after.covariance, ...after.pathSigma, ...after.pathC];
      const theirs = [...expected.mean, expected.sigma, ...flat(expected.covariance), ...expected.pathSigma, ...expected.pathC];
      const scale = Math.max(...theirs.map(Math.abs));
      ours.forEach((one, index) => expect(Math.abs(one - theirs[index]!) / Math.max(1, scale)).toBeLessThan(1e-12));
      expect(after.updates).toBe(expected.updates);
    },
  );

  it("the golden updates have both branches of h_sigma", () => {
    expect(new Set(golden.updates.map(({ expected }) => expected.isOpen))).toEqual(new Set([true, false]));
  });
});

/** Generations of drawn ranks, so any selection that an objective could make. */
const histories = fc.record({
  n: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
  lambda: fc.integer({ min: 4, max: 12 }),
  generations: fc.integer({ min: 1, max: 25 }),
});

function evolved(
  { n, seed, lambda, generations }: { n: number; seed: number; lambda: number; generations: number },
  shift = 0,
): { readonly gaussian: Gaussian; readonly points: readonly (readonly number[])[] } {
  let gaussian = gaussianAt(
    Array.from({ length: n }, () => shift),
    0.25,
  );
  const points: (readonly number[])[] = [];
  for (let generation = 0; generation < generations; generation++) {
    const source = stream(derive(root(seed), generation));
    const sampled = Array.from({ length: lambda }, () => samplePoint(gaussian, source));
    points.push(...sampled);
    const ranked = [...sampled].sort((a, b) => norm(a.map((x) => x - shift - 1)) - norm(b.map((x) => x - shift - 1)));
    gaussian = updated(
      gaussian,
      ranked.map((point) => stepTo(gaussian, point)),
      parametersOf(n, lambda),
    );
  }
  return { gaussian, points };
}

describe("after any number of updates", () => {
  it("the covariance is symmetric to the bit, and positive definite", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { gaussian } = evolved(history);
        const { n } = history;
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(gaussian.covariance[i * n + j]).toBe(gaussian.covariance[j * n + i]);
        expect(decomposed(gaussian).roots.every((one) => one > 0)).toBe(true);
      }),
    );
  });

  it("a shifted problem gives shifted points, as far as bits allow", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const [here, there] = [evolved({ ...history, generations: 3 }), evolved({ ...history, generations: 3 }, 8)];
        here.points.forEach((point, index) => point.forEach((x, axis) => expect(there.points[index]![axis]! - 8).toBeCloseTo(x, 8)));
      }),
    );
  });
});

describe("a step", () => {
  it("of a sample has about the length sqrt(n) after whitening", () => {
    const { gaussian } = evolved({ n: 5, seed: 3, lambda: 8, generations: 30 });
    const source = stream(root("steps"));
    const lengths = Array.from({ length: 2000 }, () => norm(whitened(gaussian, stepTo(gaussian, samplePoint(gaussian, source)))));
    const square = lengths.reduce((sum, one) => sum + one * one, 0) / lengths.length;
    expect(square).toBeGreaterThan(4.7);
    expect(square).toBeLessThan(5.3);
  });

  it("from elsewhere is shortened to sqrt(n) + 2 n / (n + 2), and a short one stays as it is", () => {
    const { gaussian } = evolved({ n: 3, seed: 1, lambda: 8, generations: 10 });
    const far = shortened(gaussian, [1e6, -1e6, 1e3]);
    expect(norm(whitened(gaussian, far))).toBeCloseTo(Math.sqrt(3) + 6 / 5, 9);
    const near = [1e-3, 0, 0];
    expect(shortened(gaussian, near)).toBe(near);
  });
});
