/**
 * Draws in the bad tail alone: beyond Tukey's upper fence Q3 + 1.5 IQR (J. W. Tukey, *Exploratory Data Analysis*, 1977, chapter 2) a value
 * counts by the logarithm of the logarithm of its excess. Ax cuts at the same fence, on the same side; a cut would make distinct values
 * equal, so that nothing could lead back to them and no density be compared, and 1e300 comes no further than 6.5 widths this way.
 */
import { expm1, log1p } from "@caviar-hpo/numerics";
import type { Monotone } from "./monotone.ts";
import { quantile } from "./quantile.ts";

export type Fence = { readonly fence: number; readonly width: number };

/** Of ascending values scaled to about 1; the width is the distance between the quartiles, or 1 where that is 0 or lost in rounding. */
export function fitFence(sorted: Float64Array): Fence {
  const upper = quantile(sorted, 0.75);
  const width = upper - quantile(sorted, 0.25);
  return { fence: upper + 1.5 * width, width: width > Number.EPSILON ? width : 1 };
}

/** x up to the fence; past it fence + width ln(1 + ln(1 + (x - fence) / width)), which leaves the fence with slope 1. */
export function winsorise({ fence, width }: Fence): Monotone {
  return {
    forward: (x) => (x <= fence ? x : fence + width * log1p(log1p((x - fence) / width))),
    inverse: (z) => (z <= fence ? z : fence + width * expm1(expm1((z - fence) / width))),
    logSlope(x) {
      if (x <= fence) return 0;
      const once = log1p((x - fence) / width);
      return -once - log1p(once);
    },
  };
}
