/** The model of TPE: the densities l of good and g of bad configurations, group by group, and the point that maximises l / g. */
import {
  type Config,
  decode,
  decodeFeasible,
  decodeNear,
  encode,
  feasibleSetOf,
  isActive,
  type Space,
  type Stream,
} from "@caviar-hpo/core";
import { randomFeasibleStep, type Tried } from "@caviar-hpo/core/contract";
import { place, unitAt } from "./axis.ts";
import { type BelievedShare, withBelief } from "./belief.ts";
import type { Group } from "./groups.ts";
import { type Parzen, type Places, parzen } from "./parzen.ts";
import { addSuccess, type OutcomeSides, type Outcomes } from "./success.ts";

/** Configurations, oldest first. */
export type SplitConfigs = { readonly good: readonly Config[]; readonly bad: readonly Config[] };

/** Remembers the places of configurations, for as long as the configurations are in memory. */
export type Known = WeakMap<Config, Float64Array>;

/** What a point is chosen by: the groups of a space's parameters, and the configurations that are good and bad. */
export type DensityModel = {
  readonly space: Space;
  readonly groups: readonly Group[];
  readonly split: SplitConfigs;
  /** Null while no trial has failed, or none has succeeded. */
  readonly outcomes: Outcomes | null;
  readonly known: Known;
  readonly belief: BelievedShare | null;
  /** Values that the point will have, whatever is drawn. None by default. */
  readonly given?: Config;
};

/**
 * The best of `candidates` draws from l by l / g, for each group that is active given the groups before it. A group without observations
 * has its prior on both sides, so that every draw is equally good and the first one is taken.
 *
 * Where the best point breaks a constraint between parameters, or has been tried, the draws of the last group are taken in the order of
 * their ratios. After eight rounds without a legal point, points are moved into the feasible part of the space, and the best of them to an
 * untried configuration near it. Where nothing is left to try, the best point is tried again.
 */
export function suggestFrom(model: DensityModel, candidates: number, tried: Tried, source: Stream): Config {
  const search: DensitySearch = { model, candidates, source, densities: new Map(), isLegal: (config) => !tried.has(config) || tried.spent };
  let last = suggestOnce(search);
  for (let round = 1; round < mostRounds && last.config === null; round++) last = suggestOnce(search);
  if (last.config !== null) return last.config;
  const moved = bestMoved(search, last);
  return search.isLegal(moved) ? moved : (tried.near(moved, source) ?? moved);
}

const mostRounds = 8;

/** `densities` are those of the groups that were active in an earlier round. */
type DensitySearch = {
  readonly model: DensityModel;
  readonly candidates: number;
  readonly source: Stream;
  readonly densities: Map<Group, Sides>;
  readonly isLegal: (config: Config) => boolean;
};
type Sides = { readonly good: Parzen; readonly bad: Parzen; readonly outcomes: OutcomeSides | null };

/** `unit` is the best point, and `config` the best legal configuration, or null. */
function suggestOnce(search: DensitySearch): SuggestedPoint {
  const { model, candidates, source, isLegal } = search;
  const { space, groups } = model;
  const unit = new Float64Array(space.dims).fill(0.5);
  let last: LastGroup | null = null;
  for (const group of groups) {
    const [, first] = space.params[group.params[0]!]!;
    if (first.kind === "given" && !isActive(first, decode(space, unit))) continue;
    const sides = sidesOf(search, group);
    const drawn = withGiven(model, group, sides.good.sample(candidates, source));
    const ratios = ratiosOf(sides, drawn);
    put(unit, group, drawn, argmax(ratios));
    last = { group, drawn, ratios };
  }
  const config = decodeFeasible(space, unit);
  return { unit, last, config: config !== null && isLegal(config) ? config : bestLegal(search, unit, last) };
}

/** The draws, all of them with the given values. So the ratios judge the rest of a point together with these. */
function withGiven({ space, given }: DensityModel, group: Group, drawn: Places): Places {
  if (given === undefined) return drawn;
  const unit = encode(space, given);
  const { length } = group.axes;
  group.params.forEach((param, column) => {
    const [name] = space.params[param]!;
    if (!Object.hasOwn(given, name)) return;
    const at = place(group.axes[column]!, unit[param]!, given[name]!);
    for (let row = 0; row < drawn.count; row++) drawn.data[row * length + column] = at;
  });
  return drawn;
}

/** ln l - ln g at each point, and what the probability of success counts. */
function ratiosOf({ good, bad, outcomes }: Sides, points: Places): Float64Array {
  const inBad = bad.logDensity(points);
  const ratios = good.logDensity(points).map((density, row) => density - inBad[row]!);
  if (outcomes !== null) addSuccess(outcomes, points, ratios);
  return ratios;
}

function sidesOf({ model: { space, split, outcomes, known, belief }, densities: made }: DensitySearch, group: Group): Sides {
  const kept = made.get(group);
  if (kept !== undefined) return kept;
  const { good, bad } = densities(space, group, split, known);
  const sides = { good: withBelief(good, group, belief), bad, outcomes: outcomeSides(space, group, outcomes, known) };
  made.set(group, sides);
  return sides;
}

type SuggestedPoint = { readonly unit: Float64Array; readonly last: LastGroup | null; readonly config: Config | null };
type LastGroup = { readonly group: Group; readonly drawn: Places; readonly ratios: Float64Array };

/** The point with the draw of the last group that has the highest ratio among those that give a legal configuration. */
function bestLegal({ model: { space }, isLegal }: DensitySearch, unit: Float64Array, last: LastGroup | null): Config | null {
  for (const draw of drawsOf(unit, last)) {
    const config = decodeFeasible(space, draw);
    if (config !== null && isLegal(config)) return config;
  }
  return null;
}

/** The point with each draw of the last group in turn, in the order of their ratios; nothing where no group has parameters. */
function* drawsOf(unit: Float64Array, last: LastGroup | null): Generator<Float64Array> {
  if (last === null) return;
  const { group, drawn, ratios } = last;
  for (const row of Array.from(ratios.keys()).sort((a, b) => ratios[b]! - ratios[a]! || a - b)) {
    const other = unit.slice();
    put(other, group, drawn, row);
    yield other;
  }
}

/**
 * The best by l / g of feasible points, tried ones last: the best draws moved into the feasible part, and as many points a few hit-and-run
 * steps from good configurations. A feasible part that is thin leaves the kernels hardly any room, and a single draw that is moved has
 * little to do with l.
 */
function bestMoved(search: DensitySearch, { unit, last }: SuggestedPoint): Config {
  const { model, candidates, isLegal } = search;
  const { space, groups, known } = model;
  const near = decodeNear(space, unit);
  if (feasibleSetOf(space) === null) return near;
  const half = Math.ceil(candidates / 2);
  const draws = [...drawsOf(unit, last)].slice(0, half);
  const moved = [near, ...draws.map((draw) => decodeNear(space, draw)), ...nearGood(search, half)];
  const legal = moved.filter(isLegal);
  const configs = legal.length > 0 ? legal : moved;
  const ratios = new Float64Array(configs.length);
  for (const group of groups) {
    const sides = sidesOf(search, group);
    configs.forEach((config, row) => {
      const places = placesIn(space, group, [config], known);
      if (places.count > 0) ratios[row]! += ratiosOf(sides, places)[0]!;
    });
  }
  return configs[argmax(ratios)]!;
}

function nearGood({ model: { space, split, known }, source }: DensitySearch, count: number): readonly Config[] {
  const { good, bad } = split;
  if (good.length === 0) return [];
  const unitOf = (config: Config): Float64Array => known.get(config) ?? encode(space, config);
  const step = {
    lower: new Float64Array(space.dims),
    upper: new Float64Array(space.dims).fill(1),
    tries: 40,
    accept: (unit: Float64Array) => (decodeFeasible(space, unit) === null ? null : unit),
    among: [...good, ...bad].map(unitOf),
  };
  const reached = Array.from({ length: count }, () => {
    let unit = unitOf(good[source.integer(good.length)]!);
    for (let steps = 0; steps < 3; steps++) unit = randomFeasibleStep(unit, step, source);
    return decodeFeasible(space, unit);
  });
  return reached.filter((config) => config !== null);
}

/** Writes one draw of a group into a point. */
function put(unit: Float64Array, group: Group, { data }: Places, row: number): void {
  group.params.forEach((param, column) => {
    unit[param] = unitAt(group.axes[column]!, data[row * group.axes.length + column]!);
  });
}

/** l and g of a group: only configurations in which it is active have a kernel. */
export function densities(space: Space, group: Group, { good, bad }: SplitConfigs, known: Known): Omit<Sides, "outcomes"> {
  return {
    good: parzen(group.axes, placesIn(space, group, good, known)),
    bad: parzen(group.axes, placesIn(space, group, bad, known)),
  };
}

function outcomeSides(space: Space, group: Group, outcomes: Outcomes | null, known: Known): OutcomeSides | null {
  if (outcomes === null) return null;
  const { succeeded, failed } = outcomes;
  return {
    succeeded: parzen(group.axes, placesIn(space, group, succeeded, known)),
    failed: parzen(group.axes, placesIn(space, group, failed, known)),
    odds: failed.length / succeeded.length,
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
