/** How records write a configuration: the values in the order of the parameters, null for a parameter that is not active. */
import type { Config, ParamValue, Space } from "@caviar-hpo/core";

/** The values of a configuration, in the order of the parameters. */
export type Point = readonly (ParamValue | null)[];

/** The point of a configuration. */
export function pointOf({ params }: Space, config: Config): Point {
  return params.map(([name]) => (Object.hasOwn(config, name) ? config[name]! : null));
}

/** The configuration of a point. It is not checked. */
export function configAt({ params }: Space, point: Point): Config {
  return Object.fromEntries(params.flatMap(([name], k) => (point[k] === null || point[k] === undefined ? [] : [[name, point[k]]])));
}
