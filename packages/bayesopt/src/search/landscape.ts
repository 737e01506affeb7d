/**
 * The acquisition over the unit cube: what each process of the ensemble expects of a point, averaged over them, times the probability that
 * the point is feasible; in logarithms, many points at once, with gradients along the smooth parameters. Memory is allocated once.
 */
import { exp, log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { inBatches } from "../model/ensemble.ts";
import type { Condition } from "../surrogate/feasibility.ts";
import { feasibleWorth } from "./feasibleWorth.ts";
import { type LandscapeMember, type MemberWorth, memberWorth } from "./memberWorth.ts";
import { newScratch, type Scratch } from "./scratch.ts";

export type AcquisitionLandscape = {
  readonly dimensions: number;
  /** Points that have been evaluated, one at a time or in batches: the effort of the search. */
  evaluations(): number;
  /** Writes m values, and where asked for gradients, row-major m x dimensions; points row-major m x dimensions, any m. */
  evaluate(points: Float64Array, m: number, values: Float64Array, gradients: Float64Array | null): void;
  /** Values that no point exceeds, by O(n) work a point; null where there are fantasies or conditions, which have no such cheap bound. */
  readonly bound: ((points: Float64Array, m: number, values: Float64Array) => void) | null;
};

/** @param doubt is added to the probability that the conditions hold. */
export function createLandscape(
  features: Features,
  members: readonly LandscapeMember[],
  conditions: readonly Condition[],
  doubt = 0,
): AcquisitionLandscape {
  const d = features.axes.length;
  const scratch = newScratch(features.size);
  const worths = members.map((member) => memberWorth(member, scratch));
  const feasible = feasibleWorth(conditions, doubt, scratch);
  const bounded = conditions.length === 0 && members.every(({ utility }) => typeof utility === "function");
  let evaluations = 0;
  return {
    dimensions: d,
    evaluations: () => evaluations,
    evaluate: (points, m, values, gradients) => {
      inBatches({ data: points, n: m, d }, ({ z, m: count, start }) => {
        writeCoordinates(features, z, count, scratch);
        for (const one of worths) one.evaluate(count, gradients !== null);
        feasible.evaluate(count, gradients !== null);
        for (let j = 0; j < count; j++) {
          const mixture = mixtureAt(worths, j);
          values[start + j] = mixture.value + feasible.worth[j]!;
          if (gradients !== null) writeGradient({ features, worths, feasible, mixture }, j, gradients, (start + j) * d);
        }
        evaluations += count;
      });
    },
    bound: bounded ? (points, m, values) => writeBounds(features, members, scratch, { points, m, values }) : null,
  };
}

/**
 * The landscape plus a term that is known everywhere, such as a weight in logarithms.
 *
 * @param add as `evaluate`, but adds to the values and the gradients.
 */
export function withTerm(landscape: AcquisitionLandscape, add: AcquisitionLandscape["evaluate"]): AcquisitionLandscape {
  const { bound } = landscape;
  return {
    ...landscape,
    evaluate: (points, m, values, gradients) => {
      landscape.evaluate(points, m, values, gradients);
      add(points, m, values, gradients);
    },
    bound:
      bound &&
      ((points, m, values) => {
        bound(points, m, values);
        add(points, m, values, null);
      }),
  };
}

/** The coordinates of m points of the cube, row-major m x dimensions; at most a batch of them. */
export function writeCoordinates(features: Features, points: Float64Array, m: number, { z, size }: Scratch): void {
  const d = features.axes.length;
  for (let j = 0; j < m; j++) features.write(points.subarray(j * d, j * d + d), z, j * size);
}

/** ln of the average worth of a point, and what it is made of: the greatest ln, and the sum of exp(ln - greatest). */
type Mixture = { readonly value: number; readonly top: number; readonly total: number };

function mixtureAt(worths: readonly MemberWorth[], j: number): Mixture {
  let top = -Infinity;
  for (const { worth } of worths) top = Math.max(top, worth[j]!);
  let total = 0;
  for (const { worth } of worths) total += top === -Infinity ? 0 : exp(worth[j]! - top);
  return { value: worths.length === 0 ? 0 : top === -Infinity ? -Infinity : top + log(total / worths.length), top, total };
}

type Combined = {
  readonly features: Features;
  readonly worths: readonly MemberWorth[];
  readonly feasible: MemberWorth;
  readonly mixture: Mixture;
};

/** The gradient of point number j of the batch, one entry per parameter, from `at` on; 0 along those that are not smooth. */
function writeGradient({ features, worths, feasible, mixture }: Combined, j: number, gradients: Float64Array, at: number): void {
  const { top, total } = mixture;
  for (let axis = 0; axis < features.axes.length; axis++) {
    const { first, smooth } = features.axes[axis]!;
    const from = j * features.size + first;
    let slope = 0;
    if (smooth) {
      slope = feasible.slopes[from]!;
      if (top > -Infinity) for (const { worth, slopes } of worths) slope += (slopes[from]! * exp(worth[j]! - top)) / total;
    }
    gradients[at + axis] = slope;
  }
}

type BoundedPoints = { readonly points: Float64Array; readonly m: number; readonly values: Float64Array };

function writeBounds(
  features: Features,
  members: readonly LandscapeMember[],
  scratch: Scratch,
  { points, m, values }: BoundedPoints,
): void {
  const { mean, variance, out } = scratch;
  inBatches({ data: points, n: m, d: features.axes.length }, ({ z, m: count, start }) => {
    writeCoordinates(features, z, count, scratch);
    values.fill(-Infinity, start, start + count);
    for (const { process, utility } of members) {
      if (typeof utility !== "function") continue;
      process.bound({ z: scratch.z, m: count }, mean, variance);
      for (let j = 0; j < count; j++) {
        utility(mean[j]!, variance[j]!, out);
        values[start + j] = Math.max(values[start + j]!, out.value);
      }
    }
  });
}
