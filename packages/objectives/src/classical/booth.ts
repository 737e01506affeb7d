/** Booth's function, a quadratic bowl (collected by M. Jamil and X.-S. Yang, "A literature survey of benchmark functions", 2013). */
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Booth's function on [-10, 10]^2. Its minimum is 0 at (1, 3). */
export function booth(): TestFunction {
  return {
    id: "booth",
    title: "Booth",
    bounds: cube(-10, 10, 2),
    evaluate: (x) => {
      const first = x[0]! + 2 * x[1]! - 7;
      const second = 2 * x[0]! + x[1]! - 5;
      return first * first + second * second;
    },
    optimum: { value: 0, tolerance: 0 },
    minimisers: [[1, 3]],
    minimisersComplete: true,
    domain: "reals",
    tags: ["unimodal"],
    source: "Jamil & Yang 2013",
  };
}
