/** The Halton sequence as a sampler. */
import type { Sampler, SamplerCard } from "@caviar-hpo/core";
import { halton } from "./halton.ts";
import type { PointState } from "./pointSampler.ts";
import { type SequenceOptions, sequenceCard, sequenceSampler } from "./sequenceSampler.ts";

/**
 * Makes a sampler of Halton points, scrambled by default.
 *
 * @throws ConfigError for an unknown option or a value of the wrong kind.
 */
export function haltonSampler(options: SequenceOptions = {}): Sampler<PointState> {
  return sequenceSampler("halton", halton, options);
}

export const haltonCard: SamplerCard = sequenceCard("halton", "Scrambled Halton points.", haltonSampler);
