/**
 * Matyas's function, a narrow quadratic bowl (collected by M. Jamil and X.-S. Yang, 2013). The published .26 (x^2 + y^2) - .48 x y
 * equals .25 (x - y)^2 + .01 (x + y)^2, which cannot round below zero.
 */
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Matyas's function on [-10, 10]^2. Its minimum is 0 at the origin. */
export function matyas(): TestFunction {
  return {
    id: "matyas",
    title: "Matyas",
    bounds: cube(-10, 10, 2),
    evaluate: (x) => {
      const across = x[0]! - x[1]!;
      const along = x[0]! + x[1]!;
      return 0.25 * across * across + 0.01 * along * along;
    },
    optimum: { value: 0, tolerance: 0 },
    minimisers: [[0, 0]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["unimodal", "centred optimum"],
    source: "Jamil & Yang 2013",
  };
}
