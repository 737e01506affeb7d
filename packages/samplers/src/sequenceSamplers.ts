/**
 * The low-discrepancy sequences as samplers, each with a key of its study. The same seed gives the same points, and another seed gives
 * other points.
 */
import {
  choice,
  type Key,
  type OptionSpec,
  type OptionSpecs,
  readOptions,
  type Sampler,
  type SamplerCard,
  samplerCard,
} from "@caviar-hpo/core";
import { halton } from "./halton.ts";
import { type PointState, pointSampler } from "./pointSampler.ts";
import { rSequence } from "./rSequence.ts";
import type { Sequence } from "./sequence.ts";
import { sobol } from "./sobol/sobol.ts";

export type SequenceOptions = { readonly scramble?: boolean };

export const sequenceOptions: OptionSpecs & Record<keyof SequenceOptions, OptionSpec> = {
  scramble: {
    param: choice([true, false]),
    default: true,
    doc: "Whether the seed randomises the sequence. Otherwise every seed gives the same points.",
  },
};

/** Scrambled Sobol points: the default for space-filling designs. At most 1111 parameters. */
export function sobolSampler(options: SequenceOptions = {}): Sampler<PointState> {
  return sequenceSampler("sobol", sobol, options);
}

/** Scrambled Halton points. */
export function haltonSampler(options: SequenceOptions = {}): Sampler<PointState> {
  return sequenceSampler("halton", halton, options);
}

/** Roberts' R-sequence; `scramble` shifts it on the torus by a random vector. */
export function rSequenceSampler(options: SequenceOptions = {}): Sampler<PointState> {
  return sequenceSampler("rSequence", rSequence, options);
}

export const sobolCard: SamplerCard = sequenceCard("sobol", "Scrambled Sobol points.", sobolSampler);

export const haltonCard: SamplerCard = sequenceCard("halton", "Scrambled Halton points.", haltonSampler);

export const rSequenceCard: SamplerCard = sequenceCard("rSequence", "Roberts' R-sequence, shifted at random.", rSequenceSampler);

function sequenceCard(name: string, doc: string, sampler: (options: SequenceOptions) => Sampler<PointState>): SamplerCard {
  return samplerCard({ name, doc, options: sequenceOptions, adaptive: false, dependsOn: "nothing", sampler });
}

function sequenceSampler(
  name: string,
  create: (dimensions: number, key: Key | null) => Sequence,
  options: SequenceOptions,
): Sampler<PointState> {
  const { scramble } = readOptions(name, sequenceOptions, options);
  return pointSampler(name, (dimensions, key) => {
    const sequence = create(dimensions, scramble ? key : null);
    return (index) => sequence.at(index);
  });
}
