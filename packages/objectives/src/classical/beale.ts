/**
 * Beale's function, which has sharp corners: E. M. L. Beale, *On an Iterative Method for Finding a Local Minimum of a Function of More Than
 * One Variable* (1958). It is a sum of three squares. All three are 0 only at (3, 1/2), because of x (1 - y) = 1.5 and x (1 - y^2) = 2.25.
 */
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Beale's function on [-4.5, 4.5]^2. Its minimum is 0 at (3, 1/2). */
export function beale(): TestFunction {
  return {
    id: "beale",
    title: "Beale",
    bounds: cube(-4.5, 4.5, 2),
    evaluate: (x) => {
      const a = x[0]!;
      const b = x[1]!;
      const first = 1.5 - a + a * b;
      const second = 2.25 - a + a * b * b;
      const third = 2.625 - a + a * b * b * b;
      return first * first + second * second + third * third;
    },
    optimum: { value: 0, tolerance: 0 },
    minimisers: [[3, 0.5]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["valley"],
    source: "Beale 1958",
  };
}
