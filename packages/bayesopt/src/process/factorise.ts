/**
 * The rows of a process: all of them factorised at once, or appended to the factor in O(n^2) with the bits of factorising all of them
 * again.
 */
import { appendRows, cholesky } from "@caviar-hpo/numerics/linear";
import type { Data } from "../model/data.ts";
import { leastJitter } from "./leastJitter.ts";
import { regress } from "./regress.ts";
import { noiseAt, noiseOfRow, type Workspace } from "./workspace.ts";

/** As `Process.settle`. */
export function settle(work: Workspace, data: Data, u: Float64Array, firstJitter: number): boolean {
  const { K, x, precision, kernel, size } = work;
  const n = data.y.length;
  work.n = n;
  work.imagined = 0;
  work.noise = noiseAt(work.model, u);
  x.set(data.x.subarray(0, n * size.d));
  kernel.set(u, n);
  kernel.gram(K, size.rows);
  let least = Infinity;
  let mean = 0;
  for (let i = 0; i < n; i++) {
    const added = noiseOfRow(data, i, work.noise);
    const own = K[i * size.rows + i]! + added;
    K[i * size.rows + i] = own;
    precision[i] = own;
    least = Math.min(least, added);
    mean += own / n;
  }
  const factor = cholesky(K, n, { stride: size.rows, jitter: firstJitter > 0 ? firstJitter : leastJitter(n, mean, least) });
  if (factor.kind === "failed") return false;
  work.jitter = factor.jitter;
  for (let i = 0; i < n; i++) precision[i] = 1 / (precision[i]! + work.jitter);
  weigh(work, data);
  return true;
}

/** As `Process.admit`. */
export function admit(work: Workspace, data: Data): boolean {
  forget(work);
  const { n, x, size, noise } = work;
  const count = data.y.length - n;
  x.set(data.x.subarray(n * size.d, (n + count) * size.d), n * size.d);
  if (count > 0 && !extendRows(work, n, count, (row) => noiseOfRow(data, row, noise))) return false;
  work.n = n + count;
  weigh(work, data);
  return true;
}

/** As `Process.imagine`. */
export function imagine(work: Workspace, points: Float64Array, count: number, noisy: boolean): boolean {
  const { x, a, size, noise } = work;
  const from = work.n + work.imagined;
  x.set(points.subarray(0, count * size.d), from * size.d);
  a.fill(0, from, from + count);
  if (!extendRows(work, from, count, () => (noisy ? noise : 0))) return false;
  work.imagined += count;
  return true;
}

/** As `Process.forget`. The kernel too must let go of imagined rows before others take their place. */
export function forget(work: Workspace): void {
  work.imagined = 0;
  work.kernel.extend(work.n);
}

function weigh(work: Workspace, { y }: Data): void {
  work.constant = regress({ L: work.K, n: work.n, stride: work.size.rows }, y, work.pair, work.a);
}

/**
 * Writes covariances of rows `from` on with all rows before them into K, with the given variances on the diagonal, and factorises these
 * rows.
 */
function extendRows(work: Workspace, from: number, count: number, variance: (row: number) => number): boolean {
  const { K, c, x, precision, kernel, jitter } = work;
  const { rows, queries, d } = work.size;
  const end = from + count;
  kernel.extend(end);
  for (let start = from; start < end; start += queries) {
    const m = Math.min(queries, end - start);
    kernel.cross(x.subarray(start * d, (start + m) * d), m, c);
    for (let q = 0; q < m; q++) {
      const row = (start + q) * rows;
      for (let i = 0; i <= start + q; i++) K[row + i] = c[i * m + q]!;
      K[row + start + q] = K[row + start + q]! + variance(start + q);
      precision[start + q] = 1 / (K[row + start + q]! + jitter);
    }
  }
  if (appendRows(K, from, count, { stride: rows, jitter }).kind === "factored") return true;
  kernel.extend(from);
  return false;
}
