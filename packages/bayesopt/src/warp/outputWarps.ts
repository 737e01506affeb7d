/**
 * Maps from objective values to the numbers that the Gaussian process is fitted to. Each map is a robust scale followed by one of the
 * shapes below. It is strictly increasing. It has an inverse for predictions, and a log-Jacobian for comparing the marginal likelihoods of
 * different warps (E. Snelson, C. E. Rasmussen and Z. Ghahramani, *Warped Gaussian processes*, NIPS 16 (2004), equation 5). Low values are
 * good.
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

/** A map from objective values to numbers for the model. */
export type OutputWarp = {
  /** identity, winsorised, yeoJohnson, shiftedLog(c) or halfRankLog. */
  readonly name: string;
  /** Plain data that is stored with the trial. `outputWarp` restores the warp from it. */
  readonly parameters: Json;
  /** Strictly increasing and finite, also for values beyond the data. The result is not standardised. */
  readonly forward: (y: Float64Array) => Float64Array;
  /** Maps predictions back to the user's units. Increasing, and finite for every number. */
  readonly inverse: (z: number) => number;
  /**
   * The sum of ln dforward/dy over the fitted values. Do not use it in a marginal likelihood for halfRankLog, which has half a parameter
   * per value. Compare that warp by leaving out one value at a time.
   */
  readonly logJacobian: number;
};

/** The c of `shiftedLog.ts`: from a mild logarithm to one that resolves a thousandth of the range. */
export const shiftRatios: readonly number[] = [1e-1, 1e-2, 1e-3];

/** Vizier's ln(1 + (offset - 1)(y - min) / range) with offset 1.5 is the shifted logarithm with c = 1 / (1.5 - 1). */
const halfRankShiftRatio = 2;

/**
 * Fits every candidate to the values. The result does not depend on the order of the values, and always has the same names in the same
 * order.
 *
 * @param names only these candidates, because some are expensive to fit; all by default.
 * @throws NumericalError if there is no value, or if one is not finite. The caller gives failed trials a value first.
 */
export function outputWarps(y: Float64Array, names: readonly string[] = outputWarpNames): readonly OutputWarp[] {
  // Adding 0 takes -0 for 0, which stored text could not tell apart.
  const sorted = checked(y)
    .map((value) => value + 0)
    .sort();
  const scale = fitScale(sorted);
  const toScale = robustScale(scale);
  const scaled = sorted.map(toScale.forward);
  const wanted = candidates.filter(({ name }) => names.includes(name));
  return wanted.map(({ fit }) => {
    const shape = fit(scaled);
    const map = chain(toScale, mapOf(shape));
    const logJacobian = sorted.reduce((sum, value) => sum + map.logSlope(value), 0);
    return warpOf({ ...shape, ...scale, logJacobian }, map);
  });
}

/**
 * Restores the warp that had these parameters, with the same bits.
 *
 * @throws ConfigError if they are not the stored parameters of a warp.
 */
export function outputWarp(parameters: Json): OutputWarp {
  const read = readWarpParameters(parameters);
  return warpOf(read, chain(robustScale(read), mapOf(read)));
}

type WarpCandidate = { readonly name: string; readonly fit: (scaled: Float64Array) => WarpShape };

const candidates: readonly WarpCandidate[] = [
  { name: "identity", fit: () => ({ kind: "identity" }) },
  { name: "winsorised", fit: (scaled) => ({ kind: "winsorised", ...fitFence(scaled) }) },
  { name: "yeoJohnson", fit: (scaled) => ({ kind: "yeoJohnson", lambda: fitYeoJohnson(scaled) }) },
  ...shiftRatios.map(
    (ratio): WarpCandidate => ({
      name: `shiftedLog(${ratio})`,
      fit: (scaled) => ({ kind: "shiftedLog", ratio, ...fitShift(scaled, ratio, fitFence(scaled).fence) }),
    }),
  ),
  { name: "halfRankLog", fit: fitHalfRankLog },
];

const outputWarpNames: readonly string[] = candidates.map(({ name }) => name);

function fitHalfRankLog(scaled: Float64Array): WarpShape {
  const ranked = fitHalfRank(scaled);
  return { kind: "halfRankLog", ...ranked, ...fitShift(scaled.map(halfRank(ranked).forward), halfRankShiftRatio, Number.MAX_VALUE) };
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
