/** Values of the objective as a process is fitted to them: warped, then standardised. */
import { log } from "@caviar-hpo/numerics";
import { standardOf, toStandard, varianceToStandard } from "../model/standardise.ts";
import type { OutputWarp } from "../warp/outputWarps.ts";

/** `mean` and `sd` are those of the warped values. */
export type WarpedValues = {
  readonly warp: OutputWarp;
  readonly z: Float64Array;
  readonly variance: Float64Array | null;
  readonly mean: number;
  readonly sd: number;
  /** Makes the densities of z those of the values themselves, so that warps compare (Snelson, Rasmussen & Ghahramani 2004). */
  readonly logJacobian: number;
};

export function warpValues(warp: OutputWarp, y: Float64Array, variance: Float64Array | null): WarpedValues {
  const warped = warp.forward(y);
  const standard = standardOf(warped);
  return {
    warp,
    z: toStandard(warped, standard),
    variance: variance === null ? null : varianceToStandard(warpedVariance(warp, y, variance), standard),
    ...standard,
    logJacobian: warp.logJacobian - y.length * log(standard.sd),
  };
}

/** Half the distance between the two ends of one deviation after the warp, squared. */
function warpedVariance(warp: OutputWarp, y: Float64Array, variance: Float64Array): Float64Array {
  const above = warp.forward(y.map((value, i) => value + Math.sqrt(variance[i]!)));
  const below = warp.forward(y.map((value, i) => value - Math.sqrt(variance[i]!)));
  return above.map((value, i) => ((value - below[i]!) / 2) * ((value - below[i]!) / 2));
}
