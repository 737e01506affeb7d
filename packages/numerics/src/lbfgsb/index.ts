/** L-BFGS-B: minimisers of smooth functions in a box, one or several in step. */

export type { Bounds } from "./box.ts";
export { lbfgsb, type Minimiser, type MinimiserOptions } from "./lbfgsb.ts";
export { minimiseTogether } from "./minimiseTogether.ts";
