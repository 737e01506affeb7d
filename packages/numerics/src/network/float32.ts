/** Networks in single precision. */

import { checked } from "./checked.ts";
import type { Operations } from "./operations.ts";
import { plainFloat32, sideBySide } from "./plain.ts";

/** All results rounded to float32, one after the other. */
export const float32Operations: Operations = {
  precision: "float32",
  allocate: (...lengths) => sideBySide(lengths, 4, (block, at, length) => new Float32Array(block, at, length)),
  ...checked(plainFloat32),
};
