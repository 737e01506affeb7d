/** Repeated measurements of one point. Where they differ, values cannot be exact, whatever a likelihood says. */
import type { Data } from "./data.ts";

export function replicatesDiffer({ x, y, d }: Pick<Data, "x" | "y" | "d">): boolean {
  const known = new Map<number, number[]>();
  for (let row = 0; row < y.length; row++) {
    const hash = hashOf(x, row * d, d);
    const rivals = known.get(hash) ?? [];
    if (rivals.some((other) => y[other] !== y[row] && isSame(x, other * d, row * d, d))) return true;
    rivals.push(row);
    known.set(hash, rivals);
  }
  return false;
}

/** The same for equal points, and seldom for others. */
function hashOf(x: Float64Array, from: number, d: number): number {
  let hash = 0;
  for (let axis = 0; axis < d; axis++) hash = 0.7 * hash + x[from + axis]!;
  return hash;
}

function isSame(x: Float64Array, a: number, b: number, d: number): boolean {
  for (let axis = 0; axis < d; axis++) if (x[a + axis] !== x[b + axis]) return false;
  return true;
}
