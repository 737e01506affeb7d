/** No configuration twice: on a finite space every one is tried before any is tried again. */
import { type Config, isActive, type ParamValue, type Plain, plainOf, type Space } from "@caviar-hpo/core";
import { levelsOf } from "./levels.ts";

/** What makes two configurations the same. */
export function keyOfConfig(space: Space, config: Config): string {
  return JSON.stringify(space.params.map(([name]) => (Object.hasOwn(config, name) ? config[name] : null)));
}

/** All configurations in a fixed order, or null where there are more than `limit`. */
export function everyConfig(space: Space, limit: number): readonly Config[] | null {
  let all: { readonly [name: string]: ParamValue }[] = [{}];
  for (const [name, param] of space.params) {
    const values = everyValue(plainOf(param), limit);
    const next: { readonly [name: string]: ParamValue }[] = [];
    for (const config of all) {
      if (!isActive(param, config)) next.push(config);
      else if (values === null) return null;
      else for (const value of values) next.push({ ...config, [name]: value });
      if (next.length > limit) return null;
    }
    all = next;
  }
  return all.map((config) => Object.freeze(config));
}

function everyValue(param: Plain, limit: number): readonly ParamValue[] | null {
  const levels = levelsOf(param);
  return levels === null || levels.count > limit ? null : Array.from({ length: levels.count }, (_, index) => levels.at(index));
}
