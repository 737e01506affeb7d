/** The arithmetic of a neural network, in double precision and in single precision. */

export { float32Operations } from "./float32.ts";
export type { ActivationName, Numbers, Operations } from "./operations.ts";
export { float64Operations } from "./plain.ts";
