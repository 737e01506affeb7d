/**
 * L-BFGS-B inside the feasible set. The function that it climbs is the acquisition at the feasible point that belongs to a point of the
 * box: the point itself, or where that breaks a constraint, the one on the boundary that Newton's steps lead to. Its gradient there is what
 * is left along the boundary, so that the search slides along active constraints. Every point that is evaluated is feasible.
 */
import type { FeasibleSet } from "@caviar-hpo/core";
import { exp } from "@caviar-hpo/numerics";
import { minimiseTogether } from "@caviar-hpo/numerics/lbfgsb";
import type { AcquisitionLandscape } from "./landscape.ts";
import type { Found } from "./maximise.ts";
import type { SearchRegion } from "./region.ts";
import { alongBoundary, computesCoordinates, restore, throughEqualities } from "./restore.ts";

/** One point for each start, a feasible one: the best that was seen, the start itself where nothing is gained. */
export function climbFeasible(
  landscape: AcquisitionLandscape,
  { features, box, logLengthscales }: SearchRegion,
  set: FeasibleSet,
  starts: readonly Found[],
  maxEvaluations: number,
): readonly Found[] {
  const free = starts.map(({ unit }) => features.free(unit));
  const smooth = features.axes.flatMap((axis, at) => (axis.smooth ? [at] : []));
  if (free.every((axes) => axes.length === 0)) return starts;
  const [k, d] = [smooth.length, landscape.dimensions];
  const { space } = features;
  const region = { space, set, box };
  const computed = computesCoordinates(region);
  const scale = Float64Array.from(smooth, (axis) => Math.min(1, exp(logLengthscales[axis]!)));
  const [points, gradients] = [new Float64Array(starts.length * d), new Float64Array(starts.length * d)];
  const values = new Float64Array(starts.length);
  const best = [...starts];
  /** The point of start number `start` in the unit cube. */
  const place = (start: number, at: Float64Array): Float64Array => {
    const unit = starts[start]!.unit.slice();
    smooth.forEach((axis, f) => {
      if (free[start]!.includes(axis)) unit[axis] = Math.min(1, Math.max(0, at[f]! * scale[f]!));
    });
    return unit;
  };
  const bound = (corner: Float64Array, extreme: (...all: number[]) => number): Float64Array =>
    Float64Array.from(smooth, (axis, f) => extreme(corner[axis]!, ...starts.map(({ unit }) => unit[axis]!)) / scale[f]!);
  minimiseTogether(
    starts.map(({ unit }) => Float64Array.from(smooth, (axis, f) => unit[axis]! / scale[f]!)),
    { lower: bound(box.lower, Math.min), upper: bound(box.upper, Math.max) },
    (asked, count, out, slopes, which) => {
      const ends = Array.from({ length: count }, (_, j) => {
        const start = which[j]!;
        return restore(region, place(start, asked.subarray(j * k, (j + 1) * k)), free[start]!, best[start]!.unit);
      });
      for (const [j, { unit }] of ends.entries()) points.set(unit, j * d);
      landscape.evaluate(points, count, values, gradients);
      for (const [j, { unit, normals }] of ends.entries()) {
        const start = which[j]!;
        const axes = free[start]!;
        if (values[j]! > best[start]!.value) best[start] = { unit, value: values[j]! };
        const full = gradients.subarray(j * d, (j + 1) * d);
        const slope = computed ? throughEqualities(region, unit, axes, full) : Float64Array.from(axes, (axis) => full[axis]!);
        alongBoundary(slope, normals);
        out[j] = -values[j]!;
        smooth.forEach((axis, f) => {
          const at = axes.indexOf(axis);
          slopes[j * k + f] = at < 0 ? 0 : -slope[at]! * scale[f]!;
        });
      }
    },
    { maxEvaluations, gradientTolerance: 1e-5 },
  );
  return best;
}
