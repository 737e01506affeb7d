/** Independent uniform points, the baseline of every comparison (Bergstra and Bengio 2012). Each point has its own stream. */
import { derive, type Sampler, type SamplerCard, uniformConfig } from "@caviar-hpo/core";
import { samplerCard } from "@caviar-hpo/core/contract";
import type { PointState } from "./pointSampler.ts";

/** Makes a sampler of independent uniform points. */
export function randomSampler(): Sampler<PointState> {
  return {
    name: "random",
    version: 1,
    can: { conditional: true, objectives: Number.MAX_SAFE_INTEGER, constraints: true, external: true },
    init: (_problem, key) => ({ key, index: 0 }),
    suggest: (state, { problem }) => {
      const config = uniformConfig(problem.space, derive(state.key, state.index));
      state.index++;
      return { config };
    },
    tell: () => {},
  };
}

export const randomCard: SamplerCard = samplerCard({
  name: "random",
  doc: "Independent uniform points.",
  options: {},
  adaptive: false,
  dependsOn: "nothing",
  sampler: randomSampler,
});
