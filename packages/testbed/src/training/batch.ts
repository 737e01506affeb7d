/** Copies rows of examples into a network's batch, one number at a time: views would be allocated for every row. */
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
  const { d } = examples;
  const width = targets.length / examples.n;
  for (let row = 0; row < m; row += 1) {
    const source = order ? order[from + row]! : from + row;
    copyRow(network.inputs, row * d, examples.inputs, source * d, d);
    for (let column = 0; column < width; column += 1) network.targets[row * width + column] = targets[source * width + column]!;
  }
}

function copyRow(to: Float32Array | Float64Array, at: number, from: Float32Array | Float64Array, start: number, length: number): void {
  for (let index = 0; index < length; index += 1) to[at + index] = from[start + index]!;
}
