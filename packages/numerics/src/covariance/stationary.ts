/**
 * Covariances of pairs of points that depend on their distance alone, and sums of their derivatives. Coordinates are already divided by
 * their lengthscales. Distances are sums of squared differences, never of products, so that near points do not cancel.
 */
export {
  stationaryCovariance,
  stationaryCovarianceScaleGradient,
  stationaryGram,
  stationaryGramScaleGradient,
  stationaryPointGradient,
} from "./stationary.twin.ts";
