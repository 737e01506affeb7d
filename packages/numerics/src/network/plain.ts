/**
 * The arithmetic of networks in plain JavaScript, in either precision. In double precision, it runs the networks of gradient checks. In
 * float32, it defines the bits that the kernels must give, and replaces the kernels for arrays outside a block.
 */

import { exp } from "../exp.ts";
import { requireCount } from "../linear/shapes.ts";
import { log } from "../log.ts";
import { tanh } from "../tanh.ts";
import { activations } from "./activations.ts";
import { batchNorm } from "./batchNorm.ts";
import { checked } from "./checked.ts";
import { descents } from "./descents.ts";
import { dropouts } from "./dropout.ts";
import { losses } from "./losses.ts";
import type { Numbers, Operations } from "./operations.ts";
import { products } from "./products.ts";
import type { Rounding } from "./rounding.ts";
import { geluSingle, geluSlopeSingle, tanhSingle } from "./singleFunctions.ts";
import { gelu, geluSlope, logistic } from "./smoothFunctions.ts";

/** Every operation without checks. */
export type Arithmetic = Omit<Operations, "precision" | "allocate">;

/** Operations of networks in double precision. Arguments that do not fit throw RangeError. */
export const float64Operations: Operations = {
  precision: "float64",
  allocate: (...lengths) => sideBySide(lengths, 8, (block, at, length) => new Float64Array(block, at, length)),
  ...checked(arithmetic({ round: rounder(false), exp, log, tanh, logistic, gelu, geluSlope }), 8),
};

/** All results rounded to float32, one after the other. */
export const plainFloat32: Arithmetic = arithmetic({
  round: rounder(true),
  exp,
  log,
  tanh: tanhSingle,
  logistic,
  gelu: geluSingle,
  geluSlope: geluSlopeSingle,
});

/**
 * Both roundings are closures of one function, so that engines inline it where they have seen both: with two functions they would call it,
 * at a tenth of the speed.
 */
function rounder(single: boolean): (x: number) => number {
  return (x) => (single ? Math.fround(x) : x);
}

function arithmetic(rounding: Rounding): Arithmetic {
  return {
    ...products(rounding),
    ...batchNorm(rounding),
    ...activations(rounding),
    ...dropouts(rounding),
    ...losses(rounding),
    ...descents(rounding),
  };
}

/** Arrays of zeros in one block, each of which begins on a cache line of its own. */
export function sideBySide(
  lengths: readonly number[],
  size: number,
  view: (block: ArrayBuffer, at: number, length: number) => Numbers,
): readonly Numbers[] {
  let bytes = 0;
  const starts = lengths.map((length) => {
    requireCount("length", length);
    const start = bytes;
    bytes += Math.ceil((length * size) / 64) * 64;
    return start;
  });
  const block = new ArrayBuffer(bytes);
  return lengths.map((length, index) => view(block, starts[index]!, length));
}
