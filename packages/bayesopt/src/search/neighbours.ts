/** What lies next to a point along a discrete parameter: the steps of the coordinate search. */
import { decode, encode, type ParamValue, type Plain, plainOf, type Space } from "@caviar-hpo/core";
import type { Features } from "../features.ts";
import { levelsOf, type ParameterLevels } from "./levels.ts";

/** Canonical points that differ from a canonical point in this parameter, and in what follows from it; none where it does not exist. */
export function neighbours({ space }: Features, unit: Float64Array, axis: number): readonly Float64Array[] {
  const [name, param] = space.params[axis]!;
  const config = decode(space, unit);
  const levels = levelsOf(plainOf(param));
  if (levels === null || !Object.hasOwn(config, name)) return [];
  const from = levels.indexOf(config[name]!);
  return steps(plainOf(param), levels, from).map((to) => {
    const moved = unit.slice();
    moved[axis] = unitOf(plainOf(param), levels.at(to));
    return encode(space, decode(space, moved));
  });
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

function unitOf(param: Plain, value: ParamValue): number {
  const space: Space = { params: [["value", param]], dims: 1, where: [] };
  return encode(space, { value })[0]!;
}
