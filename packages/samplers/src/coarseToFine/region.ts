/**
 * A region of the unit cube that search zooms into: an interval for each ordered parameter, a set of kept options for each unordered
 * choice (whose order in the unit coordinate means nothing). Log scales zoom in log space, because the region lives in unit space.
 */
import { type Config, decode, encode, type Param, plainOf, type Space } from "@caviar-hpo/core";

/** What one axis holds: an interval, or the numbers of the options that are left. */
export type Axis =
  | { readonly kind: "interval"; readonly low: number; readonly high: number }
  | { readonly kind: "options"; readonly kept: readonly number[]; readonly of: number };

export function wholeSpace(space: Space): readonly Axis[] {
  return space.params.map(([, param]) => {
    const options = unorderedOptions(param);
    return options === 0
      ? { kind: "interval", low: 0, high: 1 }
      : { kind: "options", kept: Array.from({ length: options }, (_, option) => option), of: options };
  });
}

/** The unit coordinate at p of an axis: linear in the interval, uniform over the kept options. */
export function pointIn(axis: Axis, p: number): number {
  if (axis.kind === "interval") return clamp((1 - p) * axis.low + p * axis.high, axis);
  const option = axis.kept[Math.min(axis.kept.length - 1, Math.floor(p * axis.kept.length))]!;
  return (option + 0.5) / axis.of;
}

/**
 * Whether a configuration lies in a region, which is to say that some point of the region decodes to it: an integer's cell may reach into
 * an interval that its middle lies outside of. An inactive parameter lies anywhere.
 */
export function contains(space: Space, region: readonly Axis[], config: Config): boolean {
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
 * The region around a cluster, inside `region`: each interval spans the cluster, padded by one grid spacing (what n points leave
 * between them), but is never wider than `shrink` times the old one and always holds the cluster's first and best configuration. An
 * axis on which no configuration of the cluster is active stays as it is.
 */
export function zoom(space: Space, region: readonly Axis[], cluster: readonly Config[], points: number, shrink: number): readonly Axis[] {
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

/** [low, high] cut to at most `widest`, about the best point, slid back inside the axis. */
function around(best: number, low: number, high: number, axis: Axis & { readonly kind: "interval" }, widest: number): Axis {
  if (high - low <= widest) return { kind: "interval", low, high };
  const start = clamp(clamp(best - widest / 2, { low: axis.low, high: axis.high - widest }), axis);
  return { kind: "interval", low: Math.min(start, best), high: clamp(Math.max(start + widest, best), axis) };
}

/** The coordinate of an axis next to p: an option that is not kept has none but the first. */
function nearestIn(axis: Axis, p: number): number {
  if (axis.kind === "interval") return clamp(p, axis);
  return axis.kept.includes(optionAt(axis, p)) ? p : (axis.kept[0]! + 0.5) / axis.of;
}

function optionAt(axis: Axis & { readonly kind: "options" }, p: number): number {
  return Math.min(axis.of - 1, Math.floor(p * axis.of));
}

function clamp(p: number, { low, high }: { readonly low: number; readonly high: number }): number {
  return Math.min(high, Math.max(low, p));
}

function unorderedOptions(param: Param): number {
  const plain = plainOf(param);
  return plain.kind === "choice" && !plain.ordered ? plain.options.length : 0;
}

/** The largest whole k with k^n <= points: how many grid lines n dimensions can afford. */
function nthRoot(points: number, n: number): number {
  let k = 1;
  while (power(k + 1, n) <= points) k += 1;
  return k;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let factor = 0; factor < exponent && result <= Number.MAX_SAFE_INTEGER; factor += 1) result *= base;
  return result;
}
