/**
 * log(1 - e^-x) for x > 0 without cancellation at either end, split at ln 2 as in M. Maechler, Accurately computing log(1 - exp(-|a|)),
 * 2012, equation (7).
 */

import { exp } from "../exp.ts";
import { expm1 } from "../expm1.ts";
import { log } from "../log.ts";
import { log1p } from "../log1p.ts";

/** log(1 - e^-x). It is -Infinity at 0, -0 at Infinity, and NaN below 0 and for NaN. The relative error is at most 2e-15. */
export function log1mexp(x: number): number {
  return x < Math.LN2 ? log(-expm1(-x)) : log1p(-exp(-x));
}
