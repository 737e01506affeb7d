/**
 * Small changes of a configuration in the middle of training. Population-based training multiplies every hyperparameter by a factor
 * (Jaderberg et al. 2017); the panda multiplies one at a time. On a log scale, and on a linear scale without negative numbers, the factor
 * multiplies the value. On a scale of 1 - value it multiplies 1 - value. On a linear scale with negative numbers the value moves by a share
 * of the width.
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
 * Draws each parameter that may change again with probability `resample`; else multiplies it by 1 + step or 1 - step. Where 16 changes in
 * a row break a constraint between parameters, or lead back to the configuration, it moves inside the feasible part (`stepInside.ts`).
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
    return moved(param, value, source.uniform() < 0.5 ? step : -step);
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

/** Moves `value` up (`step` above 0) or down. A choice without an order stays as it is. */
function moved(param: Plain, value: ParamValue, step: number): ParamValue {
  switch (param.kind) {
    case "choice": {
      const place = param.options.indexOf(value) + Math.sign(step);
      return param.ordered ? (param.options[place] ?? value) : value;
    }
    case "int":
      return movedInt(param, value as number, step);
    case "real": {
      const target = clamp(movedReal(param, value as number, step), param.low, param.high);
      if (param.step === undefined) return target;
      const snapped = snap(param, target);
      return snapped === value ? snap(param, clamp(target + Math.sign(step) * param.step, param.low, param.high)) : snapped;
    }
  }
}

function movedReal(param: Real, value: number, step: number): number {
  const { low, high } = param;
  switch (param.scale) {
    case "log":
      return value * (1 + step);
    case "oneMinusLog":
      return 1 - (1 - value) * (1 - step);
    case "mirroredLog":
      return high - (clamp((low + (high - value)) * (1 - step), low, high) - low);
    case "linear":
      return low >= 0 ? value * (1 + step) : (valueAtCoordinate(param, coordinateOf(param, value) + step / 2) as number);
  }
}

/** Moves by at least one value. */
function movedInt(param: Int, value: number, step: number): number {
  const { low, high } = param;
  const by = param.step ?? 1;
  const place = (value - low) / by;
  const target = low >= 0 ? value * (1 + step) : value + (step / 2) * (high - low);
  const moved = Math.round((target - low) / by);
  return valueAt(param, clamp(moved === place ? place + Math.sign(step) : moved, 0, countValues(param) - 1));
}

/** The nearest value on the grid of a stepped parameter. */
function snap(param: Real, value: number): number {
  return valueAtCoordinate(param, coordinateOf(param, value)) as number;
}

function valueAtCoordinate(param: Plain, p: number): ParamValue {
  return decode(createSpace([["x", param]]), Float64Array.of(p)).x!;
}

function coordinateOf(param: Plain, value: ParamValue): number {
  return encode(createSpace([["x", param]]), { x: value })[0]!;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
