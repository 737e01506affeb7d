/** Roberts' R-sequence as a sampler. */
import type { Sampler, SamplerCard } from "@caviar-hpo/core";
import type { PointState } from "./pointSampler.ts";
import { rSequence } from "./rSequence.ts";
import { type SequenceOptions, sequenceCard, sequenceSampler } from "./sequenceSampler.ts";

/**
 * Makes a sampler of the R-sequence. With `scramble`, a random vector shifts it on the torus.
 *
 * @throws ConfigError for an unknown option or a value of the wrong kind.
 */
export function rSequenceSampler(options: SequenceOptions = {}): Sampler<PointState> {
  return sequenceSampler("rSequence", rSequence, options);
}

export const rSequenceCard: SamplerCard = sequenceCard("rSequence", "Roberts' R-sequence, shifted at random.", rSequenceSampler);
