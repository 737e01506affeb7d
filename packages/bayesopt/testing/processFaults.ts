/**
 * Row F2 of the fault matrix: processes of 1 to 200 rows with five kernels in 1, 2, 6 and 20 dimensions, over data that repeat or nearly
 * do, without noise, with next to none and with much of it. 900 of them run at every test, more by night.
 */
import { allocate, cholesky, reciprocalCondition } from "@caviar-hpo/numerics/linear";
import { expect } from "vitest";
import { squaredDistance } from "../src/kernels/pointwise.ts";
import type { Data, Model } from "../src/model/data.ts";
import { createProcess, type Process } from "../src/process/process.ts";
import { bound, uniforms } from "./kernelLaws.ts";
import { freeNoise, kernelNamed } from "./smallModels.ts";

const kernels = ["matern12", "matern32", "matern52", "squaredExponential", "matern52 + linear"] as const;
const dimensions = [1, 2, 6, 20] as const;
const noises = [0, 1e-12, 1] as const;
const kinds = ["uniform", "duplicates", "pairs", "collinear", "clusters"] as const;

export type ProcessFault = {
  readonly kernel: (typeof kernels)[number];
  readonly d: number;
  readonly noise: (typeof noises)[number];
  readonly kind: (typeof kinds)[number];
  readonly n: number;
  readonly seed: number;
};

/** All 300 combinations, three sizes of each at every round; 67 being prime to 200, the sizes are spread evenly. */
export function processFaults(rounds: number): readonly ProcessFault[] {
  const faults: ProcessFault[] = [];
  for (let round = 0; round < rounds; round++)
    for (const kernel of kernels)
      for (const d of dimensions)
        for (const noise of noises)
          for (const kind of kinds)
            for (let size = 0; size < 3; size++) {
              const seed = faults.length;
              faults.push({ kernel, d, noise, kind, n: 1 + ((seed * 67) % 200), seed });
            }
  return faults;
}

function pointsOf({ kind, n, d, seed }: ProcessFault): Float64Array {
  const x = uniforms(n * d, seed);
  const copy = (from: number, to: number, apart: number): void => {
    for (let f = 0; f < d; f++) x[to * d + f] = x[from * d + f]! + (f === 0 ? apart : 0);
  };
  if (kind === "duplicates") for (let i = 1; i < n; i += 2) copy(i - 1, i, 0);
  if (kind === "pairs") for (let i = 1; i < n; i += 2) copy(i - 1, i, Number(`1e-${1 + ((i + seed) % 16)}`));
  if (kind === "collinear") for (let i = 0; i < n; i++) x.fill(i / n, i * d, i * d + d);
  if (kind === "clusters") for (let i = 5; i < n; i++) copy(i % 5, i, x[i * d]! * 1e-6);
  return x;
}

/** Runs one; what it found of the numbers' health is for the test to count. */
export function checkProcess(fault: ProcessFault): { readonly jitter: number; readonly gradient: boolean } {
  const { d, n, noise, seed } = fault;
  const kernel = kernelNamed(fault.kernel, d);
  const model: Model = { kernel, noise: noise === 0 ? null : freeNoise };
  const lengths = uniforms(kernel.hyperparameters.length, seed + 1).map((value) => Math.log(0.3 + value) + Math.log(d) / 2);
  const u = noise === 0 ? lengths : Float64Array.of(...lengths, Math.log(noise));
  const x = pointsOf(fault);

  // A function of the kernel's own space with norm B: the posterior mean at the data is off by no more than B sqrt(noise).
  const centres = 4;
  const weights = uniforms(centres, seed + 2).map((value) => value - 0.5);
  const [values, norm] = (() => {
    const own = bound(kernel, { x: uniforms(centres * d, seed + 3), d, m: Math.max(n, centres) }, lengths);
    const [across, within] = [new Float64Array(centres * n), new Float64Array(centres * centres)];
    own.cross(x, n, across);
    own.gram(within, centres);
    const sumOf = (columns: number, matrix: Float64Array, column: number): number =>
      weights.reduce((total, weight, c) => total + weight * matrix[c * columns + column]!, 0);
    const y = Float64Array.from({ length: n }, (_, i) => sumOf(n, across, i));
    const square = weights.reduce((total, weight, c) => total + weight * sumOf(centres, within, c), 0);
    return [y, Math.sqrt(Math.max(0, square))] as const;
  })();
  const data: Data = { x, y: values, d, variance: null };

  const m = 8;
  const process = createProcess(model, { rows: n, queries: m, d });
  expect(process.settle(data, u, 0)).toBe(true);
  const { jitter } = process;
  const prior = new Float64Array(m);
  const z = uniforms(m * d, seed + 4);
  for (let j = 0; j < 3; j++) z.set(x.subarray(((j * 7) % n) * d, ((j * 7) % n) * d + d), j * d);
  z[3 * d] = 30;
  process.priorVariance({ z, m }, prior);
  const largestPrior = prior.reduce((most, value) => Math.max(most, value), 0);
  expect(jitter >= 0 && jitter <= 1.001e-6 * (largestPrior + noise)).toBe(true);

  const [mean, variance] = predict(process, z);
  for (let j = 0; j < m; j++) {
    expect(Number.isFinite(mean[j])).toBe(true);
    expect(variance[j]! >= 0 && variance[j]! <= prior[j]!).toBe(true);
  }
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), norm);
  for (let j = 0; j < 3; j++) {
    const off = Math.abs(mean[j]! - values[(j * 7) % n]!);
    expect(off, "interpolation").toBeLessThanOrEqual(norm * Math.sqrt(noise + jitter) + 1e-7 * size);
    expect(variance[j]!, "variance at data").toBeLessThanOrEqual((noise + jitter) * 1.001 + 1e-12 * prior[j]!);
  }

  const gram = allocate(n * n)[0]!;
  bound(kernel, { x, d, m: 0 }, lengths).gram(gram, n);
  for (let i = 0; i < n; i++) gram[i * n + i] = gram[i * n + i]! + noise + jitter;
  const reciprocal = cholesky(gram, n).kind === "factored" ? reciprocalCondition(gram, n) : 0;

  // The order of the rows is rounding. Where that counts (a pair 1e-8 apart tells of a slope, or does not), both are near the function.
  const reversed = createProcess(model, { rows: n, queries: m, d });
  const order = Array.from({ length: n }, (_, i) => n - 1 - i);
  const turned = {
    ...data,
    x: Float64Array.from(order.flatMap((i) => [...x.subarray(i * d, i * d + d)])),
    y: values.map((_, i) => values[n - 1 - i]!),
  };
  expect(reversed.settle(turned, u, 0)).toBe(true);
  const [otherMean, otherVariance] = predict(reversed, z);
  for (let j = 0; j < m; j++) {
    const apart = Math.abs(otherMean[j]! - mean[j]!);
    if (reciprocal > 1e-8) {
      expect(apart, "order, mean").toBeLessThanOrEqual((1e-14 / reciprocal) * size);
      expect(Math.abs(otherVariance[j]! - variance[j]!), "order, variance").toBeLessThanOrEqual((1e-14 / reciprocal) * prior[j]!);
    } else expect(apart, "order, mean").toBeLessThanOrEqual(norm * (Math.sqrt(variance[j]!) + Math.sqrt(otherVariance[j]!)) + 1e-6 * size);
  }

  // Half of the rows at first, the others appended: to the bit, or refused.
  const half = Math.floor(n / 2);
  const grown = createProcess(model, { rows: n, queries: m, d });
  expect(grown.settle({ ...data, x: x.subarray(0, half * d), y: values.subarray(0, half) }, u, jitter)).toBe(true);
  if (grown.admit(data)) {
    if (grown.jitter === jitter) expect(predict(grown, z)).toEqual([mean, variance]);
  } else expect(jitter).toBe(0);

  // Differences show gradients where the numbers are good for it.
  const smooth = reciprocal > 1e-8;
  // Not on a cusp: matern12 has one at every row.
  const smoothAt = (j: number): boolean =>
    fault.kernel !== "matern12" ||
    values.every((_, i) => squaredDistance(x.subarray(i * d, i * d + d), z.subarray(j * d, j * d + d)) > 1e-6);
  if (smooth) for (const j of [5, 6]) if (smoothAt(j)) checkGradient(process, z.subarray(j * d, j * d + d), d, size + largestPrior);
  return { jitter, gradient: smooth };
}

function predict(process: Process, z: Float64Array): readonly [Float64Array, Float64Array] {
  const m = z.length / process.size.d;
  const [mean, variance] = [new Float64Array(m), new Float64Array(m)];
  process.predict({ z, m }, { mean, variance });
  return [mean, variance];
}

function checkGradient(process: Process, z: Float64Array, d: number, scale: number): void {
  const m = z.length / d;
  const ones = new Float64Array(m).fill(1);
  predict(process, z);
  const pulled = new Float64Array(m * d);
  process.pull({ z, m }, { mean: ones, variance: ones }, pulled);
  const sums = (step: number, f: number): Float64Array => {
    const [mean, variance] = predict(
      process,
      z.map((value, at) => (at % d === f ? value + step : value)),
    );
    return mean.map((value, j) => value + variance[j]!);
  };
  // Richardson's extrapolation: without it the cusps of matern12 next to a point would show.
  const difference = (step: number, f: number): Float64Array => {
    const [above, below] = [sums(step, f), sums(-step, f)];
    return above.map((value, j) => (value - below[j]!) / (2 * step));
  };
  for (let f = 0; f < d; f++) {
    const [wide, narrow] = [difference(2e-5, f), difference(1e-5, f)];
    for (let j = 0; j < m; j++) {
      const wanted = (4 * narrow[j]! - wide[j]!) / 3;
      expect(Math.abs(pulled[j * d + f]! - wanted), "gradient").toBeLessThanOrEqual(1e-6 * Math.max(scale, Math.abs(wanted)));
    }
  }
}
