/**
 * Which hyperparameters matter, by functional analysis of variance (F. Hutter, H. Hoos and K. Leyton-Brown, *An Efficient Approach for
 * Assessing Hyperparameter Importance*, ICML 2014): a random forest learns the objective from what was observed, and the variance of each
 * tree over the whole space is divided among the parameters, their pairs, and what only three or more explain together.
 *
 * The space is the unit cube that `encode` makes of it, under the uniform distribution: log scales count by the logarithm, options all
 * alike. A conditional parameter has no influence on a configuration in which it is not active; the objective is taken as `decode` shows
 * it, the same wherever that coordinate lies, so a parameter that is rarely active can matter only rarely.
 */
import { ConfigError, type Key, type Space } from "@caviar-hpo/core";
import { anything, optionReader } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { decompose } from "./decompose.ts";
import { growForest } from "./forest.ts";
import { type Observation, sampleOf } from "./sample.ts";

export type ImportanceOptions = {
  readonly key: Key;
  /** Default 64. */
  readonly trees?: number;
  /** Fewest rows in a leaf. Default 1; more keeps the forest from learning noise by heart. */
  readonly leastRows?: number;
};

/** A share of the variance: the mean over the trees and their standard deviation, which is that of one tree and not of the mean. */
export type Share = { readonly mean: number; readonly sd: number };

export type Importance = {
  readonly observations: number;
  readonly trees: number;
  /** One entry a parameter, the most important first. */
  readonly main: readonly { readonly name: string; readonly share: Share }[];
  /** One entry a pair, beyond what its two explain alone, the most important first. */
  readonly pairs: readonly { readonly names: readonly [string, string]; readonly share: Share }[];
  /** What only three or more parameters explain together, noise learnt by heart included. */
  readonly rest: Share;
};

/**
 * The importance of every parameter and every pair. Shares are between 0 and 1; those of a tree sum to 1, unless all values are the same:
 * then all are 0. Trees x pairs x (leaves of a tree)^2 operations.
 *
 * @throws ConfigError for observations that do not fit the space or are not finite, or fewer than two of them.
 */
export function importance(space: Space, observations: readonly Observation[], options: ImportanceOptions): Importance {
  const { key, trees, leastRows } = readImportanceOptions(options);
  const sample = sampleOf(space, observations);
  const parts = growForest(sample, trees, leastRows, key).map((leaves) => decompose(leaves, sample.axes));
  const names = space.params.map(([name]) => name);
  const pairs = names.flatMap((first, index) => names.slice(index + 1).map((second) => [first, second] as const));
  const shareOf = (pick: (part: (typeof parts)[number]) => number): Share =>
    summary(parts.map((part) => (part.variance > 0 ? pick(part) / part.variance : 0)));
  return {
    observations: observations.length,
    trees,
    main: names.map((name, axis) => ({ name, share: shareOf(({ main }) => main[axis]!) })).sort(byShare),
    pairs: pairs.map((both, index) => ({ names: both, share: shareOf((part) => part.pairs[index]!) })).sort(byShare),
    rest: shareOf(({ variance, main, pairs: both }) => Math.max(0, variance - total(main) - total(both))),
  };
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
    expected: "a whole number from 1",
    got: show(value),
    remedy: "Leave it out for the default.",
  });
}

function summary(values: readonly number[]): Share {
  const mean = total(values) / values.length;
  return { mean, sd: Math.sqrt(total(values.map((value) => (value - mean) * (value - mean))) / values.length) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function byShare(a: { readonly share: Share }, b: { readonly share: Share }): number {
  return b.share.mean - a.share.mean;
}
