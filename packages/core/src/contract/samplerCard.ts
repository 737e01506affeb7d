/** The card of a sampler. The sampler can train every trial to the end, or choose the points for a scheduler. */

import type { Card, StrategyOptions } from "./card.ts";
import { complete, compose } from "./compose.ts";
import { readOptions } from "./options.ts";
import type { Sampler } from "./sampler.ts";

/** What the file of a sampler states. */
export type SamplerHalf = Pick<Card, "name" | "doc" | "options" | "adaptive" | "dependsOn"> & {
  /** Default: true. */
  readonly random?: boolean;
  /** Default: none, because the default options are cheap enough. */
  readonly cheap?: StrategyOptions;
  /** @param options all of them, without defaults to fill in. */
  sampler(options: StrategyOptions): Sampler;
};

/** A card that `composeCards` can also put under a scheduler. */
export type SamplerCard = Card & Pick<SamplerHalf, "sampler">;

/** Makes the card of `compose(complete, sampler)`. A program that uses the sampler and not its card does not include the card. */
/* @__NO_SIDE_EFFECTS__ */
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
