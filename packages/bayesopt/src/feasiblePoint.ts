/**
 * Points of the unit cube whose configurations fulfil the constraints of a space. Such a point has the coordinates of its configuration,
 * except that a coordinate from which the codec computes the same value stays as it is: a round trip through the codec moves a real number
 * by a few ulp, which would be enough to leave the feasible side of an active constraint.
 */
import { type Config, decode, encode, type FeasibleSet, type Space } from "@caviar-hpo/core";

/** The canonical point of the configuration at a point, with equalities solved; null where that breaks a constraint. */
export function feasiblePoint(space: Space, set: FeasibleSet, unit: Float64Array): Float64Array | null {
  const config = set.at(unit);
  return config === null ? null : pointOf(space, config, unit);
}

/** The point itself if it is feasible, else a feasible one near it. */
export function feasibleNear(space: Space, set: FeasibleSet, unit: Float64Array): Float64Array {
  return feasiblePoint(space, set, unit) ?? encode(space, set.near(unit));
}

/** The coordinates of a configuration, with those of `unit` from which the codec computes the same real number. */
export function pointOf(space: Space, config: Config, unit: Float64Array): Float64Array {
  const point = encode(space, config);
  const decoded = decode(space, unit);
  space.params.forEach(([name, param], axis) => {
    const { kind } = param.kind === "given" ? param.param : param;
    if (kind === "real" && Object.hasOwn(config, name) && decoded[name] === config[name])
      point[axis] = Math.min(1, Math.max(0, unit[axis]!));
  });
  return point;
}
