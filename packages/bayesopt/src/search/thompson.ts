/**
 * Thompson sampling: candidates in the order of one joint draw of the objective at all of them (W. R. Thompson, Biometrika 25, 1933), with
 * constraints drawn in the same way. Points feasible in the draw come first (D. Eriksson, M. Poloczek, Scalable constrained Bayesian
 * optimization, AISTATS 2021, section 3).
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import { coordinatesOf, type Features } from "../features.ts";
import type { Process } from "../process/process.ts";
import type { Condition } from "../surrogate/feasibility.ts";
import { imagine } from "./imagine.ts";
import type { Found } from "./maximise.ts";

/** The most candidates; rows that a process needs room for. */
export const drawnJointly = 256;

/** What is drawn from: the process of the objective, and those of the conditions. */
export type Drawable = { readonly features: Features; readonly process: Process; readonly conditions: readonly Condition[] };

/**
 * Candidates, the best of the draw first, those left out whose values follow from the others'. The processes have room for that many rows.
 */
export function sampleBest({ features, process, conditions }: Drawable, units: readonly Float64Array[], key: Key): readonly Found[] {
  const x = coordinatesOf(features, units);
  const violations = new Float64Array(units.length);
  conditions.forEach((condition, index) => {
    condition.process.forget();
    for (const [row, value] of draw(condition.process, x, units.length, derive(key, "condition", index)))
      violations[row] = violations[row]! + Math.max(0, value - condition.threshold);
    condition.process.forget();
  });
  return draw(process, x, units.length, derive(key, "objective"))
    .sort(([a, f], [b, g]) => violations[a]! - violations[b]! || f - g || a - b)
    .map(([row, value]): Found => ({ unit: units[row]!, value: -value }));
}

/** Pairs of a row and its value. */
function draw(process: Process, x: Float64Array, count: number, key: Key): [number, number][] {
  const before = process.imagined;
  const { rows, means } = imagine(process, x, count, false);
  const source = stream(key);
  const values = Float64Array.from({ length: process.imagined }, () => source.normal());
  process.drawInPlace(values, 1, Float64Array.of(...new Float64Array(before), ...means));
  return rows.map((row, index) => [row, values[before + index]!]);
}
