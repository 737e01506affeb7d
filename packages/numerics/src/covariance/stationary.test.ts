import { describe, expect, it } from "vitest";
import { allocate } from "../wasm/block.ts";
import { familyNumbers, type StationaryFamily } from "./families.ts";
import golden from "./stationary.golden.json" with { type: "json" };
import * as kernels from "./stationary.ts";
import * as twin from "./stationary.twin.ts";

const families = Object.keys(familyNumbers) as StationaryFamily[];
const relative = (value: number, exact: number) => (value === exact ? 0 : Math.abs(value - exact) / Math.abs(exact));

/** Numbers in [-size, size), the same at every run. */
function numbers(length: number, size: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return size * (state / 0x8000_0000);
  });
}

/** Everything the five functions compute of the same points. */
function everything(
  implementation: typeof kernels,
  family: StationaryFamily,
  { n, m, d, stride, size }: Case,
  arrays: (...lengths: number[]) => readonly Float64Array[],
): readonly Float64Array[] {
  const lengths = [n * d, d * m, n * m, n * stride, n * m, n * stride, d, d, d * m, 1];
  const all = arrays(...lengths);
  all.forEach((array, index) => {
    array.set(numbers(lengths[index]!, index < 2 ? size : 1, 17 * n + m + index));
  });
  const [x, z, weights, symmetric, covariance, gram, byScale, byGramScale, byPoint, weighted] = all as Arrays;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) symmetric[j * stride + i] = symmetric[i * stride + j]!;
  implementation.stationaryCovariance(family, x, n, z, m, d, covariance, 2.5);
  implementation.stationaryGram(family, x, n, d, gram, 0.3, stride);
  implementation.stationaryCovarianceScaleGradient(family, x, n, z, m, d, weights, byScale);
  weighted[0] = implementation.stationaryGramScaleGradient(family, x, n, d, symmetric, byGramScale, stride);
  implementation.stationaryPointGradient(family, x, n, z, m, d, weights, byPoint);
  return all;
}

/** Where two lists of arrays differ in any bit but those of NaN: the array, the index and both numbers. */
function differences(some: readonly Float64Array[], others: readonly Float64Array[]): readonly string[] {
  return some.flatMap((array, which) => {
    const other = others[which]!;
    const at = array.findIndex((value, index) => !Object.is(value, other[index]));
    return at < 0 ? [] : [`array ${which}, index ${at}: ${array[at]} and ${other[at]}`];
  });
}

type Case = { readonly n: number; readonly m: number; readonly d: number; readonly stride: number; readonly size: number };
type A = Float64Array;
type Arrays = [A, A, A, A, A, A, A, A, A, A];

const plain = (...lengths: number[]) => lengths.map((length) => new Float64Array(length));
const counts = [0, 1, 2, 3, 4, 5, 7, 8, 33, 66];
const long = [255, 256, 257, 258, 259, 260, 261, 513];
const cases: Case[] = [
  ...counts.flatMap((n) => counts.map((m) => ({ n, m, d: 1 + ((n + m) % 6), stride: n + (m % 3), size: [0.1, 1, 5, 60][(n + m) % 4]! }))),
  ...long.map((n) => ({ n, m: 3, d: 2, stride: n + 1, size: 2 })),
  ...long.map((m) => ({ n: 5, m, d: 3, stride: 5, size: 2 })),
  { n: 9, m: 7, d: 33, stride: 9, size: 0.5 },
  { n: 6, m: 5, d: 0, stride: 6, size: 1 },
];

describe("the SIMD kernels of the stationary covariances", () => {
  it.each(families)("have the bits of the plain loops over awkward sizes, on one block and on separate arrays: %s", (family) => {
    for (const shape of cases) {
      const expected = everything(twin, family, shape, plain);
      expect(differences(everything(kernels, family, shape, allocate), expected), JSON.stringify(shape)).toEqual([]);
      expect(differences(everything(kernels, family, shape, plain), expected), JSON.stringify(shape)).toEqual([]);
    }
  });

  it.each(families)("give column j the same bits whatever its neighbours are: %s", (family) => {
    const [n, m, d] = [37, 301, 4];
    const [x, z, weights] = [numbers(n * d, 2, 1), numbers(d * m, 2, 2), numbers(n * m, 1, 3)];
    const whole = { covariance: new Float64Array(n * m), gradient: new Float64Array(d * m) };
    kernels.stationaryCovariance(family, x, n, z, m, d, whole.covariance, 1.7);
    kernels.stationaryPointGradient(family, x, n, z, m, d, weights, whole.gradient);
    for (const j of [0, 1, 2, 99, 255, 256, 299, 300]) {
      const column = (matrix: Float64Array, rows: number) => Float64Array.from({ length: rows }, (_, i) => matrix[i * m + j]!);
      const alone = { covariance: new Float64Array(n), gradient: new Float64Array(d) };
      kernels.stationaryCovariance(family, x, n, column(z, d), 1, d, alone.covariance, 1.7);
      kernels.stationaryPointGradient(family, x, n, column(z, d), 1, d, column(weights, n), alone.gradient);
      expect(alone.covariance, `column ${j}`).toEqual(column(whole.covariance, n));
      expect(alone.gradient, `column ${j}`).toEqual(column(whole.gradient, d));
    }
  });

  it("give the Gram matrix of some points as a part of that of more points", () => {
    const [n, more, d] = [70, 91, 3];
    const x = numbers(more * d, 2, 5);
    const [part, whole] = [new Float64Array(n * n), new Float64Array(more * more)];
    kernels.stationaryGram("matern52", x, n, d, part, 1);
    kernels.stationaryGram("matern52", x, more, d, whole, 1);
    for (let i = 0; i < n; i++) expect(whole.slice(i * more, i * more + n)).toEqual(part.slice(i * n, i * n + n));
  });

  it("leave what lies between the rows of a wider matrix alone", () => {
    const out = new Float64Array(7 * 9).fill(-3);
    kernels.stationaryGram("matern32", numbers(14, 1, 9), 7, 2, out, 1, 9);
    expect(Array.from({ length: 14 }, (_, at) => out[Math.floor(at / 2) * 9 + 7 + (at % 2)])).toEqual(new Array(14).fill(-3));
  });

  it("do not read the weights above the diagonal of a symmetric matrix", () => {
    const weights = new Float64Array(81).fill(NaN);
    for (let i = 0; i < 9; i++) weights.fill(i, i * 9, i * 9 + i + 1);
    const out = new Float64Array(2);
    const sum = kernels.stationaryGramScaleGradient("matern52", numbers(18, 1, 4), 9, 2, weights, out);
    expect([sum, ...out].every((one) => one > 0)).toBe(true);
  });
});

describe("the stationary covariances", () => {
  it("agree with mpmath's values to 1e-15, and to the rounding of the distance where they are small", () => {
    expect(golden.length).toBe(96);
    for (const { family, x, z, value, byCoordinate, byLogLengthscale } of golden) {
      const d = x.length;
      const [from, to] = [Float64Array.from(x), Float64Array.from(z)];
      const [k, coordinate, lengthscale] = [new Float64Array(1), new Float64Array(d), new Float64Array(d)];
      kernels.stationaryCovariance(family as StationaryFamily, from, 1, to, 1, d, k, 1);
      kernels.stationaryPointGradient(family as StationaryFamily, from, 1, to, 1, d, Float64Array.of(1), coordinate);
      kernels.stationaryCovarianceScaleGradient(family as StationaryFamily, from, 1, to, 1, d, Float64Array.of(1), lengthscale);
      // An error of some epsilon in u is one of u epsilon in e^-u; u is at most 2.3 r and, for the square, r^2 / 2.
      const r2 = x.reduce((sum, coordinate, index) => sum + (coordinate - z[index]!) ** 2, 0);
      const tolerance = 1e-15 * (1 + (family === "squaredExponential" ? r2 : Math.sqrt(r2)));
      expect(relative(k[0]!, value), `${family} ${x}`).toBeLessThanOrEqual(tolerance);
      expect(relative(coordinate[0]!, byCoordinate), `${family} ${x}`).toBeLessThanOrEqual(2 * tolerance);
      expect(relative(lengthscale[0]!, byLogLengthscale), `${family} ${x}`).toBeLessThanOrEqual(2 * tolerance);
    }
  });

  it.each(families)("have the derivatives that central differences show: %s", (family) => {
    const [n, m, d] = [6, 5, 3];
    const [x, z, weights] = [numbers(n * d, 1, 11), numbers(d * m, 1, 12), numbers(n * m, 1, 13)];
    const weighted = (points: Float64Array, at: Float64Array) => {
      const k = new Float64Array(n * m);
      kernels.stationaryCovariance(family, points, n, at, m, d, k, 1);
      return k.reduce((sum, value, index) => sum + weights[index]! * value, 0);
    };
    const [byScale, byPoint] = [new Float64Array(d), new Float64Array(d * m)];
    kernels.stationaryCovarianceScaleGradient(family, x, n, z, m, d, weights, byScale);
    kernels.stationaryPointGradient(family, x, n, z, m, d, weights, byPoint);
    const step = 1e-6;
    for (let k = 0; k < d; k++) {
      const scaled = (by: number) =>
        weighted(
          x.map((value, at) => (at % d === k ? value / Math.exp(by) : value)),
          z.map((value, at) => (Math.floor(at / m) === k ? value / Math.exp(by) : value)),
        );
      expect(Math.abs(byScale[k]! - (scaled(step) - scaled(-step)) / (2 * step))).toBeLessThan(1e-6);
    }
    for (let at = 0; at < d * m; at++) {
      const moved = (by: number) =>
        weighted(
          x,
          z.map((value, index) => (index === at ? value + by : value)),
        );
      expect(Math.abs(byPoint[at]! - (moved(step) - moved(-step)) / (2 * step))).toBeLessThan(1e-6);
    }
  });

  it.each(families)("sum over the Gram matrix as over all pairs: %s", (family) => {
    const [n, d] = [11, 3];
    const x = numbers(n * d, 1, 21);
    const z = Float64Array.from(x, (_, at) => x[(at % n) * d + Math.floor(at / n)]!);
    const weights = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) weights[i * n + j] = Math.cos(i * j + i + j);
    const [half, all] = [new Float64Array(d), new Float64Array(d)];
    const sum = kernels.stationaryGramScaleGradient(family, x, n, d, weights, half);
    kernels.stationaryCovarianceScaleGradient(family, x, n, z, n, d, weights, all);
    for (let k = 0; k < d; k++) expect(Math.abs(half[k]! - all[k]!)).toBeLessThan(1e-13);
    const gram = new Float64Array(n * n);
    kernels.stationaryGram(family, x, n, d, gram, 1);
    const wanted = gram.reduce((total, value, at) => total + value * weights[at]!, 0);
    expect(Math.abs(sum - wanted)).toBeLessThan(1e-13);
  });

  it.each(families)("are 0, and their derivatives too, at distances of 1e3 to 1e150: %s", (family) => {
    for (const far of [1e3, 1e10, 1e150]) {
      const [k, byScale, byPoint] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
      const [x, z, one] = [Float64Array.of(far), Float64Array.of(-0.5), Float64Array.of(1)];
      kernels.stationaryCovariance(family, x, 1, z, 1, 1, k, 1);
      kernels.stationaryCovarianceScaleGradient(family, x, 1, z, 1, 1, one, byScale);
      kernels.stationaryPointGradient(family, x, 1, z, 1, 1, one, byPoint);
      expect([...k, ...byScale, ...byPoint]).toEqual([0, 0, 0]);
    }
  });

  it("take the derivative of matern12 to be 0 where points meet", () => {
    const [byScale, byPoint] = [new Float64Array(1), new Float64Array(1)];
    kernels.stationaryCovarianceScaleGradient("matern12", Float64Array.of(2), 1, Float64Array.of(2), 1, 1, Float64Array.of(1), byScale);
    kernels.stationaryPointGradient("matern12", Float64Array.of(2), 1, Float64Array.of(2), 1, 1, Float64Array.of(1), byPoint);
    expect([...byScale, ...byPoint]).toEqual([0, 0]);
  });

  it("are NaN where a coordinate is NaN, and there only", () => {
    const out = new Float64Array(9);
    kernels.stationaryGram("matern32", Float64Array.of(0, NaN, 1), 3, 1, out, 1);
    expect([...out].map(Number.isNaN)).toEqual([false, true, false, true, true, true, false, true, false]);
  });

  it("refuse arrays that are too short", () => {
    const [x, z, out] = [new Float64Array(6), new Float64Array(8), new Float64Array(12)];
    expect(() => kernels.stationaryCovariance("matern32", x, 3, z, 5, 2, out, 1)).toThrow(RangeError);
    expect(() => kernels.stationaryCovariance("matern32", x, 3, z, 4, 2, out.subarray(1), 1)).toThrow(RangeError);
    expect(() => kernels.stationaryGram("matern32", x, 3, 2, out, 1, 2)).toThrow(RangeError);
    expect(() => kernels.stationaryGramScaleGradient("matern32", x, 3, 2, z, out)).toThrow(RangeError);
    expect(() => kernels.stationaryPointGradient("matern32", x, 3, z, 4, 2, out, x)).toThrow(RangeError);
  });
});
