/**
 * Elementary functions and the normal quantile with the same bits on every JavaScript engine: the language leaves `Math.exp` and
 * its like to the implementation, these use only operations that IEEE 754 fixes.
 */

export type { StationaryFamily } from "./covariance/families.ts";
export {
  stationaryCovariance,
  stationaryCovarianceScaleGradient,
  stationaryGram,
  stationaryGramScaleGradient,
  stationaryPointGradient,
} from "./covariance/stationary.ts";
export { exp } from "./exp.ts";
export { expm1 } from "./expm1.ts";
export type { Bounds } from "./lbfgsb/box.ts";
export { lbfgsb, type Minimiser, type MinimiserOptions } from "./lbfgsb/lbfgsb.ts";
export { minimiseTogether } from "./lbfgsb/minimiseTogether.ts";
export { appendRows, cholesky, type Factorisation, type FactorisationOptions } from "./linear/cholesky.ts";
export { inverseFromCholesky } from "./linear/inverse.ts";
export { logDeterminant } from "./linear/logDeterminant.ts";
export { multiply, multiplyTransposed } from "./linear/multiply.ts";
export { outerLess } from "./linear/outerLess.ts";
export { reciprocalCondition } from "./linear/reciprocalCondition.ts";
export { addWeightedRows, combineRows, greatestSquares, subtractSquares } from "./linear/rows.ts";
export { solveLower, solveLowerTransposed } from "./linear/solve.ts";
export { log } from "./log.ts";
export { log1p } from "./log1p.ts";
export { float32Operations } from "./network/float32.ts";
export type { ActivationName, Numbers, Operations } from "./network/operations.ts";
export { float64Operations } from "./network/plain.ts";
export { normalQuantile } from "./normalQuantile.ts";
export { pow } from "./pow.ts";
export { cos, sin } from "./sinCos.ts";
export { sobolPoints } from "./sobol/sobolPoints.ts";
export { digamma } from "./special/digamma.ts";
export { erf, erfc, erfcx } from "./special/erf.ts";
export { log1mexp } from "./special/log1mexp.ts";
export { logGamma } from "./special/logGamma.ts";
export { logNormalCdf, logNormalPdf, normalCdf, normalHazard, normalPdf } from "./special/normal.ts";
export { tanh } from "./tanh.ts";
export { allocate } from "./wasm/block.ts";
