/** What lies next to a point along a discrete parameter: the steps of the coordinate search. */
import { decode, encode, type FeasibleSet, type ParamValue, type Plain, plainOf, type Space } from "@caviar-hpo/core";
import { feasiblePoint } from "../feasiblePoint.ts";
import type { Features } from "../features.ts";
import { levelsOf, type ParameterLevels } from "./levels.ts";

/** Canonical points that differ from a canonical point in this parameter, and in what follows from it; none where it does not exist. */
export function neighbours({ space, feasible, axes }: Features, unit: Float64Array, axis: number): readonly Float64Array[] {
  const [name, param] = space.params[axis]!;
  const config = decode(space, unit);
  const levels = levelsOf(plainOf(param));
  if (levels === null || !Object.hasOwn(config, name)) return [];
  const from = levels.indexOf(config[name]!);
  const others = steps(plainOf(param), levels, from).map((to) => {
    const moved = unit.slice();
    moved[axis] = unitOf(plainOf(param), levels.at(to));
    return moved;
  });
  if (feasible !== null) return others.flatMap((moved) => repaired({ space, set: feasible, axes }, moved, axis));
  return others.map((moved) => encode(space, decode(space, moved)));
}

type Repair = { readonly space: Space; readonly set: FeasibleSet; readonly axes: Features["axes"] };

/**
 * The moved point if it is feasible. Else the feasible ones that differ from it in one more parameter, by as little as the steps allow: a
 * step along one parameter of an active constraint is often possible only together with a step back along another.
 */
function repaired({ space, set, axes }: Repair, moved: Float64Array, axis: number): readonly Float64Array[] {
  const there = feasiblePoint(space, set, moved);
  if (there !== null) return [there];
  return axes.flatMap(({ param }, other) => {
    if (other === axis) return [];
    const levels = levelsOf(param);
    const at = moved[other]!;
    for (const p of levels === null ? hops(at) : levelHops(param, levels, at)) {
      const both = moved.slice();
      both[other] = p;
      const next = feasiblePoint(space, set, both);
      if (next !== null) return [next];
    }
    return [];
  });
}

/** Coordinates at growing distances on both sides. */
function hops(at: number): readonly number[] {
  const distances = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64];
  return distances.flatMap((distance) => [at - distance, at + distance]).filter((p) => p >= 0 && p <= 1);
}

/** Coordinates of the levels that are one step away, then two, and so on. */
function levelHops(param: Plain, levels: ParameterLevels, at: number): readonly number[] {
  const from = Math.min(levels.count - 1, Math.floor(at * levels.count));
  const order = Array.from({ length: Math.min(few, levels.count) }, (_, hop) => hop + 1);
  return order
    .flatMap((hop) => [from - hop, from + hop])
    .filter((level) => level >= 0 && level < levels.count)
    .map((level) => unitOf(param, levels.at(level)));
}

/** All other levels where there are few; else those 1, 2, 4, ... away on both sides, or of a choice without order, a spread of all. */
function steps(param: Plain, { count }: ParameterLevels, from: number): readonly number[] {
  if (count <= few) return Array.from({ length: count }, (_, level) => level).filter((level) => level !== from);
  if (param.kind === "choice" && !param.ordered) {
    const stride = Math.floor(count / few);
    return Array.from({ length: few - 1 }, (_, hop) => (from + (hop + 1) * stride) % count);
  }
  const found: number[] = [];
  for (let distance = 1; distance < count; distance *= 2) {
    if (from - distance >= 0) found.push(from - distance);
    if (from + distance < count) found.push(from + distance);
  }
  return found;
}

const few = 16;

/** The coordinate of a value in the unit cube. */
export function unitOf(param: Plain, value: ParamValue): number {
  const space: Space = { params: [["value", param]], dims: 1, where: [] };
  return encode(space, { value })[0]!;
}
