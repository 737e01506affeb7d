/** A step inside the feasible part of a space, for a configuration whose plain changes all break a constraint between parameters. */
import { type Config, encode, type FeasibleSet, type Key, type Space, stream } from "@caviar-hpo/core";
import { randomFeasibleStep, sameJson } from "@caviar-hpo/core/contract";

/**
 * Another feasible configuration, a few hit-and-run steps from the given one, in a box of `step` to each side of it in the unit cube; null
 * where none is found.
 *
 * @param mayChange which parameters may differ.
 */
export function stepInside(
  {
    space,
    set,
    step,
    mayChange,
  }: { readonly space: Space; readonly set: FeasibleSet; readonly step: number; readonly mayChange: (name: string) => boolean },
  config: Config,
  key: Key,
): Config | null {
  const from = encode(space, config);
  const reach = space.params.map(([name]) => (Object.hasOwn(config, name) && !mayChange(name) ? 0 : step));
  const isAllowed = (other: Config): boolean => Object.keys(config).every((name) => mayChange(name) || other[name] === config[name]);
  const accept = (unit: Float64Array): Float64Array | null => {
    const other = set.at(unit);
    return other !== null && isAllowed(other) ? unit : null;
  };
  const box = {
    lower: from.map((p, axis) => Math.max(0, p - reach[axis]!)),
    upper: from.map((p, axis) => Math.min(1, p + reach[axis]!)),
  };
  const source = stream(key);
  let unit = from;
  for (let steps = 0; steps < mostSteps; steps++) unit = randomFeasibleStep(unit, { ...box, tries: 40, accept }, source);
  const found = unit === from ? null : set.at(unit);
  return found === null || sameJson(found, config) ? null : found;
}

/** A few more than one, since a step along a coordinate that may not move stays where it is. */
const mostSteps = 8;
