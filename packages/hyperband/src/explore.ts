/**
 * Small changes of a configuration in the middle of training. Population-based training multiplies every hyperparameter by a factor
 * (Jaderberg et al. 2017); the panda multiplies one at a time. On a log scale, and on a linear scale without negative numbers, the factor
 * multiplies the value. On a scale of 1 - value it multiplies 1 - value. On a linear scale with negative numbers the value moves by a share
 * of the width.
 *
 * No value is a trap. On a linear scale a small value counts as a hundredth of the width, so that 0 moves too. A number with steps moves by
 * at least one step. No move is longer than the share `step` of the width of the scale, so that 1.2 times 1000 does not jump over all of
 * [1000, 1010].
 */
import {
  type Config,
  countValues,
  createSpace,
  decode,
  derive,
  encode,
  type FeasibleSet,
  feasibleSetOf,
  type Int,
  indexOfValue,
  isActive,
  type Key,
  type ParamValue,
  type Plain,
  plainOf,
  type Real,
  type Space,
  stream,
  valueAt,
} from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { stepInside } from "./stepInside.ts";

/** reals: only real parameters change (rates, decays), so that a checkpoint stays valid; all: sizes and choices change too. */
export type Explored = "reals" | "all";

/** Which parameters change, and the share by which one is multiplied up or down. */
export type Change = { readonly explore: Explored; readonly step: number };

/**
 * Draws each parameter that may change again with probability `resample`; else multiplies it by 1 + step or 1 - step, and in the other
 * direction where it is at a bound. Where 16 changes in a row break a constraint between parameters, or lead back to the configuration, it
 * moves inside the feasible part (`stepInside.ts`).
 */
export function perturb(space: Space, config: Config, key: Key, change: Perturbation): Config {
  const first = perturbed(space, config, key, change);
  const set = feasibleSetOf(space);
  if (set === null) return first;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const other = attempt === 0 ? first : perturbed(space, config, derive(key, "again", attempt), change);
    const found = set.broken(other) === null ? other : set.at(encode(space, other));
    if (found !== null && !sameJson(found, config)) return found;
  }
  return inside(space, set, config, derive(key, "inside"), change) ?? config;
}

export type Perturbation = Change & { readonly resample: number };

const mostAttempts = 16;

function perturbed(space: Space, config: Config, key: Key, { explore, step, resample }: Perturbation): Config {
  return build(space, (name, param, axis) => {
    const source = stream(derive(key, axis));
    const value = Object.hasOwn(config, name) ? config[name] : undefined;
    if (value === undefined) return valueAtCoordinate(param, source.uniform());
    if (!changes(param, explore)) return value;
    if (source.uniform() < resample) return valueAtCoordinate(param, source.uniform());
    const by = source.uniform() < 0.5 ? step : -step;
    const other = moved(param, value, by);
    return other === value ? moved(param, value, -by) : other;
  });
}

/**
 * Multiplies one parameter, drawn at random, by 1 + step or 1 - step, among the changes that keep the constraints between parameters.
 * Parameters that equalities determine follow. Where there is no such change, several move together inside the feasible part; null where
 * nothing can change.
 */
export function nudge(space: Space, config: Config, key: Key, { explore, step }: Change): Config | null {
  const candidates = space.params.flatMap(([name, given]) => {
    const param = plainOf(given);
    if (!Object.hasOwn(config, name) || !changes(param, explore)) return [];
    const value = config[name]!;
    const others = [moved(param, value, step), moved(param, value, -step)].filter((other) => other !== value);
    return others.map((other) => ({ name, other }));
  });
  const source = stream(key);
  const set = feasibleSetOf(space);
  while (candidates.length > 0) {
    const [{ name: chosen, other }] = candidates.splice(source.integer(candidates.length), 1) as [(typeof candidates)[number]];
    const changed = build(space, (name, param) => {
      if (name === chosen) return other;
      return Object.hasOwn(config, name) ? config[name]! : valueAtCoordinate(param, source.uniform());
    });
    const found = set === null || set.broken(changed) === null ? changed : set.at(encode(space, changed));
    if (found !== null && !sameJson(found, config)) return found;
  }
  return set === null ? null : inside(space, set, config, derive(key, "inside"), { explore, step });
}

function inside(space: Space, set: FeasibleSet, config: Config, key: Key, { explore, step }: Change): Config | null {
  const movable = new Set(space.params.flatMap(([name, param]) => (moves(plainOf(param), explore) ? [name] : [])));
  return stepInside({ space, set, step, mayChange: (name) => movable.has(name) }, config, key);
}

/** A choice without an order has no neighbours to move to. */
function moves(param: Plain, explore: Explored): boolean {
  return changes(param, explore) && (param.kind !== "choice" || param.ordered);
}

function changes(param: Plain, explore: Explored): boolean {
  return explore === "all" || param.kind === "real";
}

/** In declaration order: the parent of a parameter decides whether the parameter is active, and it comes first. */
function build(space: Space, value: (name: string, param: Plain, axis: number) => ParamValue): Config {
  const config: { [name: string]: ParamValue } = {};
  for (const [axis, [name, param]] of space.params.entries()) {
    if (isActive(param, config)) config[name] = value(name, plainOf(param), axis);
  }
  return config;
}

/**
 * Moves `value` up (`step` above 0) or down, by at least one value. A value at the bound stays there. A choice without an order stays as it
 * is.
 */
function moved(param: Plain, value: ParamValue, step: number): ParamValue {
  const sign = Math.sign(step);
  switch (param.kind) {
    case "choice":
      return param.ordered ? (param.options[param.options.indexOf(value) + sign] ?? value) : value;
    case "int":
      return movedOnLattice(param, value as number, (value as number) + sign * linearMove(param, value as number, step), sign);
    case "real": {
      const target = movedReal(param, value as number, step);
      if (param.step !== undefined) return movedOnLattice(param, value as number, target, sign);
      return target === value ? nextDistinct(param, target, sign) : target;
    }
  }
}

function movedReal(param: Real, value: number, step: number): number {
  const { low, high } = param;
  switch (param.scale) {
    case "log":
      return withinShare(param, value, step, value * (1 + step));
    case "oneMinusLog":
      return withinShare(param, value, step, 1 - (1 - value) * (1 - step));
    case "mirroredLog":
      return withinShare(param, value, step, high - (clamp((low + (high - value)) * (1 - step), low, high) - low));
    case "linear":
      return clamp(value + Math.sign(step) * linearMove(param, value, step), low, high);
  }
}

/**
 * How far an integer, or a real on a linear scale, moves: by the share `step` of the value, which counts as no more than the width and, on
 * a linear scale, as no less than a hundredth of it. So a value of 0 moves, and a value far from 0 does not jump to a bound. With negative
 * numbers the share is of half the width, whatever the value.
 */
function linearMove({ low, high, scale }: Int | Real, value: number, step: number): number {
  const share = Math.abs(step);
  if (low < 0) return (share / 2) * high - (share / 2) * low;
  const width = high - low;
  return share * clamp(value, scale === "linear" ? width / 100 : 0, width);
}

/** `target` within the bounds, or where the share `step` of the scale's width ends if the target is farther away. */
function withinShare(param: Real, value: number, step: number, target: number): number {
  const inside = clamp(target, param.low, param.high);
  const from = coordinateOf(param, value);
  return Math.abs(coordinateOf(param, inside) - from) <= Math.abs(step) ? inside : (valueAtCoordinate(param, from + step) as number);
}

/** The value of a lattice that is nearest to `target`; the neighbour above or below where that is `value` itself. */
function movedOnLattice(param: Int | Real, value: number, target: number, sign: number): number {
  const place = indexOfValue(param, value);
  const last = countValues(param) - 1;
  const nearest = clamp(indexOfValue(param, clamp(target, param.low, param.high)), 0, last);
  return valueAt(param, nearest === place ? clamp(place + sign, 0, last) : nearest);
}

/** A value above or below `value`, although a step is too small for the doubles there; `value` itself at the bound. */
function nextDistinct(param: Real, value: number, sign: number): number {
  const from = coordinateOf(param, value);
  for (let share = 1e-12; share < 2; share *= 2) {
    const other = valueAtCoordinate(param, from + sign * share) as number;
    if (sign * (other - value) > 0) return other;
  }
  return value;
}

function valueAtCoordinate(param: Plain, p: number): ParamValue {
  return decode(createSpace([["x", param]]), Float64Array.of(clamp(p, 0, 1))).x!;
}

function coordinateOf(param: Plain, value: ParamValue): number {
  return encode(createSpace([["x", param]]), { x: value })[0]!;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
