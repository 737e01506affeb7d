/** Independent uniform points, the baseline of every comparison (Bergstra and Bengio 2012). Point i has a stream of its own. */
import { derive, type Sampler, type SamplerCard, stream } from "@caviar-hpo/core";
import { samplerCard } from "@caviar-hpo/core/contract";
import { type PointState, pointSampler } from "./pointSampler.ts";

export function randomSampler(): Sampler<PointState> {
  return pointSampler("random", (dimensions, key) => (index) => {
    const source = stream(derive(key, index));
    return Float64Array.from({ length: dimensions }, source.uniform);
  });
}

export const randomCard: SamplerCard = samplerCard({
  name: "random",
  doc: "Independent uniform points.",
  options: {},
  adaptive: false,
  dependsOn: "nothing",
  sampler: randomSampler,
});
