/** Networks in single precision. */

import { allocateSingle, blockOf } from "../wasm/block.ts";
import { checked } from "./checked.ts";
import type { Operations } from "./operations.ts";
import { type Arithmetic, plainFloat32 as plain } from "./plain.ts";

const kernels: Arithmetic = {
  ...plain,
  multiply(c, a, b, m, k, n) {
    const block = blockOf(c, a, b);
    if (block === null) plain.multiply(c, a, b, m, k, n);
    else block.kernels.multiplySingle(c.byteOffset, a.byteOffset, b.byteOffset, m, k, n, block.scratch);
  },
  multiplyLeftTransposed(c, a, b, m, k, n) {
    const block = blockOf(c, a, b);
    if (block === null) plain.multiplyLeftTransposed(c, a, b, m, k, n);
    else block.kernels.multiplySingleLeftTransposed(c.byteOffset, a.byteOffset, b.byteOffset, m, k, n, block.scratch);
  },
  multiplyRightTransposed(c, a, b, m, k, n) {
    const block = blockOf(c, a, b);
    if (block === null) plain.multiplyRightTransposed(c, a, b, m, k, n);
    else block.kernels.multiplySingleRightTransposed(c.byteOffset, a.byteOffset, b.byteOffset, m, k, n, block.scratch);
  },
};

/** All results rounded to float32, one after the other. */
export const float32Operations: Operations = { precision: "float32", allocate: allocateSingle, ...checked(kernels) };
