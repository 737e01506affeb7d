/**
 * McCormick's function: a wavy slope. G. P. McCormick, "Computability of global solutions to factorable nonconvex programs" (1976).
 *
 * Both derivatives are 0 where x - y = 1 and cos(x + y) = -1/2. On the box, the minima among those points have x + y = -2 pi / 3, with the
 * value -sqrt(3) / 2 - pi / 3, and x + y = 4 pi / 3, with a value higher by pi. Along (-1, -1) the function falls without bound, so its
 * minimum holds only inside the box.
 */
import { sin } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";

/** McCormick's function on [-1.5, 4] x [-3, 4]. Its minimum is -1.9132 at (-0.5472, -1.5472). */
export function mcCormick(): TestFunction {
  return {
    id: "mccormick",
    title: "McCormick",
    bounds: [
      [-1.5, 4],
      [-3, 4],
    ],
    evaluate: (x) => {
      const a = x[0]!;
      const b = x[1]!;
      return sin(a + b) + (a - b) * (a - b) - 1.5 * a + 2.5 * b + 1;
    },
    optimum: { value: -1.9132229549810364, tolerance: 1e-14 },
    minimisers: [[0.5 - Math.PI / 3, -0.5 - Math.PI / 3]],
    minimisersComplete: true,
    domain: "box",
    tags: ["multimodal"],
    source: "McCormick 1976",
  };
}
