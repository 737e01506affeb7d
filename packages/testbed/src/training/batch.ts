/**
 * Copies rows of examples into a network's batch. Wide rows are copied whole, from views that are made once for all trainings on the same
 * inputs, which is some ten times as fast as number by number; for narrow rows that would be slower.
 */
import type { Numbers } from "@caviar-hpo/numerics/network";
import type { Network } from "../network/network.ts";
import type { Examples } from "./examples.ts";

/** Rows order[from] ... order[from + m - 1]; without an order, rows from ... from + m - 1. */
export function loadBatch(
  network: Network,
  examples: Examples,
  targets: ArrayLike<number>,
  order: Int32Array | null,
  from: number,
  m: number,
): void {
  const { inputs, n, d } = examples;
  const width = targets.length / n;
  const rows = d < wide ? null : rowsOf(inputs, d);
  for (let row = 0; row < m; row++) {
    const source = order ? order[from + row]! : from + row;
    if (rows) network.inputs.set(rows[source]!, row * d);
    else copyNumbers(network.inputs, row * d, inputs, source * d, d);
    copyNumbers(network.targets, row * width, targets, source * width, width);
  }
}

/** Features from which on a copy of the whole row is the faster one. */
const wide = 32;

const views = new WeakMap<Numbers, readonly Numbers[]>();

function rowsOf(inputs: Numbers, d: number): readonly Numbers[] {
  const known = views.get(inputs);
  if (known?.[0]?.length === d) return known;
  const rows = Array.from({ length: inputs.length / d }, (_, row) => inputs.subarray(row * d, (row + 1) * d));
  views.set(inputs, rows);
  return rows;
}

function copyNumbers(to: Numbers, at: number, from: ArrayLike<number>, start: number, length: number): void {
  for (let index = 0; index < length; index++) to[at + index] = from[start + index]!;
}
