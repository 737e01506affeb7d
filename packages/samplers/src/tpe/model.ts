/** The model of TPE: the densities l of good and g of bad configurations, group by group, and the point that maximises l / g. */
import { type Config, decode, encode, isActive, type Space, type Stream } from "@caviar-hpo/core";
import { place, unitAt } from "./axis.ts";
import type { Group } from "./groups.ts";
import { type Parzen, type Places, parzen } from "./parzen.ts";

/** Configurations, oldest first. */
export type SplitConfigs = { readonly good: readonly Config[]; readonly bad: readonly Config[] };

/** Remembers the places of configurations, for as long as the configurations are in memory. */
export type Known = WeakMap<Config, Float64Array>;

/** What a point is chosen by: the groups of a space's parameters, and the configurations that are good and bad. */
export type DensityModel = {
  readonly space: Space;
  readonly groups: readonly Group[];
  readonly split: SplitConfigs;
  readonly known: Known;
};

/**
 * The best of `candidates` draws from l by l / g, for each group that is active given the groups before it. A group without observations
 * has its prior on both sides, so that every draw is equally good and the first one is taken.
 */
export function suggestFrom({ space, groups, split, known }: DensityModel, candidates: number, source: Stream): Config {
  const unit = new Float64Array(space.dims).fill(0.5);
  for (const group of groups) {
    const [, first] = space.params[group.params[0]!]!;
    if (first.kind === "given" && !isActive(first, decode(space, unit))) continue;
    const { good, bad } = densities(space, group, split, known);
    const drawn = good.sample(candidates, source);
    const inGood = good.logDensity(drawn);
    const inBad = bad.logDensity(drawn);
    const best = argmax(inGood.map((density, row) => density - inBad[row]!));
    group.params.forEach((param, column) => {
      unit[param] = unitAt(group.axes[column]!, drawn.data[best * group.axes.length + column]!);
    });
  }
  return decode(space, unit);
}

/** l and g of a group: only configurations in which it is active have a kernel. */
export function densities(
  space: Space,
  group: Group,
  { good, bad }: SplitConfigs,
  known: Known,
): { readonly good: Parzen; readonly bad: Parzen } {
  return {
    good: parzen(group.axes, placesIn(space, group, good, known)),
    bad: parzen(group.axes, placesIn(space, group, bad, known)),
  };
}

/** The places of those configurations in which the group is active, one row each. */
export function placesIn(space: Space, group: Group, configs: readonly Config[], known: Known): Places {
  const [name] = space.params[group.params[0]!]!;
  const active = configs.filter((config) => Object.hasOwn(config, name));
  const data = new Float64Array(active.length * group.params.length);
  active.forEach((config, row) => {
    const unit = known.get(config) ?? encode(space, config);
    known.set(config, unit);
    group.params.forEach((param, column) => {
      data[row * group.params.length + column] = place(group.axes[column]!, unit[param]!, config[space.params[param]![0]]!);
    });
  });
  return { data, count: active.length };
}

function argmax(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index;
  return best;
}
