/** Instruments that show what batch normalisation does inside a network while it trains. */

export { type Distribution, distributionOf, quantileLevels } from "./distribution.ts";
export { effectiveRates } from "./effectiveRate.ts";
export { type GradientShift, gradientShifts } from "./gradientShift.ts";
export { type AlongGradient, lossAlongGradient } from "./lossAlongGradient.ts";
export { type LayerDistribution, type PreActivations, preActivationsOf, shiftBetween } from "./preActivations.ts";
