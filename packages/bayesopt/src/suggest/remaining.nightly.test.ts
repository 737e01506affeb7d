/**
 * The probabilities of `remainingOf` are right where its assumptions are: the objective is a draw from the process itself, whose
 * hyperparameters are known.
 */
import { createSpace, derive, real, root } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { exact, processAt, somePoints } from "../../testing/problemModels.ts";
import { quasiNormals } from "../acquisition/jointDraws.ts";
import { coordinatesOf, featuresOf } from "../features.ts";
import { landscapeOf } from "../search/acquire.ts";
import { rank } from "../search/maximise.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { remainingOf } from "./remaining.ts";

const [grid, measured, functions] = [200, 5, 600];

it.each([
  [1, 0.15],
  [2, 0.35],
])("stated probabilities come true as often as they say, with %d parameters", (d, length) => {
  const features = featuresOf(createSpace(Object.fromEntries(Array.from({ length: d }, (_, axis) => [`x${axis}`, real(0, 1)]))));
  const units = somePoints(features, grid, 3);
  const prior = processAt(features, [], [], { length });
  prior.imagine(coordinatesOf(features, units), grid, false);
  const values = quasiNormals(functions, grid, root("functions"));
  prior.drawInPlace(values, functions, new Float64Array(grid));

  const stated = Array.from({ length: functions }, (_, index) => {
    const f = values.subarray(index * grid, (index + 1) * grid);
    const known = units.slice(0, measured);
    const y = [...f.subarray(0, measured)];
    const process = processAt(features, known, y, { length });
    const z = Float64Array.from(y);
    const identity = { ...outputWarps(z)[0]!, inverse: (at: number) => at };
    const model: ProblemModel = {
      features,
      units: known,
      choice: exact,
      values: { warp: identity, z, variance: null, mean: 0, sd: 1, logJacobian: 0 },
      ensemble: { processes: [process], logLengthscales: Array.from({ length: d }, () => Math.log(length)) },
      noisy: false,
      standing: z,
      conditions: [],
      feasible: y.map(() => true),
      evaluations: 0,
    };
    const landscape = landscapeOf(model, { acquisition: "logEI", exploring: 0, pending: [], key: root(1) });
    const ranked = rank(landscape, units.slice(measured));
    const remaining = remainingOf(model, { ranked, pending: [], cost: null, key: derive(root("remaining"), index) })!;
    const best = Math.min(...y);
    return { ...remaining, gain: Math.max(0, best - Math.min(...f)) };
  });

  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one / list.length, 0);
  const gained = mean(stated.map(({ gain, beyond }) => (gain > beyond ? 1 : 0)));
  const expected = mean(stated.map((one) => one.expected)) / mean(stated.map(({ gain }) => gain));
  expectWithin(mean(stated.map(({ probability }) => probability)), gained);
  expect(expected).toBeGreaterThan(0.88);
  expect(expected).toBeLessThan(1.05);
  stated[0]!.quantiles.forEach(([level], at) => {
    expectWithin(mean(stated.map(({ gain, quantiles }) => (gain <= quantiles[at]![1] ? 1 : 0))), level);
  });
});

/**
 * Three standard errors of a share of all functions. Below, 0.03 more: gains are estimated from below, because `remainingOf` looks at 32 of
 * the 195 points that are left. (It is not the constant mean, which the process estimates: functions with random means give the same.)
 */
function expectWithin(share: number, goal: number): void {
  const error = 3 * Math.sqrt((goal * (1 - goal)) / functions);
  expect(share - goal).toBeLessThan(error);
  expect(share - goal).toBeGreaterThan(-error - 0.03);
}
