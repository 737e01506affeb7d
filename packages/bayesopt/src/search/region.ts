/**
 * Where the acquisition is searched: a box of the unit cube, the best points in it, and how far the model is smooth along each parameter.
 */
import { exp } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";

/** Lower and upper corner of a box in the unit cube. */
export type UnitBox = { readonly lower: Float64Array; readonly upper: Float64Array };

export type SearchRegion = {
  readonly features: Features;
  readonly box: UnitBox;
  /** The best points, best first. */
  readonly elite: readonly Float64Array[];
  /** One per parameter. */
  readonly logLengthscales: readonly number[];
  /** A discrete parameter that keeps the value that the box gives it. */
  readonly fixed?: number;
};

export function unitCube(d: number): UnitBox {
  return { lower: new Float64Array(d), upper: new Float64Array(d).fill(1) };
}

/**
 * A box around `centre`, its sides in proportion to the lengthscales and `side` in the geometric mean (Eriksson et al., NeurIPS 2019,
 * section 2). Choices have no neighbourhood: all their options are in it.
 */
export function boxAround(features: Features, centre: Float64Array, logLengthscales: readonly number[], side: number): UnitBox {
  const d = centre.length;
  const middle = logLengthscales.reduce((sum, one) => sum + one / d, 0);
  const half = logLengthscales.map((one, axis) => (isChoice(features, axis) ? 1 : 0.5 * Math.min(1, side * exp(one - middle))));
  return {
    lower: centre.map((at, axis) => Math.max(0, at - half[axis]!)),
    upper: centre.map((at, axis) => Math.min(1, at + half[axis]!)),
  };
}

/** The coordinate, or the nearest one that the box has. */
export function clamp(at: number, { lower, upper }: UnitBox, axis: number): number {
  return Math.min(upper[axis]!, Math.max(lower[axis]!, at));
}

export function isChoice({ axes }: Features, axis: number): boolean {
  return axes[axis]!.param.kind === "choice";
}
