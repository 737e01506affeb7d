/**
 * The data from which a forest learns: points of the unit cube with their values, and the kind of axis of each parameter. The objective is
 * seen through `decode`, as a function on the complete cube under the uniform distribution. Random search draws configurations in this way.
 */
import { type Config, ConfigError, checkConfig, encode, plainOf, type Space } from "@caviar-hpo/core";
import { powerOfTwoBelow } from "@caviar-hpo/numerics/statistics";

/** `options` has no order: its coordinate is the index of the option. Everything else lies in [0, 1]. */
export type FeatureAxis = { readonly kind: "interval" } | { readonly kind: "options"; readonly count: number };

export type Sample = {
  readonly axes: readonly FeatureAxis[];
  readonly n: number;
  /** Row-major n x axes; NaN where a conditional parameter is not active. */
  readonly points: Float64Array;
  /** In units of `unit`, a power of two. So sums of them are finite, whatever the observations are. */
  readonly values: Float64Array;
  readonly unit: number;
};

/** A configuration with its value. */
export type SampledTrial = { readonly config: Config; readonly value: number };

/** @throws ConfigError for a configuration outside the space, a value that is not finite, or fewer than two observations. */
export function sampleOf(space: Space, observations: readonly SampledTrial[]): Sample {
  const axes = space.params.map(([, param]): FeatureAxis => {
    const plain = plainOf(param);
    return plain.kind === "choice" && !plain.ordered ? { kind: "options", count: plain.options.length } : { kind: "interval" };
  });
  if (observations.length < 2) throw refusal("observations", "two or more", String(observations.length));
  const points = new Float64Array(observations.length * axes.length);
  const given = Float64Array.from(observations, ({ value }, row) => {
    if (!Number.isFinite(value)) throw refusal(`value of observation ${row}`, "a finite number", String(value));
    return value;
  });
  const unit = unitOf(given);
  for (const [row, { config }] of observations.entries()) points.set(pointOf(space, config), row * axes.length);
  return { axes, n: observations.length, points, values: given.map((value) => value / unit), unit };
}

/**
 * The largest value is about 2^900 such units, if it is not subnormal or nearly so. That leaves room for sums, and the small values next to
 * one of 1e300 keep their digits.
 */
function unitOf(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.max(powerOfTwoBelow(largest) / 8.452712498170644e270, leastNormal);
}

const leastNormal = 2.2250738585072014e-308;

/** The coordinates of one configuration. */
export function pointOf(space: Space, config: Config): Float64Array {
  const checked = checkConfig(space, config);
  const point = encode(space, checked);
  for (const [axis, [name, param]] of space.params.entries()) {
    const plain = plainOf(param);
    if (!Object.hasOwn(checked, name)) point[axis] = NaN;
    else if (plain.kind === "choice" && !plain.ordered) point[axis] = plain.options.indexOf(checked[name]!);
  }
  return point;
}

function refusal(what: string, expected: string, got: string): ConfigError {
  return new ConfigError({
    code: "badObservations",
    what,
    expected,
    got,
    remedy: "Leave failed trials out: they have no value to explain.",
  });
}
