/** A random configuration: uniform in the coordinate of each parameter's scale, on the feasible part of the space. */
import { decode } from "../space/codec.ts";
import type { Config, Space } from "../space/param.ts";
import { feasibleSetOf } from "../space/where/sets.ts";
import type { Key } from "./key.ts";
import { type Stream, stream } from "./stream.ts";

/** The configuration that belongs to `key`: the same key gives the same configuration, and different keys give independent ones. */
export function uniformConfig(space: Space, key: Key): Config {
  return drawConfig(space, stream(key));
}

/** The next configuration that a stream gives. */
export function drawConfig(space: Space, source: Stream): Config {
  return feasibleSetOf(space)?.draw(source) ?? decode(space, Float64Array.from({ length: space.dims }, source.uniform));
}
