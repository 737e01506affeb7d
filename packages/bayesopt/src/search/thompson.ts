/** Thompson sampling: candidates in the order of one joint draw of the objective at all of them (W. R. Thompson, Biometrika 25, 1933). */
import { derive, type Key, stream } from "@caviar/core";
import type { Features } from "../features.ts";
import type { Process } from "../process/process.ts";
import { queries } from "../surrogate/ensemble.ts";
import { coordinatesOf } from "../surrogate/feasibility.ts";
import { type Box, candidates } from "./candidates.ts";
import type { Found } from "./maximise.ts";

/** Candidates, the least draw first; where the joint distribution cannot be factorised, the least mean first. */
export function sampleBest(
  features: Features,
  process: Process,
  box: Box,
  elite: readonly Float64Array[],
  logLengthscales: readonly number[],
  key: Key,
): readonly Found[] {
  const d = features.axes.length;
  const points = candidates(features, drawnJointly, box, elite, logLengthscales, derive(key, "candidates"));
  const units = Array.from({ length: drawnJointly }, (_, index) => points.slice(index * d, (index + 1) * d));
  const x = coordinatesOf(features, units);
  const values = new Float64Array(drawnJointly);
  for (let start = 0; start < drawnJointly; start += queries)
    process.predict(
      x.subarray(start * features.size, (start + queries) * features.size),
      queries,
      values.subarray(start, start + queries),
      null,
      null,
    );
  const before = process.imagined;
  const source = stream(derive(key, "draw"));
  if (process.imagine(x, drawnJointly, false)) {
    const normals = Float64Array.from({ length: process.imagined }, () => source.normal());
    const means = new Float64Array(process.imagined);
    means.set(values, before);
    process.drawInPlace(normals, 1, means);
    values.set(normals.subarray(before));
  }
  return units
    .map((unit, index): Found => ({ unit, value: -values[index]! }))
    .sort((a, b) => (a.value === b.value ? 0 : b.value - a.value));
}

export const drawnJointly = 256;
