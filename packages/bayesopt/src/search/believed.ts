/**
 * The acquisition under a belief: ln alpha(x) + (beta / n) ln pi(x), where n values are known. So the belief decides at first, and fades as
 * values come in (C. Hvarfner et al., piBO: Augmenting acquisition functions with user beliefs, ICLR 2022).
 *
 * Here pi is the belief's density mixed with one hundredth of the uniform one. A belief that is far too narrow then costs a point ln 100 at
 * most, so that a wrong one is forgotten soon.
 */
import type { BeliefDensity } from "@caviar-hpo/core/contract";
import { exp, log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { type AcquisitionLandscape, withTerm } from "./landscape.ts";

/** `power` is beta / n. */
export type FadingBelief = { readonly density: BeliefDensity; readonly power: number };

export function believed(landscape: AcquisitionLandscape, { axes }: Features, belief: FadingBelief | null): AcquisitionLandscape {
  if (belief === null) return landscape;
  const d = axes.length;
  const { density, power } = belief;
  const slope = new Float64Array(d);
  return withTerm(landscape, (points, m, values, gradients) => {
    for (let row = 0; row < m; row++) {
      const unit = points.subarray(row * d, (row + 1) * d);
      const relative = (1 - doubt) * exp(density.logDensity(unit, gradients === null ? undefined : slope));
      values[row] = values[row]! + power * log(relative + doubt);
      if (gradients === null) continue;
      const weight = (power * relative) / (relative + doubt);
      axes.forEach(({ smooth }, axis) => {
        if (smooth) gradients[row * d + axis]! += weight * slope[axis]!;
      });
    }
  });
}

/** The share of the uniform density. */
const doubt = 0.01;
