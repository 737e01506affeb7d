import { derive, type Key, permutation, stream } from "@caviar-hpo/core";

/** The order in which an epoch, counted from 0, goes through n examples. */
export function epochOrder(key: Key, epoch: number, n: number): Int32Array {
  return permutation(stream(derive(key, "order", epoch)), n);
}
