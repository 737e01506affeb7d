/**
 * Low-discrepancy sequences as samplers. Each is keyed by the key of its study. The same seed gives the same points, and another seed gives
 * other points. Each sequence has its own file with its sampler and its card, so a program that uses one of them does not include the
 * others.
 */
import { choice, type Key, type Sampler, type SamplerCard } from "@caviar-hpo/core";
import { type OptionSpec, type OptionSpecs, readOptions, samplerCard } from "@caviar-hpo/core/contract";
import { type PointState, pointSampler } from "./pointSampler.ts";
import type { Sequence } from "./sequence.ts";

export type SequenceOptions = {
  /** Whether the seed randomises the sequence. Otherwise every seed gives the same points. true by default. */
  readonly scramble?: boolean;
};

export const sequenceOptions: OptionSpecs & Record<keyof SequenceOptions, OptionSpec> = {
  scramble: {
    param: choice([true, false]),
    default: true,
    doc: "Whether the seed randomises the sequence. Otherwise every seed gives the same points.",
  },
};

export function sequenceSampler(
  name: string,
  create: (dimensions: number, key: Key | null) => Pick<Sequence, "at">,
  options: SequenceOptions,
): Sampler<PointState> {
  const { scramble } = readOptions(name, sequenceOptions, options);
  return pointSampler(name, (dimensions, key) => {
    const sequence = create(dimensions, scramble ? key : null);
    return (index) => sequence.at(index);
  });
}

/* @__NO_SIDE_EFFECTS__ */
export function sequenceCard(name: string, doc: string, sampler: (options: SequenceOptions) => Sampler<PointState>): SamplerCard {
  return samplerCard({ name, doc, options: sequenceOptions, adaptive: false, dependsOn: "nothing", sampler });
}
