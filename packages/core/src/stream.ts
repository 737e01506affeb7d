import type { Key } from "./key.ts";

/** A generator on one key: uniforms of 53 bits in [0, 1), normals by inverse CDF, integers in [0, count). */
export type Stream = { uniform(): number; normal(): number; integer(count: number): number };

export function stream(_key: Key): Stream {
  throw new Error("pending");
}
