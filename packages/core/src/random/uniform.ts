/** A random configuration: uniform in the coordinate of each parameter's scale, on the feasible part of the space. */
import { decode } from "../space/codec.ts";
import type { Config, Space } from "../space/param.ts";
import { feasibleSetOf } from "../space/where/sets.ts";
import type { Key } from "./key.ts";
import type { Stream } from "./stream.ts";
import { uniforms } from "./words.ts";

/** The configuration that belongs to `key`: the same key gives the same configuration, and different keys give independent ones. */
export function uniformConfig(space: Space, key: Key): Config {
  return feasibleSetOf(space)?.drawAt(key) ?? decodeUniform(space, uniforms(key));
}

/** The next configuration that a stream gives. */
export function drawConfig(space: Space, source: Stream): Config {
  return feasibleSetOf(space)?.draw(source) ?? decodeUniform(space, source.uniform);
}

function decodeUniform(space: Space, uniform: () => number): Config {
  return decode(space, Float64Array.from({ length: space.dims }, uniform));
}
