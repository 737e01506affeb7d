/** Arrays for the linear algebra, side by side in one block of memory, which the functions here work on without copies. */

import { requireCount } from "./shapes.ts";

/** Arrays of zeros of the given lengths. Functions of this folder work in place when all their arrays come from one call; RangeError for lengths that are no counts. */
export function allocate(...lengths: readonly number[]): readonly Float64Array[] {
  for (const length of lengths) requireCount("length", length);
  return lengths.map((length) => new Float64Array(length));
}
