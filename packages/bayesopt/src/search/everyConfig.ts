/** The list of all configurations of a small finite space. */
import { type Config, feasibleSetOf, isActive, type ParamValue, type Plain, plainOf, type Space } from "@caviar-hpo/core";
import { levelsOf } from "./levels.ts";

/**
 * All feasible configurations in a fixed order, or null where there are more than `limit`. What can no longer fulfil a constraint is
 * dropped at once, so that a large grid with few feasible points can be listed.
 */
export function everyConfig(space: Space, limit: number): readonly Config[] | null {
  const set = feasibleSetOf(space);
  let examined = 0;
  let all: { readonly [name: string]: ParamValue }[] = [{}];
  for (const [name, param] of space.params) {
    const values = everyValue(plainOf(param), limit);
    const next: { readonly [name: string]: ParamValue }[] = [];
    for (const config of all) {
      if (!isActive(param, config)) next.push(config);
      else if (values === null) return null;
      else
        for (const value of values) {
          const longer = { ...config, [name]: value };
          if (set === null || (set.broken(longer) === null && set.mayHold(longer))) next.push(longer);
        }
      examined += values?.length ?? 1;
      if (next.length > limit || (set !== null && examined > mostExamined * limit)) return null;
    }
    all = next;
  }
  return all.map((config) => Object.freeze(config));
}

/** Configurations that are looked at for each one that may be listed. */
const mostExamined = 4;

function everyValue(param: Plain, limit: number): readonly ParamValue[] | null {
  const levels = levelsOf(param);
  return levels === null || levels.count > limit ? null : Array.from({ length: levels.count }, (_, index) => levels.at(index));
}
