/**
 * Forrester's function with its cheap stand-in, half the function and a slope: A. I. J. Forrester, A. Sóbester and A. J. Keane,
 * "Multi-fidelity optimization via surrogate modelling" (2007), A = 0.5, B = 10, C = -5. The cheap one is lowest at 0.0924, -9.33: far
 * from the minimum that counts.
 */
import { forrester } from "../classical/forrester.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { twoLevels } from "./twoLevels.ts";

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
