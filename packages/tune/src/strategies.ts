/** Strategies by name, with their options as data: what plans, command lines and the wire choose from. */
import { bayesoptOptions, bayesoptSampler } from "@caviar/bayesopt";
import {
  ConfigError,
  complete,
  compose,
  type Json,
  nearest,
  type OptionSpecs,
  readOptions,
  type Sampler,
  type Strategy,
  show,
} from "@caviar/core";
import {
  coarseToFineOptions,
  coarseToFineSampler,
  gridOptions,
  gridSampler,
  haltonSampler,
  latinHypercubeOptions,
  latinHypercubeSampler,
  randomSampler,
  rSequenceSampler,
  sequenceOptions,
  sobolSampler,
} from "@caviar/samplers";

export type StrategyOptions = { readonly [name: string]: string | number | boolean };

export type StrategyEntry = {
  readonly name: string;
  /** One sentence. */
  readonly doc: string;
  readonly options: OptionSpecs;
  /** @throws ConfigError for an unknown option or a value out of range. */
  readonly create: (options?: StrategyOptions) => Strategy;
};

export const strategies: readonly StrategyEntry[] = [
  entry("random", "Independent uniform points.", {}, (options) => {
    readOptions("random", {}, options);
    return randomSampler();
  }),
  entry("grid", "Every combination of evenly spaced values once, in random order.", gridOptions, gridSampler),
  entry(
    "latinHypercube",
    "Stratified designs: each parameter's range is cut into as many slices as there are points.",
    latinHypercubeOptions,
    latinHypercubeSampler,
  ),
  entry("sobol", "Scrambled Sobol points.", sequenceOptions, sobolSampler),
  entry("halton", "Scrambled Halton points.", sequenceOptions, haltonSampler),
  entry("rSequence", "Roberts' R-sequence, shifted at random.", sequenceOptions, rSequenceSampler),
  entry(
    "coarseToFine",
    "Random points in the whole space, then denser ones around the best, in stages.",
    coarseToFineOptions,
    coarseToFineSampler,
  ),
  entry("bayesopt", "Gaussian-process Bayesian optimisation.", bayesoptOptions, bayesoptSampler),
];

/**
 * @param name one of `strategies`.
 * @throws ConfigError for an unknown name (with the nearest known one) or a bad option.
 */
export function createStrategy(name: string, options: StrategyOptions = {}): Strategy {
  const found = strategies.find((one) => one.name === name);
  if (found !== undefined) return found.create(options);
  const names = strategies.map((one) => one.name);
  throw new ConfigError({
    code: "unknownStrategy",
    what: "strategy",
    expected: `one of ${names.join(", ")}`,
    got: show(name),
    remedy: `Did you mean ${show(nearest(String(name), names))}?`,
  });
}

function entry<S extends Json>(
  name: string,
  doc: string,
  options: OptionSpecs,
  create: (given: StrategyOptions) => Sampler<S>,
): StrategyEntry {
  return { name, doc, options, create: (given = {}) => compose(complete, create(given)) };
}
