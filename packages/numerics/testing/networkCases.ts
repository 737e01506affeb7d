/**
 * Every operation of networks as a row of a table, so that one test can run them all: which arrays it takes at which lengths, and the call.
 */

import type { Numbers, Operations } from "../src/network/operations.ts";

export type Shape = { readonly m: number; readonly k: number; readonly n: number };

export type NetworkCase = {
  readonly name: string;
  readonly lengths: (shape: Shape) => readonly number[];
  /** The array, if any, that holds classes below n. */
  readonly labels?: number;
  /** `numbers` are six that the call may use as rates and the like. */
  readonly run: (operations: Operations, arrays: readonly Numbers[], shape: Shape, numbers: readonly number[]) => unknown;
};

const matrices =
  (count: number, rows: number) =>
  ({ m, n }: Shape): readonly number[] => [...Array<number>(count).fill(m * n), ...Array<number>(rows).fill(n)];

const names = ["relu", "leakyRelu", "tanh", "sigmoid", "gelu"] as const;

export const networkCases: readonly NetworkCase[] = [
  {
    name: "multiply",
    lengths: ({ m, k, n }) => [m * n, m * k, k * n],
    run: (of, [c, a, b], { m, k, n }) => of.multiply(c!, a!, b!, m, k, n),
  },
  {
    name: "multiplyLeftTransposed",
    lengths: ({ m, k, n }) => [m * n, k * m, k * n],
    run: (of, [c, a, b], { m, k, n }) => of.multiplyLeftTransposed(c!, a!, b!, m, k, n),
  },
  {
    name: "multiplyRightTransposed",
    lengths: ({ m, k, n }) => [m * n, m * k, n * k],
    run: (of, [c, a, b], { m, k, n }) => of.multiplyRightTransposed(c!, a!, b!, m, k, n),
  },
  { name: "addRow", lengths: matrices(1, 1), run: (of, [x, row], { m, n }) => of.addRow(x!, row!, m, n) },
  { name: "sumRows", lengths: matrices(1, 1), run: (of, [x, out], { m, n }) => of.sumRows(out!, x!, m, n) },
  { name: "moments", lengths: matrices(1, 2), run: (of, [x, mean, variance], { m, n }) => of.moments(mean!, variance!, x!, m, n) },
  {
    name: "normalise",
    lengths: matrices(3, 4),
    run: (of, [y, xHat, x, mean, variance, gamma, beta], { m, n }, [epsilon]) =>
      of.normalise(y!, xHat!, x!, mean!, variance!, gamma!, beta!, epsilon!, m, n),
  },
  {
    name: "normalise, y in the place of x",
    lengths: matrices(2, 4),
    run: (of, [x, xHat, mean, variance, gamma, beta], { m, n }, [epsilon]) =>
      of.normalise(x!, xHat!, x!, mean!, variance!, gamma!, beta!, epsilon!, m, n),
  },
  {
    name: "normalise, xHat in the place of x",
    lengths: matrices(2, 4),
    run: (of, [x, y, mean, variance, gamma, beta], { m, n }, [epsilon]) =>
      of.normalise(y!, x!, x!, mean!, variance!, gamma!, beta!, epsilon!, m, n),
  },
  {
    name: "normaliseBackward",
    lengths: matrices(3, 4),
    run: (of, [dx, dy, xHat, variance, gamma, dGamma, dBeta], { m, n }, [epsilon]) =>
      of.normaliseBackward(dx!, dGamma!, dBeta!, dy!, xHat!, variance!, gamma!, epsilon!, m, n),
  },
  {
    name: "normaliseBackward in place",
    lengths: matrices(2, 4),
    run: (of, [dx, xHat, variance, gamma, dGamma, dBeta], { m, n }, [epsilon]) =>
      of.normaliseBackward(dx!, dGamma!, dBeta!, dx!, xHat!, variance!, gamma!, epsilon!, m, n),
  },
  ...names.flatMap((name): NetworkCase[] => [
    { name, lengths: matrices(2, 0), run: (of, [y, x], { m, n }) => of.activate(name, y!, x!, m * n) },
    { name: `${name} in place`, lengths: matrices(1, 0), run: (of, [x], { m, n }) => of.activate(name, x!, x!, m * n) },
    {
      name: `the derivative of ${name}`,
      lengths: matrices(3, 0),
      run: (of, [dx, dy, x], { m, n }) => of.activateBackward(name, dx!, dy!, x!, m * n),
    },
    {
      name: `the derivative of ${name} in place`,
      lengths: matrices(2, 0),
      run: (of, [dx, x], { m, n }) => of.activateBackward(name, dx!, dx!, x!, m * n),
    },
  ]),
  ...[0, 0.3, 0.5, 0.999999].map(
    (rate): NetworkCase => ({
      name: `dropout at rate ${rate}`,
      lengths: matrices(1, 0),
      run: (of, [x], { m, k, n }) => of.dropout(x!, rate, [k * 0x9e3779b9, m - 1], m * n),
    }),
  ),
  {
    name: "softmaxCrossEntropy",
    lengths: ({ m, n }) => [m * n, m * n, n === 0 ? 0 : m],
    labels: 2,
    run: (of, [dLogits, logits, labels], { m, n }) => of.softmaxCrossEntropy(dLogits!, logits!, labels!, n === 0 ? 0 : m, n),
  },
  {
    name: "softmaxCrossEntropy in place",
    lengths: ({ m, n }) => [m * n, n === 0 ? 0 : m],
    labels: 1,
    run: (of, [logits, labels], { m, n }) => of.softmaxCrossEntropy(logits!, logits!, labels!, n === 0 ? 0 : m, n),
  },
  { name: "squaredError", lengths: matrices(3, 0), run: (of, [dy, y, targets], { m, n }) => of.squaredError(dy!, y!, targets!, m, n) },
  { name: "squaredError in place", lengths: matrices(2, 0), run: (of, [y, targets], { m, n }) => of.squaredError(y!, y!, targets!, m, n) },
  { name: "addScaled", lengths: matrices(2, 0), run: (of, [g, w], { m, n }, [lambda]) => of.addScaled(g!, w!, lambda!, m * n) },
  { name: "descend", lengths: matrices(2, 0), run: (of, [w, g], { m, n }, [rate]) => of.descend(w!, g!, rate!, m * n) },
  {
    name: "descendMomentum",
    lengths: matrices(3, 0),
    run: (of, [w, g, v], { m, n }, [rate, beta, weight]) => of.descendMomentum(w!, g!, v!, rate!, beta!, weight!, m * n),
  },
  {
    name: "descendRmsProp",
    lengths: matrices(3, 0),
    run: (of, [w, g, s], { m, n }, [rate, beta, epsilon]) => of.descendRmsProp(w!, g!, s!, rate!, beta!, epsilon!, m * n),
  },
  {
    name: "descendAdam",
    lengths: matrices(4, 0),
    run: (of, [w, g, mean, square], { m, n }, [rate, beta1, beta2, epsilon, correction1, correction2]) =>
      of.descendAdam(w!, g!, mean!, square!, rate!, beta1!, beta2!, epsilon!, correction1!, correction2!, m * n),
  },
];

/**
 * Numbers in [-1, 1) of several sizes, of which the given share is replaced by what arithmetic stumbles over; the same for the same seed.
 */
export function ugly(out: Numbers, seed: number, share: number): void {
  let state = Math.imul(seed + 1, 747796405);
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
  const size = [1, 1, 10, 1e-3][Math.floor(draw() * 4)]!;
  for (let i = 0; i < out.length; i++) {
    out[i] = draw() < share ? STUMBLES[Math.floor(draw() * STUMBLES.length)]! : size * (2 * draw() - 1);
  }
}

const STUMBLES = [
  ...[0, -0, Infinity, -Infinity, NaN, 1e-45, -1e-45, 1e-40, -1e-39, 1.2e-38, 1e-30, -1e-20, 3.4e38, -3.4e38, 1e30, -1e19, 1e19],
  ...[
    1,
    -1,
    0.0625,
    -0.0625,
    0.06249999,
    88.7,
    -87.4,
    89,
    -104,
    -103.9,
    -14,
    -14.2,
    15,
    -14.9,
    -20,
    13,
    16777217,
    2 ** -28,
    -(2 ** -29),
    54.9,
    -55.1,
  ],
];
