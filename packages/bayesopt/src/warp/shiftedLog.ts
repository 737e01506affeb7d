/**
 * The logarithm of the distance to just below the best value: ln(y - min + c range), as G. E. P. Box and D. R. Cox, *An analysis of
 * transformations*, JRSS B 26 (1964) 211-252, equation (2) with power 0 and a shift. Small c stretches what is near the best. The
 * likelihood has no bound as the shift nears the best value (B. M. Hill, JASA 58 (1963) 72-84), which is why c is taken from a short list,
 * not fitted.
 */
import { expm1, log, log1p } from "@caviar-hpo/numerics";
import type { Monotone } from "./monotone.ts";

/** `offset` = c range. */
export type Shift = { readonly minimum: number; readonly offset: number };

/**
 * ln(1 + (x - minimum) / offset), which is ln(x - minimum + offset) less a constant. Below the minimum it continues by its tangent: better
 * values than any yet seen must have an image, wherever they lie.
 */
export function shiftedLog({ minimum, offset }: Shift): Monotone {
  const logOffset = log(offset);
  return {
    forward(x) {
      const steps = (x - minimum) / offset;
      return steps > 0 ? log1p(steps) : steps;
    },
    inverse: (z) => minimum + offset * (z > 0 ? expm1(z) : z),
    logSlope: (x) => -logOffset - log1p(Math.max(0, (x - minimum) / offset)),
  };
}
