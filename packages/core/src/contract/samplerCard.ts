/** The card of a sampler: the sampler trains every trial to the end, or chooses the points for a scheduler. */

import type { Card, StrategyOptions } from "./card.ts";
import { complete, compose } from "./compose.ts";
import { readOptions } from "./options.ts";
import type { Sampler } from "./sampler.ts";

/** What a sampler's file says of it. */
export type SamplerHalf = Pick<Card, "name" | "doc" | "options" | "adaptive" | "dependsOn"> & {
  /** True by default. */
  readonly random?: boolean;
  /** The defaults are cheap enough by default. */
  readonly cheap?: StrategyOptions;
  /** @param options in full. */
  sampler(options: StrategyOptions): Sampler;
};

/** A card that can also be put under a scheduler, by `composeCards`. */
export type SamplerCard = Card & Pick<SamplerHalf, "sampler">;

/** The card of `compose(complete, sampler)`. */
export function samplerCard(half: SamplerHalf): SamplerCard {
  const { name, options, sampler } = half;
  return {
    random: true,
    cheap: {},
    ...half,
    needs: [],
    create: (given = {}) => ({ ...compose(complete, sampler(readOptions<StrategyOptions>(name, options, given))), name }),
  };
}
