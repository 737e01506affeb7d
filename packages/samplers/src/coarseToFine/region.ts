/**
 * A region of the unit cube that the search zooms into. It has an interval for each ordered parameter, and a set of options for each
 * unordered choice, because the order of such options means nothing. A log scale zooms in log space, because the region is in unit
 * coordinates.
 */
import { type Config, decode, encode, type Param, plainOf, type Space } from "@caviar-hpo/core";

/** One axis of a region: an interval, or the indices of the options that are left. */
export type RegionAxis =
  | { readonly kind: "interval"; readonly low: number; readonly high: number }
  | { readonly kind: "options"; readonly kept: readonly number[]; readonly of: number };

export function wholeSpace(space: Space): readonly RegionAxis[] {
  return space.params.map(([, param]) => {
    const options = unorderedOptions(param);
    return options === 0
      ? { kind: "interval", low: 0, high: 1 }
      : { kind: "options", kept: Array.from({ length: options }, (_, option) => option), of: options };
  });
}

/** The unit coordinate at p of an axis: linear in the interval, uniform over the kept options. */
export function pointIn(axis: RegionAxis, p: number): number {
  if (axis.kind === "interval") return clamp((1 - p) * axis.low + p * axis.high, axis);
  const option = axis.kept[Math.min(axis.kept.length - 1, Math.floor(p * axis.kept.length))]!;
  return (option + 0.5) / axis.of;
}

/**
 * Whether a configuration lies in a region, that is, whether some point of the region decodes to it. The middle of an integer's cell may
 * lie outside an interval that the cell reaches into. An inactive parameter lies in every interval.
 */
export function contains(space: Space, region: readonly RegionAxis[], config: Config): boolean {
  const unit = encode(space, config);
  const nearest = decode(
    space,
    unit.map((p, index) => nearestIn(region[index]!, p)),
  );
  return space.params.every(
    ([name], index) =>
      !Object.hasOwn(config, name) || nearestIn(region[index]!, unit[index]!) === unit[index] || nearest[name] === config[name],
  );
}

/**
 * The region around a cluster, inside `region`: each interval spans the cluster, padded by the spacing of a grid of n points. It is
 * never wider than `shrink` times the old interval, and always holds the cluster's first configuration, which is the best. An axis on which
 * no configuration of the cluster is active stays as it is.
 */
export function zoom(
  space: Space,
  region: readonly RegionAxis[],
  cluster: readonly Config[],
  points: number,
  shrink: number,
): readonly RegionAxis[] {
  const units = cluster.map((config) => encode(space, config));
  const spacing = 1 / Math.max(1, nthRoot(points, Math.max(1, space.dims)));
  return space.params.map(([name], index) => {
    const axis = region[index]!;
    const coordinates = units.filter((_, member) => Object.hasOwn(cluster[member]!, name)).map((unit) => nearestIn(axis, unit[index]!));
    if (coordinates.length === 0) return axis;
    if (axis.kind === "options") {
      const present = new Set(coordinates.map((p) => optionAt(axis, p)));
      return { kind: "options", kept: axis.kept.filter((option) => present.has(option)), of: axis.of };
    }
    const width = axis.high - axis.low;
    const low = Math.max(axis.low, Math.min(...coordinates) - spacing * width);
    const high = Math.min(axis.high, Math.max(...coordinates) + spacing * width);
    return around(coordinates[0]!, low, high, axis, shrink * width);
  });
}

/** Cuts [low, high] to at most `widest` around the best point, and moves the result back inside the axis. */
function around(best: number, low: number, high: number, axis: RegionAxis & { readonly kind: "interval" }, widest: number): RegionAxis {
  if (high - low <= widest) return { kind: "interval", low, high };
  const start = clamp(clamp(best - widest / 2, { low: axis.low, high: axis.high - widest }), axis);
  return { kind: "interval", low: Math.min(start, best), high: clamp(Math.max(start + widest, best), axis) };
}

/** The coordinate of an axis that is nearest to p. An option that is not kept maps to the first one that is. */
function nearestIn(axis: RegionAxis, p: number): number {
  if (axis.kind === "interval") return clamp(p, axis);
  return axis.kept.includes(optionAt(axis, p)) ? p : (axis.kept[0]! + 0.5) / axis.of;
}

function optionAt(axis: RegionAxis & { readonly kind: "options" }, p: number): number {
  return Math.min(axis.of - 1, Math.floor(p * axis.of));
}

function clamp(p: number, { low, high }: { readonly low: number; readonly high: number }): number {
  return Math.min(high, Math.max(low, p));
}

function unorderedOptions(param: Param): number {
  const plain = plainOf(param);
  return plain.kind === "choice" && !plain.ordered ? plain.options.length : 0;
}

/** The largest whole k with k^n <= points: how many values per dimension a grid of at most that many points has. */
function nthRoot(points: number, n: number): number {
  let k = 1;
  while (power(k + 1, n) <= points) k++;
  return k;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let factor = 0; factor < exponent && result <= Number.MAX_SAFE_INTEGER; factor++) result *= base;
  return result;
}
