import { describe, expect, it } from "vitest";
import { centralDifferences, expectClose, uniforms } from "../../testing/kernelLaws.ts";
import { freeNoise, kernelNamed, kernelNames } from "../../testing/smallModels.ts";
import type { Data, Model } from "../model/data.ts";
import { createProcess, type Process } from "./process.ts";

const d = 3;
const data = (n: number, seed = 1, variance: Float64Array | null = null): Data => ({
  x: uniforms(n * d, seed),
  y: uniforms(n, seed + 1).map((value) => 3 * value - 1.5),
  d,
  variance,
});
const firstOf = ({ x, y, variance }: Data, n: number): Data => ({
  x: x.subarray(0, n * d),
  y: y.subarray(0, n),
  d,
  variance: variance === null ? null : variance.subarray(0, n),
});
const modelOf = (name: string, noise: Model["noise"]): Model => ({ kernel: kernelNamed(name, d), noise });
const hyperparameters = (model: Model, noise = -4): Float64Array => {
  const u = uniforms(model.kernel.hyperparameters.length + Number(model.noise !== null), 5).map((value) => value - 0.8);
  if (model.noise !== null) u[u.length - 1] = noise;
  return u;
};
const settled = (model: Model, of: Data, u: Float64Array, { rows = of.y.length, queries = 8, jitter = 0 } = {}): Process => {
  const process = createProcess(model, { rows, queries, d });
  expect(process.settle(of, u, jitter)).toBe(true);
  return process;
};
/** Everything that it predicts at some points. */
const predictions = (process: Process, z: Float64Array): readonly Float64Array[] => {
  const m = z.length / d;
  const [mean, variance, whitened] = [new Float64Array(m), new Float64Array(m), new Float64Array(process.imagined * m)];
  process.predict({ z, m }, { mean, variance, whitened });
  return [mean, variance, whitened];
};
const queries = uniforms(8 * d, 77);

describe.each(kernelNames)("a process with %s", (name) => {
  const model = modelOf(name, freeNoise);
  const u = hyperparameters(model);
  const twelve = data(12, 1, uniforms(12, 9));

  it("without data is the prior: the mean 0 and the variance k(z, z), to the bit", () => {
    const process = settled(model, data(0), u, { rows: 3 });
    const [mean, variance] = predictions(process, queries);
    const prior = new Float64Array(8);
    process.priorVariance({ z: queries, m: 8 }, prior);
    expect([...mean!]).toEqual(new Array(8).fill(0));
    expect(variance).toEqual(prior);
    expect(process.constant).toBe(0);
    expect(prior.every((value) => value > 0)).toBe(true);
  });

  it("does not depend on the order of the data, except for rounding", () => {
    const order = [7, 3, 11, 0, 4, 9, 1, 10, 2, 8, 5, 6];
    const turned: Data = {
      x: Float64Array.from(order.flatMap((i) => [...twelve.x.subarray(i * d, i * d + d)])),
      y: Float64Array.from(order, (i) => twelve.y[i]!),
      d,
      variance: Float64Array.from(order, (i) => twelve.variance![i]!),
    };
    const [some, others] = [predictions(settled(model, twelve, u), queries), predictions(settled(model, turned, u), queries)];
    expectClose(some[0]!, others[0]!, 1e-12);
    expectClose(some[1]!, others[1]!, 1e-12);
  });

  it("admits rows to the bits of factorising all of them again, several blocks of them at once, and other values of the rows it has", () => {
    const process = settled(model, firstOf(twelve, 3), u, { rows: 14, queries: 2 });
    const other = { ...twelve, y: twelve.y.map((value) => 2 * value) };
    expect(process.admit(other)).toBe(true);
    expect(process.n).toBe(12);
    const again = settled(model, other, u, { rows: 14, queries: 2 });
    for (let j = 0; j < 8; j++) {
      const z = queries.subarray(j * d, j * d + d);
      expect(predictions(process, z)).toEqual(predictions(again, z));
    }
    expect(process.constant).toBe(again.constant);
  });

  it("imagines points to the bits of factorising them with the data, and forgets them without a trace", () => {
    const some = firstOf(twelve, 9);
    const process = settled(model, some, u, { rows: 14 });
    const before = predictions(process, queries);
    const imagined = uniforms(3 * d, 31);
    expect(process.imagine(imagined.subarray(0, d), 1, true)).toBe(true);
    expect(process.imagine(imagined.subarray(d), 2, true)).toBe(true);
    expect(process.imagined).toBe(3);
    const noise = Math.exp(u[u.length - 1]!);
    const both: Data = {
      x: Float64Array.of(...some.x, ...imagined),
      y: Float64Array.of(...some.y, 0, 0, 0),
      d,
      variance: Float64Array.of(...some.variance!, 0, 0, 0),
    };
    const again = settled(model, both, u, { rows: 14 });
    const [mean, variance, whitened] = predictions(process, queries);
    expect(mean).toEqual(before[0]);
    expect(variance).toEqual(predictions(again, queries)[1]);
    const all = new Float64Array(12 * 8);
    again.whiten({ z: queries, m: 8 }, all);
    expect(whitened).toEqual(all.slice(9 * 8));
    expect(noise).toBeGreaterThan(0);

    process.forget();
    expect(predictions(process, queries)).toEqual(before);
    expect(process.imagine(imagined, 3, false)).toBe(true);
    expect(process.admit(twelve)).toBe(true);
    expect(predictions(process, queries)).toEqual(predictions(settled(model, twelve, u, { rows: 14 }), queries));
  });

  it("draws of imagined points have their posterior covariance", () => {
    const process = settled(model, firstOf(twelve, 6), u, { rows: 9 });
    const points = queries.subarray(0, 3 * d);
    const [mean, variance] = predictions(process, points);
    expect(process.imagine(points, 3, false)).toBe(true);
    const draws = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    process.drawInPlace(draws, 3, mean!);
    const deviation = (draw: number, q: number): number => draws[draw * 3 + q]! - mean![q]!;
    const covariance = (p: number, q: number): number =>
      deviation(0, p) * deviation(0, q) + deviation(1, p) * deviation(1, q) + deviation(2, p) * deviation(2, q);
    const [prior, across] = [new Float64Array(3), new Float64Array(6 * 3)];
    process.forget();
    process.priorVariance({ z: points, m: 3 }, prior);
    process.whiten({ z: points, m: 3 }, across);
    for (let q = 0; q < 3; q++) expect(Math.abs(covariance(q, q) - variance![q]!)).toBeLessThan(1e-12 * prior[q]!);
    const bare = settled(model, data(0), u, { rows: 3 });
    bare.imagine(points, 3, false);
    const [, , between] = predictions(bare, points);
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      let wanted = 0;
      for (let i = 0; i < 3; i++) wanted += between![i * 3 + p]! * between![i * 3 + q]!;
      for (let i = 0; i < 6; i++) wanted -= across[i * 3 + p]! * across[i * 3 + q]!;
      expect(Math.abs(covariance(p, q) - wanted)).toBeLessThan(1e-12 * prior[p]!);
    }
  });

  it("pulls as differences of means, variances and whitened rows say", () => {
    const process = settled(model, firstOf(twelve, 9), u, { rows: 14 });
    expect(process.imagine(uniforms(2 * d, 31), 2, true)).toBe(true);
    const m = 8;
    const [byMean, byVariance, byWhitened] = [uniforms(m, 41), uniforms(m, 42).map((one) => one - 0.5), uniforms(2 * m, 43)];
    const weighted = (z: Float64Array): number =>
      predictions(process, z).reduce(
        (total, values, which) => total + values.reduce((sum, value, at) => sum + value * [byMean, byVariance, byWhitened][which]![at]!, 0),
        0,
      );
    const pulled = new Float64Array(m * d).fill(10);
    predictions(process, queries);
    process.pull({ z: queries, m }, { mean: byMean, variance: byVariance, whitened: byWhitened }, pulled);
    expectClose(
      pulled.map((value) => value - 10),
      centralDifferences(weighted, queries),
    );
    const meansOnly = new Float64Array(m * d);
    predictions(process, queries);
    process.pull({ z: queries, m }, { mean: byMean, variance: byVariance }, meansOnly);
    expectClose(
      meansOnly,
      centralDifferences((z) => {
        const [mean, variance] = predictions(process, z);
        return mean!.reduce((sum, value, at) => sum + value * byMean[at]! + variance![at]! * byVariance[at]!, 0);
      }, queries),
    );
  });

  it("bounds variances from above, closely where one row tells nearly all, with the same means", () => {
    const process = settled(model, firstOf(twelve, 9), u, { rows: 14 });
    process.imagine(uniforms(2 * d, 31), 2, false);
    const z = Float64Array.of(...queries.subarray(0, 6 * d), ...twelve.x.subarray(0, d), ...uniforms(2 * d, 31).subarray(0, d));
    const [mean, variance] = predictions(process, z);
    const [same, bound, prior] = [new Float64Array(8), new Float64Array(8), new Float64Array(8)];
    process.bound({ z, m: 8 }, same, bound);
    process.priorVariance({ z, m: 8 }, prior);
    expect(same).toEqual(mean);
    bound.forEach((value, j) => {
      expect(value >= variance![j]! - 1e-14 * prior[j]! && value <= prior[j]!).toBe(true);
    });
    expect(bound[7]!).toBeLessThan(1e-12 * prior[7]!);
  });

  it("predicts the same bits for a point whatever other points there are", () => {
    const process = settled(model, twelve, u);
    const all = predictions(process, queries);
    for (let j = 0; j < 8; j++) {
      const [mean, variance] = predictions(process, queries.subarray(j * d, j * d + d));
      expect([mean![0], variance![0]]).toEqual([all[0]![j], all[1]![j]]);
    }
  });
});

describe("a process", () => {
  const model = modelOf("squaredExponential", null);
  const u = Float64Array.of(0, 0, 0, 0);
  const repeated = (): Data => {
    const { x, y } = data(6);
    return { x: Float64Array.of(...x, ...x), y: Float64Array.of(...y, ...y), d, variance: null };
  };

  it("begins with n eps mean(diag), without noise only, so that no pivot is chance: pairs 4e-8 apart look the same in any order", () => {
    // Without it the means below differ by half a deviation, at a variance of zero.
    const x = Float64Array.of(0.18, 0.96, 0.4, 0.66, 0.88, 0.1, 0.13, 0.62, 0.9, 0.57, 0.07, 0.3);
    const near = Float64Array.of(...x, ...x.map((value) => value + 4e-8));
    const y = Float64Array.from({ length: 8 }, (_, i) => Math.sin(3 * near[i * d]!) + near[i * d + 1]!);
    const backwards = Float64Array.from({ length: 24 }, (_, at) => near[(7 - Math.floor(at / d)) * d + (at % d)]!);
    const forwards = settled(modelOf("matern52", null), { x: near, y, d, variance: null }, u);
    const reversed = settled(modelOf("matern52", null), { x: backwards, y: y.map((_, i) => y[7 - i]!), d, variance: null }, u);
    expect(forwards.jitter).toBe(8 * Number.EPSILON);
    const [mean, variance] = predictions(forwards, queries);
    const [otherMean, otherVariance] = predictions(reversed, queries);
    for (let j = 0; j < 8; j++) {
      expect(Math.abs(mean![j]! - otherMean![j]!)).toBeLessThan(0.02 * Math.sqrt(variance![j]!));
      expect(Math.abs(variance![j]! / otherVariance![j]! - 1)).toBeLessThan(0.02);
    }
    const noisy = settled(modelOf("matern52", freeNoise), { x: near, y, d, variance: null }, Float64Array.of(...u, -20));
    expect(noisy.jitter).toBe(0);
  });

  it("adds jitter to a singular matrix, tells how much, and settles at once and to the same bits where it is given", () => {
    const process = settled(model, repeated(), u);
    expect(process.jitter > 0 && process.jitter <= 1e-6).toBe(true);
    const again = settled(model, repeated(), u, { jitter: process.jitter });
    expect(again.jitter).toBe(process.jitter);
    expect(predictions(again, queries)).toEqual(predictions(process, queries));
  });

  it("admits and imagines with the jitter that it has, to the bits of factorising again with it", () => {
    const process = settled(model, firstOf(repeated(), 8), u, { rows: 14 });
    expect(process.jitter).toBeGreaterThan(0);
    expect(process.admit(repeated())).toBe(true);
    const again = settled(model, repeated(), u, { rows: 14, jitter: process.jitter });
    expect(predictions(process, queries)).toEqual(predictions(again, queries));
    expect(process.imagine(queries, 2, true)).toBe(true);
    expect(again.imagine(queries, 2, true)).toBe(true);
    expect(predictions(process, queries)).toEqual(predictions(again, queries));
  });

  it("says so where rows cannot be appended, and continues without them", () => {
    const six = data(6);
    const process = settled(model, six, u, { rows: 20 });
    const before = predictions(process, queries);
    expect(process.imagine(Float64Array.of(0, NaN, 0), 1, false)).toBe(false);
    expect(process.imagined).toBe(0);
    expect(predictions(process, queries)).toEqual(before);
    const far = uniforms(d, 50);
    expect(process.imagine(far, 1, false)).toBe(true);
    const after = predictions(process, queries);
    expect(process.imagine(Float64Array.of(NaN, 0, 0), 1, false)).toBe(false);
    expect(process.imagined).toBe(1);
    expect(predictions(process, queries)).toEqual(after);
    expect(process.admit({ x: Float64Array.of(...six.x, NaN, 0, 0), y: Float64Array.of(...six.y, 1), d, variance: null })).toBe(false);
    expect(process.n).toBe(6);
    expect(predictions(process, queries).slice(0, 2)).toEqual(before.slice(0, 2));
  });

  it("does not settle where the data are not finite or the matrix is beyond repair", () => {
    const process = createProcess(model, { rows: 6, queries: 1, d });
    const six = data(6);
    expect(process.settle({ ...six, x: six.x.map((value, at) => (at === 4 ? NaN : value)) }, u, 0)).toBe(false);
    expect(process.settle({ ...six, variance: new Float64Array(6).fill(-3) }, u, 0)).toBe(false);
    expect(process.settle(six, Float64Array.of(0, NaN, 0, 0), 0)).toBe(false);
    expect(process.settle(six, u, 0)).toBe(true);
  });

  it("meets data without noise, and has no variance there", () => {
    const six = data(6);
    const process = settled(model, six, u);
    const [mean, variance] = predictions(process, six.x);
    expectClose(mean!, six.y, 1e-9);
    expect(variance!.every((value) => value >= 0 && value < 1e-9)).toBe(true);
  });

  it("pulls nothing where nothing is asked for", () => {
    const process = settled(model, data(6), u);
    predictions(process, queries);
    const out = new Float64Array(8 * d);
    process.pull({ z: queries, m: 8 }, { mean: new Float64Array(8), variance: new Float64Array(8) }, out);
    expect(out.every((value) => value === 0)).toBe(true);
  });
});
