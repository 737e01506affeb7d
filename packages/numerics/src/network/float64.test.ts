/** Each operation in double against its formula, written out again, and each gradient against central differences. */

import { describe, expect, it } from "vitest";
import { noise } from "../../testing/matrices.ts";
import golden from "./batchNorm.golden.json" with { type: "json" };
import type { ActivationName, Numbers } from "./operations.ts";
import { float64Operations as of } from "./plain.ts";

type Matrix = readonly (readonly number[])[];
const shapes = [
  [1, 1, 1],
  [2, 3, 4],
  [7, 5, 9],
  [33, 6, 13],
] as const;

const names: readonly ActivationName[] = ["relu", "leakyRelu", "tanh", "sigmoid", "gelu"];

function drawn(seed: number, ...lengths: readonly number[]): Float64Array[] {
  return lengths.map((length, index) => {
    const array = new Float64Array(length);
    noise(array, 100 * seed + index);
    return array;
  });
}

function matrixOf(x: Numbers, rows: number, columns: number): Matrix {
  return Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * columns, (i + 1) * columns)));
}

const transpose = (x: Matrix): Matrix => (x[0] ?? []).map((_, j) => x.map((row) => row[j]!));
const sum = (x: readonly number[]): number => x.reduce((total, value) => total + value, 0);
const mean = (x: readonly number[]): number => sum(x) / x.length;
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => transpose(b).map((column) => sum(row.map((value, k) => value * column[k]!))));

/** Within 1e-12 of the largest wanted. */
function expectClose(got: Numbers | readonly number[], wanted: Numbers | readonly number[], tolerance = 1e-12): void {
  expect(got.length).toBe(wanted.length);
  const scale = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
  for (const [i, value] of Array.from(wanted).entries()) expect(Math.abs(got[i]! - value) / scale).toBeLessThan(tolerance);
}

/** The derivative of `loss` by each element of x, by central differences. */
function slopes(x: Float64Array, loss: () => number): number[] {
  const h = 1e-5;
  return Array.from(x, (value, i) => {
    x[i] = value + h;
    const above = loss();
    x[i] = value - h;
    const below = loss();
    x[i] = value;
    return (above - below) / (2 * h);
  });
}

/** The distance of two gradients, relative to their lengths. */
function gap(got: Numbers, wanted: readonly number[]): number {
  const length = (x: readonly number[]): number => Math.sqrt(sum(x.map((value) => value * value)));
  return length(wanted.map((value, i) => got[i]! - value)) / (length(Array.from(got)) + length(wanted) + 1e-300);
}

const dot = (x: Numbers, y: Numbers): number => sum(Array.from(x, (value, i) => value * y[i]!));

describe.each(shapes)("for m = %i, k = %i, n = %i", (m, k, n) => {
  it("the products are those of the definition", () => {
    const [a, b, left, right, c] = drawn(1, m * k, k * n, k * m, n * k, m * n) as [Numbers, Numbers, Numbers, Numbers, Numbers];
    of.multiply(c, a, b, m, k, n);
    expectClose(c, times(matrixOf(a, m, k), matrixOf(b, k, n)).flat());
    of.multiplyLeftTransposed(c, left, b, m, k, n);
    expectClose(c, times(transpose(matrixOf(left, k, m)), matrixOf(b, k, n)).flat());
    of.multiplyRightTransposed(c, a, right, m, k, n);
    expectClose(c, times(matrixOf(a, m, k), transpose(matrixOf(right, n, k))).flat());
  });

  it("rows are added and summed", () => {
    const [x, row, out] = drawn(2, m * n, n, n) as [Numbers, Numbers, Numbers];
    const before = matrixOf(x, m, n);
    of.addRow(x, row, m, n);
    expectClose(
      x,
      before.flatMap((one) => one.map((value, j) => value + row[j]!)),
    );
    of.sumRows(out, x, m, n);
    expectClose(out, transpose(matrixOf(x, m, n)).map(sum));
  });

  it("moments are the mean and the mean squared deviation of each column", () => {
    const [x, centre, variance] = drawn(3, m * n, n, n) as [Numbers, Numbers, Numbers];
    of.moments(centre, variance, x, m, n);
    const columns = transpose(matrixOf(x, m, n));
    expectClose(centre, columns.map(mean));
    expectClose(
      variance,
      columns.map((column) => mean(column.map((value) => (value - mean(column)) ** 2))),
    );
  });

  it("normalising standardises, scales and shifts each column", () => {
    const [x, y, xHat, gamma, beta, centre, variance] = drawn(4, m * n, m * n, m * n, n, n, n, n) as [
      Numbers,
      Numbers,
      Numbers,
      Numbers,
      Numbers,
      Numbers,
      Numbers,
    ];
    variance.forEach((value, j) => {
      variance[j] = value * value;
    });
    of.normalise(y, xHat, x, centre, variance, gamma, beta, 1e-3, m, n);
    const wanted = matrixOf(x, m, n).map((row) => row.map((value, j) => (value - centre[j]!) / Math.sqrt(variance[j]! + 1e-3)));
    expectClose(xHat, wanted.flat());
    expectClose(
      y,
      wanted.flatMap((row) => row.map((value, j) => gamma[j]! * value + beta[j]!)),
    );
  });

  it("the gradients of the products are the transposed products", () => {
    const [a, b, c, weights, da, db] = drawn(5, m * k, k * n, m * n, m * n, m * k, k * n) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const loss = (): number => {
      of.multiply(c, a, b, m, k, n);
      return dot(c, weights);
    };
    of.multiplyRightTransposed(da, weights, b, m, n, k);
    of.multiplyLeftTransposed(db, a, weights, k, m, n);
    expect(gap(da, slopes(a, loss))).toBeLessThan(1e-7);
    expect(gap(db, slopes(b, loss))).toBeLessThan(1e-7);
  });

  it("the gradients of batch normalisation agree with central differences", () => {
    const [x, gamma, beta, weights] = drawn(6, m * n, n, n, m * n) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const [y, xHat, centre, variance, dx, dGamma, dBeta] = of.allocate(m * n, m * n, n, n, m * n, n, n) as readonly Numbers[];
    const loss = (): number => {
      of.moments(centre!, variance!, x, m, n);
      of.normalise(y!, xHat!, x, centre!, variance!, gamma, beta, 0.1, m, n);
      return dot(y!, weights);
    };
    loss();
    of.normaliseBackward(dx!, dGamma!, dBeta!, weights, xHat!, variance!, gamma, 0.1, m, n);
    // With one row the output is beta whatever x is: both gradients are zero but for rounding.
    if (m === 1) expect(dx!.every((value) => value === 0)).toBe(true);
    else expect(gap(dx!, slopes(x, loss))).toBeLessThan(1e-7);
    if (m > 1) expect(gap(dGamma!, slopes(gamma, loss))).toBeLessThan(1e-7);
    expect(gap(dBeta!, slopes(beta, loss))).toBeLessThan(1e-7);
    // The identities of the formula: what is subtracted leaves columns that sum to zero.
    for (const column of transpose(matrixOf(dx!, m, n))) expect(Math.abs(sum(column))).toBeLessThan(1e-12);
  });

  it("the losses are those of the definitions, and their gradients agree with central differences", () => {
    const [z, dz, targets] = drawn(7, m * n, m * n, m * n) as [Float64Array, Float64Array, Float64Array];
    const labels = Float64Array.from({ length: m }, (_, i) => (i * 7) % n);
    const crossEntropy = (): number => of.softmaxCrossEntropy(new Float64Array(m * n), z, labels, m, n);
    const logits = matrixOf(z, m, n);
    const direct = logits.map((row, i) => -Math.log(Math.exp(row[labels[i]!]!) / sum(row.map(Math.exp))));
    expectClose([of.softmaxCrossEntropy(dz, z, labels, m, n) + 1], [mean(direct) + 1]);
    if (n > 1) expect(gap(dz, slopes(z, crossEntropy))).toBeLessThan(1e-7);
    else expect(dz.every((value) => value === 0)).toBe(true);
    const distance = (): number => of.squaredError(new Float64Array(m * n), z, targets, m, n);
    const squares = Array.from(z, (value, i) => (value - targets[i]!) ** 2);
    expectClose([of.squaredError(dz, z, targets, m, n)], [sum(squares) / (2 * m)]);
    expect(gap(dz, slopes(z, distance))).toBeLessThan(1e-7);
  });
});

describe("activations", () => {
  // None of them at the kink.
  const x = Float64Array.from({ length: 81 }, (_, i) => (i - 40.3) / 8);
  const y = new Float64Array(81);
  /** erf by its series, summed until it stands still: sqrt(pi) / 2 erf(x) = x - x^3 / 3 + x^5 / (5 2!) - ... */
  const erf = (value: number): number => {
    let [term, total] = [value, value];
    for (let k = 1; k < 200; k++) {
      term *= (-value * value) / k;
      total += term / (2 * k + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * total;
  };
  const definitions: Readonly<Record<ActivationName, (value: number) => number>> = {
    relu: (value) => Math.max(value, 0),
    leakyRelu: (value) => (value > 0 ? value : 0.01 * value),
    tanh: Math.tanh,
    sigmoid: (value) => 1 / (1 + Math.exp(-value)),
    gelu: (value) => (value / 2) * (1 + erf(value / Math.SQRT2)),
  };

  it.each(names)("%s is what it is by definition, and its derivative agrees with central differences", (name) => {
    of.activate(name, y, x, 81);
    // The alternating series of erf loses six digits at x = 5.
    expectClose(y, Array.from(x, definitions[name]), name === "gelu" ? 1e-9 : 1e-12);
    const dy = x.map((value) => Math.cos(value));
    const dx = new Float64Array(81);
    of.activateBackward(name, dx, dy, x, 81);
    const loss = (): number => {
      of.activate(name, y, x, 81);
      return dot(y, dy);
    };
    expect(gap(dx, slopes(x, loss))).toBeLessThan(1e-7);
  });

  it("have the derivatives 0 and 0.01 at the kinks of relu and leakyRelu", () => {
    const [dx, one] = [new Float64Array(2), Float64Array.of(1, 1)];
    of.activateBackward("relu", dx, one, Float64Array.of(0, -0), 2);
    expect([...dx]).toEqual([0, 0]);
    of.activateBackward("leakyRelu", dx, one, Float64Array.of(0, -0), 2);
    expect([...dx]).toEqual([0.01, 0.01]);
  });

  it.each(names)("%s passes NaN on, so that who diverges is seen to", (name) => {
    of.activate(name, y, Float64Array.of(NaN), 1);
    expect(y[0]).toBeNaN();
  });

  it("saturate to 0 and 1, -1 and 1, at the infinities and far out", () => {
    for (const far of [800, Infinity]) {
      of.activate("sigmoid", y, Float64Array.of(-far, far), 2);
      expect([y[0]! < 1e-300, y[1]]).toEqual([true, 1]);
      of.activate("tanh", y, Float64Array.of(-far, far), 2);
      expect([y[0], y[1]]).toEqual([-1, 1]);
    }
    of.activate("gelu", y, Float64Array.of(-800, 800), 2);
    expect([y[0], y[1]]).toEqual([-0, 800]);
  });
});

describe("batch normalisation", () => {
  it("gives the golden values within 1e-12", () => {
    const [y, xHat, dx] = [new Float64Array(12), new Float64Array(12), new Float64Array(12)];
    const [centre, variance, dGamma, dBeta] = [new Float64Array(3), new Float64Array(3), new Float64Array(3), new Float64Array(3)];
    const [x, gamma] = [Float64Array.from(golden.x), Float64Array.from(golden.gamma)];
    of.moments(centre, variance, x, 4, 3);
    of.normalise(y, xHat, x, centre, variance, gamma, Float64Array.from(golden.beta), golden.epsilon, 4, 3);
    of.normaliseBackward(dx, dGamma, dBeta, Float64Array.from(golden.dy), xHat, variance, gamma, golden.epsilon, 4, 3);
    const got = { mean: centre, variance, y, dGamma, dBeta, dx };
    for (const [name, values] of Object.entries(got)) {
      for (const [i, wanted] of golden[name as keyof typeof got].entries()) expect(Math.abs(values[i]! - wanted)).toBeLessThan(1e-12);
    }
  });

  it("leaves a constant column at beta, with finite gradients", () => {
    const [y, xHat, dx] = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
    const [centre, variance, dGamma, dBeta] = [new Float64Array(1), new Float64Array(1), new Float64Array(1), new Float64Array(1)];
    of.moments(centre, variance, Float64Array.of(7, 7, 7), 3, 1);
    of.normalise(y, xHat, Float64Array.of(7, 7, 7), centre, variance, Float64Array.of(2), Float64Array.of(0.5), 1e-5, 3, 1);
    expect([...y]).toEqual([0.5, 0.5, 0.5]);
    of.normaliseBackward(dx, dGamma, dBeta, Float64Array.of(1, 2, 3), xHat, variance, Float64Array.of(2), 1e-5, 3, 1);
    expect(dx.every(Number.isFinite)).toBe(true);
    expect([dGamma[0], dBeta[0]]).toEqual([0, 6]);
  });
});

describe("softmax cross-entropy", () => {
  it("overflows nowhere: logits of 1000 and -1000 cost 0 or 2000", () => {
    const dz = new Float64Array(2);
    expect(of.softmaxCrossEntropy(dz, Float64Array.of(1000, -1000), Float64Array.of(0), 1, 2)).toBe(0);
    expect([...dz]).toEqual([0, 0]);
    expect(of.softmaxCrossEntropy(dz, Float64Array.of(1000, -1000), Float64Array.of(1), 1, 2)).toBe(2000);
    expect([...dz]).toEqual([1, -1]);
  });

  it("is log n where all logits are equal", () => {
    const loss = of.softmaxCrossEntropy(new Float64Array(20), new Float64Array(20), Float64Array.of(3, 7), 2, 10);
    expect(loss).toBeCloseTo(Math.log(10), 14);
  });
});
