/**
 * Forrester's function, the usual one-dimensional example of kriging: A. I. J. Forrester, A. Sóbester and A. J. Keane, *Engineering Design
 * via Surrogate Modelling* (2008), appendix A.1. Outside [0, 1] its waves grow without bound.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Forrester's function on [0, 1]. Its minimum is -6.0207 at 0.7572. */
export function forrester(): TestFunction {
  return {
    id: "forrester",
    title: "Forrester",
    bounds: cube(0, 1, 1),
    evaluate: (x) => {
      const ramp = 6 * x[0]! - 2;
      return ramp * ramp * sin(12 * x[0]! - 4);
    },
    optimum: { value: -6.0207400557670825, tolerance: 1e-14 },
    minimisers: [[0.7572487578418559]],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal"],
    source: "Forrester, Sóbester & Keane 2008",
  };
}
