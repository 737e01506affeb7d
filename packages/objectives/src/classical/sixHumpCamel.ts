/**
 * The six-hump camel: two of six minima are global. L. C. W. Dixon and G. P. Szegö, *Towards Global Optimisation 2* (1978). A
 * polynomial that grows in every direction and has no minimum outside the box.
 */
import type { TestFunction } from "../testFunction.ts";

/** The six-hump camel on [-3, 3] x [-2, 2]. Its minimum is -1.0316, at two points. */
export function sixHumpCamel(): TestFunction {
  return {
    id: "six-hump-camel",
    title: "Six-hump camel",
    bounds: [
      [-3, 3],
      [-2, 2],
    ],
    evaluate: (x) => {
      const a = x[0]! * x[0]!;
      const b = x[1]! * x[1]!;
      return (4 - 2.1 * a + (a * a) / 3) * a + x[0]! * x[1]! + (4 * b - 4) * b;
    },
    optimum: { value: -1.0316284534898774, tolerance: 1e-14 },
    minimisers: [
      [-0.08984201310031806, 0.7126564030207396],
      [0.08984201310031806, -0.7126564030207396],
    ],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal"],
    source: "Dixon & Szegö 1978",
  };
}
