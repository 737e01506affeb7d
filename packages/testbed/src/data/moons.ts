/**
 * Two moons: half circles of radius 1 that reach into each other, placed as in `make_moons` of scikit-learn (Pedregosa et al., *JMLR* 12,
 * 2011). The position along each is uniform, and the Gaussian noise is isotropic.
 */
import type { Key } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { cos, sin } from "@caviar-hpo/numerics";
import type { Curve } from "./curveBayesError.ts";
import { type CurvesOptions, drawOnCurves } from "./curves.ts";
import type { ClassificationData } from "./dataset.ts";

/**
 * Draws rows (x, y). Label 0 is the upper moon, and label 1 is the lower one.
 *
 * @throws ConfigError for options out of range.
 */
export function moons(options: CurvesOptions, key: Key): ClassificationData {
  return drawOnCurves("moons", moonCurves, readMoons(options), key);
}

export const moonCurves: readonly Curve[] = [
  (t) => [cos(Math.PI * t), sin(Math.PI * t)],
  (t) => [1 - cos(Math.PI * t), 0.5 - sin(Math.PI * t)],
];

const readMoons = optionReader<CurvesOptions>("moons", { n: anything, noise: anything });
