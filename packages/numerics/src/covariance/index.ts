/** Stationary covariances of many points at once, and their gradients. */

export type { StationaryFamily } from "./families.ts";
export {
  stationaryCovariance,
  stationaryCovarianceScaleGradient,
  stationaryGram,
  stationaryGramScaleGradient,
  stationaryPointGradient,
} from "./stationary.ts";
