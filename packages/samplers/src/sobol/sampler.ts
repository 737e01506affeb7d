/** The Sobol sequence as a sampler. */
import type { Key, Sampler, SamplerCard } from "@caviar-hpo/core";
import type { PointState } from "../pointSampler.ts";
import type { Sequence } from "../sequence.ts";
import { type SequenceOptions, sequenceCard, sequenceSampler } from "../sequenceSampler.ts";
import { sobolPointAt, sobolTables } from "./pointAt.ts";

/**
 * Makes a sampler of Sobol points, scrambled by default. Use it if you know nothing about the problem. At most 1111 parameters.
 *
 * @throws ConfigError for an unknown option or a value of the wrong kind.
 */
export function sobolSampler(options: SequenceOptions = {}): Sampler<PointState> {
  const create = (dimensions: number, key: Key | null): Pick<Sequence, "at"> => {
    const tables = sobolTables(dimensions, key);
    return { at: (index) => sobolPointAt(tables, index) };
  };
  return sequenceSampler("sobol", create, options);
}

export const sobolCard: SamplerCard = sequenceCard("sobol", "Scrambled Sobol points.", sobolSampler);
