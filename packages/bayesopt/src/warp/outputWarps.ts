/**
 * The maps from objective values to what the Gaussian process is fitted to: a robust scale, then one of the shapes below, each strictly
 * increasing, with an inverse for predictions and the log-Jacobian by which the marginal likelihoods of different warps are compared (E.
 * Snelson, C. E. Rasmussen and Z. Ghahramani, *Warped Gaussian processes*, NIPS 16 (2004), equation 5). Less is better throughout.
 */
import { type Json, NumericalError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { fitHalfRank, halfRank } from "./halfRank.ts";
import { chain, identity, type Monotone } from "./monotone.ts";
import { fitScale, robustScale } from "./robustScale.ts";
import { type Shift, shiftedLog } from "./shiftedLog.ts";
import { readWarpParameters, type WarpParameters, type WarpShape } from "./warpParameters.ts";
import { fitFence, winsorise } from "./winsorise.ts";
import { fitYeoJohnson, yeoJohnson } from "./yeoJohnson.ts";

export type OutputWarp = {
  /** identity, winsorised, yeoJohnson, shiftedLog(c) or halfRankLog. */
  readonly name: string;
  /** Plain data, stored with the trial; `outputWarp` restores the warp from it. */
  readonly parameters: Json;
  /** Strictly increasing and finite, for values beyond the data as well; not standardised. */
  readonly forward: (y: Float64Array) => Float64Array;
  /** For predictions in the user's units: increasing, finite for every number. */
  readonly inverse: (z: number) => number;
  /**
   * The sum of ln dforward/dy over the values fitted to. Of halfRankLog, which has half a parameter a value, it is no fair term of a
   * marginal likelihood: compare that warp by leaving one out.
   */
  readonly logJacobian: number;
};

/** The c of `shiftedLog.ts`: from a mild logarithm to one that resolves a thousandth of the range. */
export const shiftRatios: readonly number[] = [1e-1, 1e-2, 1e-3];

/** Vizier's ln(1 + (offset - 1)(y - min) / range) with offset 1.5 is the shifted logarithm with c = 1 / (1.5 - 1). */
const halfRankShiftRatio = 2;

/**
 * Every candidate, fitted to the values in whatever order, always the same names in the same order.
 *
 * @throws {NumericalError} Where there is no value or one is not finite: failed trials are placed before, not here.
 */
export function outputWarps(y: Float64Array): readonly OutputWarp[] {
  // Adding 0 takes -0 for 0, which stored text could not tell apart.
  const sorted = checked(y)
    .map((value) => value + 0)
    .sort();
  const scale = fitScale(sorted);
  const toScale = robustScale(scale);
  const scaled = sorted.map(toScale.forward);
  return fitShapes(scaled).map((shape) => {
    const map = chain(toScale, mapOf(shape));
    const logJacobian = sorted.reduce((sum, value) => sum + map.logSlope(value), 0);
    return warpOf({ ...shape, ...scale, logJacobian }, map);
  });
}

/** The warp that had these parameters, with the same bits. @throws {ConfigError} Where they are not what a warp stored. */
export function outputWarp(parameters: Json): OutputWarp {
  const read = readWarpParameters(parameters);
  return warpOf(read, chain(robustScale(read), mapOf(read)));
}

function fitShapes(scaled: Float64Array): readonly WarpShape[] {
  const fence = fitFence(scaled);
  const ranked = fitHalfRank(scaled);
  return [
    { kind: "identity" },
    { kind: "winsorised", ...fence },
    { kind: "yeoJohnson", lambda: fitYeoJohnson(scaled) },
    ...shiftRatios.map((ratio): WarpShape => ({ kind: "shiftedLog", ratio, ...fitShift(scaled, ratio, fence.fence) })),
    { kind: "halfRankLog", ...ranked, ...fitShift(scaled.map(halfRank(ranked).forward), halfRankShiftRatio, Number.MAX_VALUE) },
  ];
}

/** The range is that of the values up to `fence`, so that one bad outlier does not stretch the offset over all the others. */
function fitShift(sorted: Float64Array, ratio: number, fence: number): Shift {
  const minimum = sorted[0]!;
  const ranges = [sorted.filter((value) => value <= fence), sorted].map((values) => (values[values.length - 1] ?? minimum) - minimum);
  // A range lost in the rounding of a scaled unit is none: what is divided by it would overflow.
  return { minimum, offset: ratio * (ranges.find((range) => range > Number.EPSILON) ?? 1) };
}

function mapOf(shape: WarpShape): Monotone {
  switch (shape.kind) {
    case "identity":
      return identity;
    case "winsorised":
      return winsorise(shape);
    case "yeoJohnson":
      return yeoJohnson(shape.lambda);
    case "shiftedLog":
      return shiftedLog(shape);
    case "halfRankLog":
      return chain(halfRank(shape), shiftedLog(shape));
  }
}

function warpOf(parameters: WarpParameters, { forward, inverse }: Monotone): OutputWarp {
  return {
    name: parameters.kind === "shiftedLog" ? `shiftedLog(${parameters.ratio})` : parameters.kind,
    parameters,
    forward: (y) => y.map(forward),
    inverse,
    logJacobian: parameters.logJacobian,
  };
}

function checked(y: Float64Array): Float64Array {
  const odd = y.find((value) => !Number.isFinite(value));
  if (y.length > 0 && odd === undefined) return y;
  throw new NumericalError({
    code: "notFinite",
    what: "values of an output warp",
    expected: "at least one value, and only finite values",
    got: y.length === 0 ? "none" : show(odd),
    remedy: "Omit failed trials, or give them the worst value.",
  });
}
