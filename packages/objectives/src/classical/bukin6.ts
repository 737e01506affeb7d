/**
 * Bukin's function 6: a ridge with a kink along a parabola. A. D. Bukin, *New Minimization Strategy for Non-Smooth Functions* (1997).
 */
import type { TestFunction } from "../testFunction.ts";

/** Bukin's function 6 on [-15, -5] x [-3, 3]. Its minimum is 0 at (-10, 1). */
export function bukin6(): TestFunction {
  return {
    id: "bukin6",
    title: "Bukin 6",
    bounds: [
      [-15, -5],
      [-3, 3],
    ],
    evaluate: (x) => 100 * Math.sqrt(Math.abs(x[1]! - 0.01 * x[0]! * x[0]!)) + 0.01 * Math.abs(x[0]! + 10),
    optimum: { value: 0, tolerance: 0 },
    minimisers: [[-10, 1]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["ridge", "non-smooth", "ill-conditioned"],
    source: "Bukin 1997",
  };
}
