/**
 * Schaffer's function 4: rings and hyperbolas around the origin. S. K. Mishra, "Some new test functions for global optimization and
 * performance of repulsive particle swarm method" (2006), after J. D. Schaffer.
 *
 * At a given |x^2 - y^2| the numerator is fixed, and x^2 + y^2 is smallest on an axis. On the axes, beyond the first ring, the denominator
 * only grows. So the four minima on the axes are global minima over the plane.
 */
import { cos, sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Schaffer's function 4 on [-100, 100]^2. Its minimum is 0.29258, at four points. */
export function schafferN4(): TestFunction {
  const a = 1.2531318314637332;
  return {
    id: "schaffer-n4",
    title: "Schaffer 4",
    bounds: cube(-100, 100, 2),
    evaluate: (x) => {
      const u = x[0]! * x[0]!;
      const v = x[1]! * x[1]!;
      const ring = cos(sin(Math.abs(u - v)));
      const spread = 1 + 0.001 * (u + v);
      return 0.5 + (ring * ring - 0.5) / (spread * spread);
    },
    optimum: { value: 0.29257863203598056, tolerance: 1e-15 },
    minimisers: [
      [-a, 0],
      [0, -a],
      [0, a],
      [a, 0],
    ],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal"],
    source: "Mishra 2006",
  };
}
