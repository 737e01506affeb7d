/**
 * Two moons: half circles of radius 1 that reach into each other, as scikit-learn's `make_moons` places them (Pedregosa et al., *JMLR* 12,
 * 2011), with positions drawn uniformly along each and isotropic Gaussian noise.
 */
import type { Key } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { cos, sin } from "@caviar-hpo/numerics";
import type { Curve } from "./curveBayesError.ts";
import { type CurvesOptions, drawOnCurves } from "./curves.ts";
import type { ClassificationData } from "./dataset.ts";

/** Rows (x, y); label 0 is the upper moon, 1 the lower. */
export function moons(options: CurvesOptions, key: Key): ClassificationData {
  return drawOnCurves("moons", moonCurves, readMoons(options), key);
}

export const moonCurves: readonly Curve[] = [
  (t) => [cos(Math.PI * t), sin(Math.PI * t)],
  (t) => [1 - cos(Math.PI * t), 0.5 - sin(Math.PI * t)],
];

const readMoons = optionReader<CurvesOptions>("moons", { n: anything, noise: anything });
