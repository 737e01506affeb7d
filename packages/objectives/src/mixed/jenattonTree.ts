/**
 * A tree of conditions. Three binary parameters, of which two are active at a time, choose one of four leaves. Each leaf has its own
 * coordinate, and the two leaves of a branch share another one. R. Jenatton, C. Archambeau, J. González and M. Seeger, "Bayesian
 * optimization with tree-structured dependencies" (2017), section 5.1: the value is x^2 + 0.1 + r in the leaf with coordinate x and shared
 * coordinate r. All four leaves attain 0.1.
 */
import { type Config, checkConfig, choice, createSpace, given, real } from "@caviar-hpo/core";
import type { MixedFunction } from "./mixedFunction.ts";

/** The tree of conditions of Jenatton et al. The minimum is 0.1, at four configurations. */
export function jenattonTree(): MixedFunction {
  return {
    id: "jenatton-tree",
    title: "Jenatton's tree",
    space,
    evaluate,
    optimum: { value: 0.1, tolerance: 0 },
    minimisers: [
      { x1: 0, x2: 0, x4: 0, r8: 0 },
      { x1: 0, x2: 1, x5: 0, r8: 0 },
      { x1: 1, x3: 0, x6: 0, r9: 0 },
      { x1: 1, x3: 1, x7: 0, r9: 0 },
    ],
    minimisersComplete: true,
    source: "Jenatton, Archambeau, González & Seeger 2017",
  };
}

const space = createSpace([
  ["x1", choice([0, 1])],
  ["x2", given("x1", [0], choice([0, 1]))],
  ["x3", given("x1", [1], choice([0, 1]))],
  ["x4", given("x2", [0], real(-1, 1))],
  ["x5", given("x2", [1], real(-1, 1))],
  ["x6", given("x3", [0], real(-1, 1))],
  ["x7", given("x3", [1], real(-1, 1))],
  ["r8", given("x1", [0], real(0, 1))],
  ["r9", given("x1", [1], real(0, 1))],
]);

function evaluate(config: Config): number {
  const active = checkConfig(space, config);
  const x = (active.x4 ?? active.x5 ?? active.x6 ?? active.x7) as number;
  const shared = (active.r8 ?? active.r9) as number;
  return x * x + 0.1 + shared;
}
