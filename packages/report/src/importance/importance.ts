/**
 * Which hyperparameters matter, by functional analysis of variance (F. Hutter, H. Hoos and K. Leyton-Brown, *An Efficient Approach for
 * Assessing Hyperparameter Importance*, ICML 2014). A random forest learns the objective from observations. The variance of each tree over
 * the whole space is divided among the parameters, their pairs, and the interactions of three or more.
 *
 * The space is the unit cube of `encode`, under the uniform distribution. So log scales count by the logarithm, and all options of a choice
 * count equally. A conditional parameter has no influence on a configuration in which it is not active. The objective is the same for all
 * values of an inactive coordinate, so a parameter that is rarely active can only rarely matter.
 */
import { ConfigError, type Key, type Space } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { meanAndDeviation, powerOfTwoBelow } from "@caviar-hpo/numerics/statistics";
import { decompose } from "./decompose.ts";
import { growForest } from "./forest.ts";
import { type Sample, type SampledTrial, sampleOf } from "./sample.ts";
import type { Leaf } from "./tree.ts";

export type ImportanceOptions = {
  /** The key from which the forest is drawn. */
  readonly key: Key;
  /** How many trees the forest has: a whole number, at least 1; 64 by default. */
  readonly trees?: number;
  /** The smallest number of rows in a leaf: a whole number, at least 1; 1 by default. With more rows, the forest learns less noise. */
  readonly leastRows?: number;
};

/** A share of the variance: the mean over the trees, and the standard deviation of one tree (not of the mean). */
export type Share = { readonly mean: number; readonly sd: number };

/** The shares of the variance. */
export type Importance = {
  readonly observations: number;
  readonly trees: number;
  /** One entry per parameter, the most important first. */
  readonly main: readonly { readonly name: string; readonly share: Share }[];
  /** One entry per pair, the most important first. It counts only what the two explain together and not alone. */
  readonly pairs: readonly { readonly names: readonly [string, string]; readonly share: Share }[];
  /** What only three or more parameters explain together, including noise that the trees have learned. */
  readonly rest: Share;
};

/**
 * Computes the importance of every parameter and every pair. Shares are between 0 and 1. The shares of a tree sum to 1, or are all 0 if all
 * values are the same. The cost is trees x pairs x (leaves of a tree)^2 operations.
 *
 * @throws ConfigError for observations that do not fit the space or are not finite, and for fewer than two observations.
 */
export function importance(space: Space, observations: readonly SampledTrial[], options: ImportanceOptions): Importance {
  return sharesOf(learn(space, observations, options));
}

/** What a forest has learned from observations. */
export type LearnedForest = { readonly space: Space; readonly sample: Sample; readonly forest: readonly (readonly Leaf[])[] };

export function learn(space: Space, observations: readonly SampledTrial[], options: ImportanceOptions): LearnedForest {
  const { key, trees, leastRows } = readImportanceOptions(options);
  const sample = sampleOf(space, observations);
  return { space, sample, forest: growForest(sample, trees, leastRows, key) };
}

export function sharesOf({ space, sample, forest }: LearnedForest): Importance {
  const parts = forest.map((leaves) => decompose(measured(leaves), sample.axes));
  const names = space.params.map(([name]) => name);
  const pairs = names.flatMap((first, index) => names.slice(index + 1).map((second) => [first, second] as const));
  const shareOf = (pick: (part: (typeof parts)[number]) => number): Share =>
    meanAndDeviation(parts.map((part) => (part.variance > 0 ? pick(part) / part.variance : 0)));
  return {
    observations: sample.n,
    trees: forest.length,
    main: names.map((name, axis) => ({ name, share: shareOf(({ main }) => main[axis]!) })).sort(byShare),
    pairs: pairs.map((both, index) => ({ names: both, share: shareOf((part) => part.pairs[index]!) })).sort(byShare),
    rest: shareOf(({ variance, main, pairs: both }) => Math.max(0, variance - total(main) - total(both))),
  };
}

/** The same tree in a power of two below its largest value: the shares are the same, and no square overflows or vanishes. */
function measured(leaves: readonly Leaf[]): readonly Leaf[] {
  const unit = powerOfTwoBelow(leaves.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0));
  return leaves.map(({ value, regions }) => ({ value: value / unit, regions }));
}

const readNames = optionReader<ImportanceOptions>("importance", { key: anything, trees: anything, leastRows: anything });

export function readImportanceOptions(options: ImportanceOptions): Required<ImportanceOptions> {
  const { key, trees = 64, leastRows = 1 } = readNames(options);
  requireWhole("trees of importance", trees);
  requireWhole("leastRows of importance", leastRows);
  return { key, trees, leastRows };
}

function requireWhole(what: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new ConfigError({
    code: "badOption",
    what,
    expected: "a whole number, at least 1",
    got: show(value),
    remedy: "Omit it for the default.",
  });
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function byShare(a: { readonly share: Share }, b: { readonly share: Share }): number {
  return b.share.mean - a.share.mean;
}
