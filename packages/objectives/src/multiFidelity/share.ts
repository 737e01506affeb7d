/** A fidelity that is a share of the whole: of the data, of the resolution. It cannot be 0, where nothing would be measured. */
import type { Fidelity } from "@caviar-hpo/core";
import { pow } from "@caviar-hpo/numerics";

export const share: Fidelity = { unit: "share", min: 0.01, max: 1, whole: false };

/**
 * A twentieth of a second however little, a second for the whole: 0.05 + 0.95 z^exponent. Cost of K. Kandasamy, G. Dasarathy,
 * J. Schneider and B. Póczos, "Multi-fidelity Bayesian optimisation with continuous approximations" (BOCA, 2017), appendix.
 */
export function shareSeconds(z: number, exponent: number): number {
  return 0.05 + 0.95 * pow(z, exponent);
}
