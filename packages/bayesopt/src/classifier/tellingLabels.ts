/** The labels that a classifier takes where there are many: the cost of an ask is then bounded. */
import type { Data } from "../model/data.ts";

/**
 * At most `most` rows, in their order. The rarer label has as many of them as it has rows, but at most half; the other label has the rest.
 * The latest rows of each label are half of its share, because they show where the search is; the others are spread evenly over its rows.
 */
export function tellingLabels(data: Data, most: number): Data {
  const { x, y, d } = data;
  if (y.length <= most) return data;
  const rows = Array.from(y.keys());
  const [rare, common] = [rows.filter((row) => y[row]! > 0), rows.filter((row) => y[row]! <= 0)].sort((a, b) => a.length - b.length) as [
    number[],
    number[],
  ];
  const share = Math.min(rare.length, Math.floor(most / 2));
  const chosen = [...some(rare, share), ...some(common, most - share)].sort((a, b) => a - b);
  const points = new Float64Array(chosen.length * d);
  chosen.forEach((row, at) => {
    points.set(x.subarray(row * d, row * d + d), at * d);
  });
  return { x: points, y: Float64Array.from(chosen, (row) => y[row]!), d, variance: null };
}

function some(rows: readonly number[], count: number): readonly number[] {
  const latest = Math.floor(count / 2);
  const others = rows.slice(0, rows.length - latest);
  const early = count - latest;
  return [
    ...Array.from({ length: early }, (_, i) => others[Math.floor((i * others.length) / early)]!),
    ...rows.slice(rows.length - latest),
  ];
}
