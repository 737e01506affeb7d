/** Functions of every kind by id, as campaigns evaluate them: point by point, with noise, and in groups of variants. */
export type { BbobNoise } from "./bbobNoise.ts";
export { groupOf } from "./group.ts";
export { type NoisyMixedFunction, noisyMixed, type SizedNoise } from "./noise.ts";
export { placementOf } from "./placed.ts";
export { type PointFunction, pointFunction, pointFunctionIds } from "./pointFunction.ts";
