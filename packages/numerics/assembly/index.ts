/** Everything the WebAssembly module exports, one file an idea. Sizes count numbers; addresses and steps between rows count bytes. */

export { factorColumns } from "./cholesky";
export * from "./covariance";
export { inverse } from "./inverse";
export { multiply, multiplyTransposed } from "./multiply";
export { outerLess } from "./outerLess";
export { addWeightedRows, combineRows, greatestSquares, subtractSquares } from "./rows";
export * from "./singleActivations";
export * from "./singleDescents";
export { dropoutSingle } from "./singleDropout";
export { softmaxCrossEntropySingle, squaredErrorSingle } from "./singleLosses";
export { multiplySingle, multiplySingleLeftTransposed, multiplySingleRightTransposed } from "./singleProduct";
export { addRowSingle, momentsSingle, normaliseBackwardSingle, normaliseSingle, sumRowsSingle } from "./singleRows";
export { sobolPoints } from "./sobol";
export { copyUpper, isSymmetric } from "./symmetric";
export { solveLower, solveLowerTransposed, solveRows } from "./triangular";

/** Where the memory that the module does not use itself begins. */
export function heapBase(): usize {
  return __heap_base;
}
