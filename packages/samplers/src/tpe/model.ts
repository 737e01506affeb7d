/** The model of TPE: the densities l of good and g of bad configurations, group by group, and the point that maximises l / g. */
import { type Config, decode, decodeFeasible, decodeNear, encode, isActive, type Space, type Stream } from "@caviar-hpo/core";
import type { Tried } from "@caviar-hpo/core/contract";
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
 *
 * Where the best point breaks a constraint between parameters, or has been tried, the draws of the last group are taken in the order of
 * their ratios. After eight rounds without a legal point, the point of the last round is moved into the feasible part of the space, and to
 * an untried configuration near it. Where nothing is left to try, the best point is tried again.
 */
export function suggestFrom(model: DensityModel, candidates: number, tried: Tried, source: Stream): Config {
  const search: Search = { model, candidates, source, densities: new Map(), isLegal: (config) => !tried.has(config) || tried.spent };
  let last = suggestOnce(search);
  for (let round = 1; round < mostRounds && last.config === null; round++) last = suggestOnce(search);
  if (last.config !== null) return last.config;
  const near = decodeNear(model.space, last.unit);
  return search.isLegal(near) ? near : (tried.near(near, source) ?? near);
}

const mostRounds = 8;

/** `densities` are those of the groups that were active in an earlier round. */
type Search = {
  readonly model: DensityModel;
  readonly candidates: number;
  readonly source: Stream;
  readonly densities: Map<Group, Sides>;
  readonly isLegal: (config: Config) => boolean;
};
type Sides = { readonly good: Parzen; readonly bad: Parzen };

/** `unit` is the best point, and `config` the best legal configuration, or null. */
function suggestOnce(search: Search): SuggestedPoint {
  const { model, candidates, source, isLegal } = search;
  const { space, groups, split, known } = model;
  const unit = new Float64Array(space.dims).fill(0.5);
  let last: LastGroup | null = null;
  for (const group of groups) {
    const [, first] = space.params[group.params[0]!]!;
    if (first.kind === "given" && !isActive(first, decode(space, unit))) continue;
    const { good, bad } = search.densities.get(group) ?? densities(space, group, split, known);
    search.densities.set(group, { good, bad });
    const drawn = good.sample(candidates, source);
    const inGood = good.logDensity(drawn);
    const inBad = bad.logDensity(drawn);
    const ratios = inGood.map((density, row) => density - inBad[row]!);
    put(unit, group, drawn, argmax(ratios));
    last = { group, drawn, ratios };
  }
  const config = decodeFeasible(space, unit);
  return { unit, config: config !== null && isLegal(config) ? config : bestLegal(search, unit, last) };
}

type SuggestedPoint = { readonly unit: Float64Array; readonly config: Config | null };
type LastGroup = { readonly group: Group; readonly drawn: Places; readonly ratios: Float64Array };

/** The point with the draw of the last group that has the highest ratio among those that give a legal configuration. */
function bestLegal({ model: { space }, isLegal }: Search, unit: Float64Array, last: LastGroup | null): Config | null {
  if (last === null) return null;
  const { group, drawn, ratios } = last;
  const order = Array.from(ratios.keys()).sort((a, b) => ratios[b]! - ratios[a]! || a - b);
  for (const row of order) {
    const other = unit.slice();
    put(other, group, drawn, row);
    const config = decodeFeasible(space, other);
    if (config !== null && isLegal(config)) return config;
  }
  return null;
}

/** Writes one draw of a group into a point. */
function put(unit: Float64Array, group: Group, { data }: Places, row: number): void {
  group.params.forEach((param, column) => {
    unit[param] = unitAt(group.axes[column]!, data[row * group.axes.length + column]!);
  });
}

/** l and g of a group: only configurations in which it is active have a kernel. */
export function densities(space: Space, group: Group, { good, bad }: SplitConfigs, known: Known): Sides {
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
