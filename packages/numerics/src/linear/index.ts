/** Dense linear algebra on flat, row-major Float64Arrays, and arrays in WebAssembly memory that it works on without copies. */

export { allocate } from "../wasm/block.ts";
export { appendRows, cholesky, type Factorisation, type FactorisationOptions } from "./cholesky.ts";
export { inverseFromCholesky } from "./inverse.ts";
export { logDeterminant } from "./logDeterminant.ts";
export { multiply, multiplyTransposed } from "./multiply.ts";
export { outerLess } from "./outerLess.ts";
export { reciprocalCondition } from "./reciprocalCondition.ts";
export { addWeightedRows, combineRows, greatestSquares, subtractSquares } from "./rows.ts";
export { solveLower, solveLowerTransposed } from "./solve.ts";
export { type SymmetricEigen, symmetricEigen } from "./symmetricEigen.ts";
