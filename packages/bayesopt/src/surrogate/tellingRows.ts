/** The rows that hyperparameters are fitted to where there are many: the cost of a fit is then bounded. */
import type { Data } from "../model/data.ts";

/** The most rows. */
export const fitRows = 256;

/** At most `most` rows, in their order: one half are the best, the other half are spread evenly over the others. */
export function tellingRows(data: Data, most: number): Data {
  const { x, y, d, variance } = data;
  const n = y.length;
  if (n <= most) return data;
  const order = Array.from(y.keys()).sort((a, b) => y[a]! - y[b]! || a - b);
  const half = most / 2;
  const others = order.slice(half).sort((a, b) => a - b);
  const rows = [...order.slice(0, half), ...Array.from({ length: half }, (_, i) => others[Math.floor((i * others.length) / half)]!)].sort(
    (a, b) => a - b,
  );
  const chosen = new Float64Array(most * d);
  rows.forEach((row, i) => {
    chosen.set(x.subarray(row * d, row * d + d), i * d);
  });
  return {
    x: chosen,
    y: Float64Array.from(rows, (row) => y[row]!),
    d,
    variance: variance && Float64Array.from(rows, (row) => variance[row]!),
  };
}
