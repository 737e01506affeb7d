/**
 * The three-hump camel (L. C. W. Dixon and G. P. Szegö, 1978; collected by M. Jamil and X.-S. Yang, 2013).
 *
 * x^2 (2 - 1.05 x^2 + x^4 / 6) + x y + y^2 = x^2 (1.75 - 1.05 x^2 + x^4 / 6) + (y + x / 2)^2, and the quadratic in x^2 has no real root. So
 * the minimum is zero, and the origin is the only minimiser. The code sums the second form, which cannot round below zero.
 */
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** The three-hump camel on [-5, 5]^2. Its minimum is 0 at the origin. */
export function threeHumpCamel(): TestFunction {
  return {
    id: "three-hump-camel",
    title: "Three-hump camel",
    bounds: cube(-5, 5, 2),
    evaluate: (x) => {
      const a = x[0]! * x[0]!;
      const slant = x[1]! + x[0]! / 2;
      return a * (1.75 - 1.05 * a + (a * a) / 6) + slant * slant;
    },
    optimum: { value: 0, tolerance: 0 },
    minimisers: [[0, 0]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "centred optimum"],
    source: "Dixon & Szegö 1978; Jamil & Yang 2013",
  };
}
