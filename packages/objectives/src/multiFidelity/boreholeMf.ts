/**
 * The flow of water through a borehole: W. V. Harper and S. K. Gupta, *Sensitivity/uncertainty analysis of a borehole scenario* (1983); M.
 * D. Morris, T. J. Mitchell and D. Ylvisaker (1993). The cheap version, with 5 in place of 2 pi and 1.5 in place of 1, is that of S. Xiong,
 * P. Z. G. Qian and C. F. J. Wu, "Sequential design and analysis of high-accuracy and low-accuracy computer codes" (2013).
 *
 * The coordinates are r_w, r, T_u, H_u, T_l, H_l, L, K_w. The flow is monotone in each of them, so its minimum is in a corner.
 */
import { log } from "@caviar-hpo/numerics";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { twoLevels } from "./twoLevels.ts";

/** The borehole function of eight coordinates. Level 1 is the cheap version, level 2 the exact one. The minimum is 7.8197. */
export function boreholeMf(): MultiFidelityFunction {
  return twoLevels({
    id: "borehole-mf",
    title: "Borehole of two fidelities",
    bounds: [
      [0.05, 0.15],
      [100, 50000],
      [63070, 115600],
      [990, 1110],
      [63.1, 116],
      [700, 820],
      [1120, 1680],
      [9855, 12045],
    ],
    low: (x) => flow(5, 1.5, x),
    high: (x) => flow(2 * Math.PI, 1, x),
    ratio: 10,
    optimum: { value: 7.819676328755231, tolerance: 1e-13 },
    minimisers: [[0.05, 50000, 63070, 990, 63.1, 820, 1680, 9855]],
    minimisersComplete: true,
    source: "Harper & Gupta 1983; Xiong, Qian & Wu 2013",
  });
}

function flow(factor: number, addend: number, x: Float64Array): number {
  const [rw, r, Tu, Hu, Tl, Hl, L, Kw] = x as unknown as readonly [number, number, number, number, number, number, number, number];
  const decades = log(r / rw);
  return (factor * Tu * (Hu - Hl)) / (decades * (addend + (2 * L * Tu) / (decades * rw * rw * Kw) + Tu / Tl));
}
