/**
 * What a user believes about good values: a density per parameter, or a few good configurations. It is plain data of the space, so it
 * travels with the space on the wire, in logs and in plans. `docs/beliefs.md` says how strategies use it.
 */
import type { Config, ParamValue } from "../param.ts";

/**
 * A normal density around a value, on the parameter's scale: log-normal on a log scale. `sd` is its standard deviation as a share of the
 * range on that scale, above 0 and at most 1; 0.25 by default. The density is cut at the ends of the range.
 */
export type NearBelief = { readonly near: ParamValue; readonly sd?: number };

/** How likely each option of a choice is, in the order of the options: numbers from 0 on, not all 0. They need not sum to 1. */
export type WeightsBelief = { readonly weights: readonly number[] };

/** A belief about one parameter. Choices without order take `weights`. Numbers take `near`. Ordered choices take either. */
export type Belief = NearBelief | WeightsBelief;

/** At least one of the two. With both, either may be right: the density is their average. */
export type Beliefs = {
  /** Beliefs by parameter. A parameter that is left out may have any value. */
  readonly params?: { readonly [name: string]: Belief };
  /** Configurations that are believed to be good. They may leave out parameters. 1 to 100 of them. */
  readonly configs?: readonly Config[];
};
