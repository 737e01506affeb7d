/**
 * The egg holder: deep, irregular wells, the deepest on the edge of the box. D. Whitley, K. Mathias, S. Rana and J. Dzubera,
 * "Evaluating evolutionary algorithms" (1996). Lower values lie outside the box.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** The egg holder on [-512, 512]^2. Its minimum is -959.64 at (512, 404.23). */
export function eggholder(): TestFunction {
  return {
    id: "eggholder",
    title: "Egg holder",
    bounds: cube(-512, 512, 2),
    evaluate: (x) => {
      const a = x[0]!;
      const b = x[1]! + 47;
      return -b * sin(Math.sqrt(Math.abs(b + a / 2))) - a * sin(Math.sqrt(Math.abs(a - b)));
    },
    optimum: { value: -959.6406627208509, tolerance: 1e-12 },
    minimisers: [[512, 404.2318051137578]],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal", "deceptive", "boundary optimum"],
    source: "Whitley, Mathias, Rana & Dzubera 1996",
  };
}
