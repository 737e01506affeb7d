import { createSpace, derive, real, root, stream } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { featuresOf } from "../features.ts";
import type { Data } from "../model/data.ts";
import { newChoiceState } from "./choiceState.ts";
import { choose } from "./choose.ts";

const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1), c: real(0, 1) }));
const allowed = { families: ["squaredExponential"], warps: ["identity"], noises: ["none"], inputs: ["none"] } as const;

/** Points of a sphere without noise: the likelihood rises slowly with ever longer lengthscales. */
function sphere(n: number): Data {
  const source = stream(derive(root("score"), "points"));
  const x = Float64Array.from({ length: 3 * n }, source.uniform);
  const y = Float64Array.from({ length: n }, (_, row) => [0, 1, 2].reduce((sum, at) => sum + (x[3 * row + at]! - 0.4) ** 2, 0));
  return { x, y, d: 3, variance: null };
}

/** Evaluations of the likelihood when three values are new. */
function evaluationsAt(n: number): number {
  const state = newChoiceState();
  const cache = new Map();
  choose({ features, data: sphere(n - 3), allowed, key: root("first") }, state, cache);
  return choose({ features, data: sphere(n), allowed, key: root("second") }, state, cache);
}

it("with up to 60 values, a fit uses its evaluations; with more, it ends when an iteration gains little", () => {
  expect(evaluationsAt(60)).toBeGreaterThan(10);
  expect(evaluationsAt(61)).toBeLessThan(8);
});
