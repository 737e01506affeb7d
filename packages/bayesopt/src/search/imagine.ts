/** Points taken into a process before their values are known: trials that still run, and candidates that are drawn jointly. */

import { queries } from "../model/ensemble.ts";
import type { Process } from "../process/process.ts";

/** Number and posterior mean of each point that could be taken in. */
export type Imagined = { readonly rows: readonly number[]; readonly means: readonly number[] };

/** `x`: row-major coordinates. Points that coincide with rows of the process to the last digit cannot be taken in, and say nothing new. */
export function imagine(process: Process, x: Float64Array, count: number, noisy: boolean): Imagined {
  const { d } = process.size;
  const means = meansOf(process, x, count);
  if (count > 0 && process.imagine(x, count, noisy)) return { rows: Array.from(means.keys()), means: [...means] };
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (process.imagine(x.subarray(row * d, (row + 1) * d), 1, noisy)) rows.push(row);
  return { rows, means: rows.map((row) => means[row]!) };
}

function meansOf(process: Process, x: Float64Array, count: number): Float64Array {
  const { d } = process.size;
  const means = new Float64Array(count);
  for (let start = 0; start < count; start += queries) {
    const m = Math.min(queries, count - start);
    process.predict({ z: x.subarray(start * d, (start + m) * d), m }, { mean: means.subarray(start, start + m) });
  }
  return means;
}
