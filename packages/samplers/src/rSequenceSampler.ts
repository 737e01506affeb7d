/** Roberts' R-sequence as a sampler. */
import type { Sampler, SamplerCard } from "@caviar-hpo/core";
import type { PointState } from "./pointSampler.ts";
import { rSequence } from "./rSequence.ts";
import { type SequenceOptions, sequenceCard, sequenceSampler } from "./sequenceSampler.ts";

/** Roberts' R-sequence; `scramble` shifts it on the torus by a random vector. */
export function rSequenceSampler(options: SequenceOptions = {}): Sampler<PointState> {
  return sequenceSampler("rSequence", rSequence, options);
}

export const rSequenceCard: SamplerCard = sequenceCard("rSequence", "Roberts' R-sequence, shifted at random.", rSequenceSampler);
