/**
 * Hölder's table: four legs near the corners. S. K. Mishra, "Some new test functions for global optimization and performance of
 * repulsive particle swarm method" (2006). Lower values lie outside the box.
 */
import { cos, exp, sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Hölder's table on [-10, 10]^2. Its minimum is -19.2085, at four points. */
export function holderTable(): TestFunction {
  const [a, b] = [8.055023475736563, 9.664590019241272];
  return {
    id: "holder-table",
    title: "Hölder table",
    bounds: cube(-10, 10, 2),
    evaluate: (x) => {
      const r = Math.sqrt(x[0]! * x[0]! + x[1]! * x[1]!);
      return -Math.abs(sin(x[0]!) * cos(x[1]!) * exp(Math.abs(1 - r / Math.PI)));
    },
    optimum: { value: -19.208502567886732, tolerance: 5e-14 },
    minimisers: [
      [-a, -b],
      [-a, b],
      [a, -b],
      [a, b],
    ],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal", "non-smooth"],
    source: "Mishra 2006",
  };
}
