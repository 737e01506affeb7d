/** Points at a fidelity as the joint model sees them: the coordinates of the configuration, then two of the fidelity. */
import type { Fidelity } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { overTraining } from "../kernels/overTraining.ts";

/**
 * The features of points that are trained up to `fidelity`.
 *
 * @param range null if every evaluation is complete. Then all points have the same fidelity.
 */
export function atFidelity(features: Features, range: Fidelity | null, fidelity: number): Features {
  const { min, max } = range ?? { min: fidelity, max: fidelity };
  const at = { log: features.size, share: features.size + 1 };
  const place = max > min ? log(fidelity / min) / log(max / min) : 1;
  return {
    ...features,
    size: features.size + 2,
    overFidelities: (configurations) => overTraining(configurations, at),
    write: (unit, out, from) => {
      features.write(unit, out, from);
      out[from + at.log] = place;
      out[from + at.share] = fidelity / max;
    },
  };
}
