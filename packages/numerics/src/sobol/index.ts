/** Points of a Sobol sequence in bulk, from given direction numbers. */

export { sobolPoints } from "./sobolPoints.ts";
