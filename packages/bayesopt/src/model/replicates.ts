/** Repeated measurements of one point. Where they differ, values cannot be exact, whatever a likelihood says. */
import type { Data } from "./data.ts";

export function replicatesDiffer({ x, y, d }: Pick<Data, "x" | "y" | "d">): boolean {
  const known = new Map<string, number>();
  for (let row = 0; row < y.length; row++) {
    const point = x.subarray(row * d, row * d + d).join();
    const before = known.get(point);
    if (before !== undefined && before !== y[row]!) return true;
    known.set(point, y[row]!);
  }
  return false;
}
