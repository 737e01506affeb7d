/**
 * Spirals: one arm per class. The arms wind around each other. Each is an Archimedean spiral from the centre to radius 1, with Gaussian
 * noise.
 */
import type { Key } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { cos, sin } from "@caviar-hpo/numerics";
import type { Curve } from "./curveBayesError.ts";
import { type CurvesOptions, drawOnCurves } from "./curves.ts";
import type { ClassificationData } from "./dataset.ts";
import { requireReal, requireWhole } from "./ranges.ts";

export type SpiralsOptions = CurvesOptions & {
  /** How many arms, each a class: a whole number from 2 to 10. */
  readonly arms: number;
  /** How many turns an arm makes: 0.25 to 4. */
  readonly turns: number;
};

/**
 * Draws rows (x, y). Label c is the arm that starts at the angle 2 pi c / arms. The position on an arm is uniform in its radius.
 *
 * @throws ConfigError for options out of range.
 */
export function spirals(given: SpiralsOptions, key: Key): ClassificationData {
  const { arms, turns, ...options } = readSpirals(given);
  requireWhole("arms of spirals", arms, 2, 10);
  requireReal("turns of spirals", turns, 0.25, 4);
  return drawOnCurves("spirals", spiralCurves(arms, turns), options, key);
}

export function spiralCurves(arms: number, turns: number): readonly Curve[] {
  return Array.from({ length: arms }, (_, arm) => (t: number) => {
    const angle = 2 * Math.PI * (turns * t + arm / arms);
    return [t * cos(angle), t * sin(angle)] as const;
  });
}

const readSpirals = optionReader<SpiralsOptions>("spirals", { n: anything, noise: anything, arms: anything, turns: anything });
