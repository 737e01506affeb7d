/**
 * Forrester's function with a cheap version, which is half the function plus a slope: A. I. J. Forrester, A. Sóbester and A. J. Keane,
 * "Multi-fidelity optimization via surrogate modelling" (2007), A = 0.5, B = 10, C = -5. The cheap version has its minimum, -9.33, at
 * 0.0924, far from the minimum of the exact function.
 */
import { forrester } from "../classical/forrester.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { twoLevels } from "./twoLevels.ts";

/** Forrester's function on [0, 1]. Level 1 is the cheap version, level 2 the exact one. The minimum is -6.0207. */
export function forresterMf(): MultiFidelityFunction {
  const { bounds, evaluate, optimum, minimisers, minimisersComplete } = forrester();
  return twoLevels({
    id: "forrester-mf",
    title: "Forrester of two fidelities",
    bounds,
    low: (x) => 0.5 * evaluate(x) + 10 * (x[0]! - 0.5) - 5,
    high: evaluate,
    ratio: 1000,
    optimum,
    minimisers,
    minimisersComplete,
    source: "Forrester, Sóbester & Keane 2007",
  });
}
