/**
 * The acquisition per expected cost: ln alpha(x) - power ln c(x), where c(x) is the median cost that the cost model expects. With the power
 * 1 it is the expected improvement per second (J. Snoek, H. Larochelle, R. P. Adams, NeurIPS 2012, section 3.2; LogEIPC of Q. Xie et al.,
 * arXiv:2507.12453). With a smaller power, cost counts less (E. H. Lee et al., CArBO, arXiv:2003.10870, whose power falls from 1 to 0).
 */
import type { Features } from "../features.ts";
import { inBatches } from "../model/ensemble.ts";
import type { CostModel } from "../surrogate/costModel.ts";
import { type AcquisitionLandscape, withTerm, writeCoordinates } from "./landscape.ts";
import { newScratch } from "./scratch.ts";

/** `power`: from 0 to 1. */
export type CostWeight = { readonly model: CostModel; readonly power: number };

export function perCost(landscape: AcquisitionLandscape, features: Features, cost: CostWeight | null): AcquisitionLandscape {
  if (cost === null) return landscape;
  const d = features.axes.length;
  const { process, base, unit } = cost.model;
  const scratch = newScratch(features.size);
  const { z, size, mean, variance, byMean, byVariance } = scratch;
  const slopes = new Float64Array(z.length);
  byMean.fill(-cost.power * unit);
  return withTerm(landscape, (points, m, values, gradients) =>
    inBatches({ data: points, n: m, d }, ({ z: units, m: count, start }) => {
      writeCoordinates(features, units, count, scratch);
      process.predict({ z, m: count }, gradients === null ? { mean } : { mean, variance });
      for (let j = 0; j < count; j++) values[start + j] = values[start + j]! - cost.power * (base + unit * mean[j]!);
      if (gradients === null) return;
      slopes.fill(0, 0, count * size);
      process.pull({ z, m: count }, { mean: byMean, variance: byVariance }, slopes);
      for (let j = 0; j < count; j++)
        features.axes.forEach(({ first, smooth }, axis) => {
          if (smooth) gradients[(start + j) * d + axis]! += slopes[j * size + first]!;
        });
    }),
  );
}
