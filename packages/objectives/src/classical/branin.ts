/**
 * Branin's function, rescaled to three equal minima: F. H. Branin, "Widely convergent method for finding multiple solutions of
 * simultaneous nonlinear equations" (1972), in the form of L. C. W. Dixon and G. P. Szegö, *Towards Global Optimisation 2* (1978).
 *
 * The square is zero and the cosine -1 at x_1 = (2k + 1) pi, so the minimum is exactly 10 / (8 pi) = 5 / (4 pi), on the box as on
 * the plane.
 */
import { cos } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";

/** Branin's function on [-5, 10] x [0, 15]. Its minimum is 5 / (4 pi) = 0.3979, at three points. */
export function branin(): TestFunction {
  return {
    id: "branin",
    title: "Branin",
    bounds: [
      [-5, 10],
      [0, 15],
    ],
    evaluate: (x) => braninAt(x[0]!, x[1]!),
    optimum: { value: 5 / (4 * Math.PI), tolerance: 1e-14 },
    minimisers: braninMinimisers,
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal"],
    source: "Branin 1972; Dixon & Szegö 1978",
  };
}

export const braninMinimisers: readonly (readonly number[])[] = [
  [-Math.PI, 12.275],
  [Math.PI, 2.275],
  [3 * Math.PI, 2.475],
];

/** The three numbers that the versions of lower fidelity change. */
export type BraninShape = { readonly b: number; readonly c: number; readonly t: number };

export const braninShape: BraninShape = { b: 5.1 / (4 * Math.PI * Math.PI), c: 5 / Math.PI, t: 1 / (8 * Math.PI) };

export function braninAt(x1: number, x2: number): number {
  return braninWith(braninShape, x1, x2);
}

/** (x_2 - b x_1^2 + c x_1 - 6)^2 + 10 (1 - t) cos x_1 + 10. */
export function braninWith({ b, c, t }: BraninShape, x1: number, x2: number): number {
  const bend = x2 - b * x1 * x1 + c * x1 - 6;
  return bend * bend + 10 * (1 - t) * cos(x1) + 10;
}
