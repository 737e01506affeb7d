/** One operation on float32 arrays of one block, by the kernel, and on the same numbers elsewhere, in plain JavaScript. */

import { float32Operations } from "../src/network/float32.ts";
import { blockOf } from "../src/wasm/block.ts";
import { type NetworkCase, type Shape, ugly } from "./networkCases.ts";

export type Draw = { readonly seed: number; readonly share: number; readonly offset: number };

const GUARD = 777;

/**
 * What differs, in words, or "" when all bits agree, those around the arrays included. The arrays are views of those in `room`, which is
 * one block; `offset` shifts each against a cache line; a `share` of the numbers is ugly.
 */
export function differenceFromPlain(room: readonly Float32Array[], one: NetworkCase, shape: Shape, { seed, share, offset }: Draw): string {
  if (blockOf(room[0]!) === null) return "there is no block";
  const lengths = one.lengths(shape);
  const whole = lengths.map((length, index) => room[index]!.subarray(0, length + 8));
  const arrays = whole.map((array, index) => array.subarray(offset, offset + lengths[index]!));
  const numbers = new Float64Array(6);
  whole.forEach((array) => {
    array.fill(GUARD);
  });
  arrays.forEach((array, index) => {
    ugly(array, seed + index, share);
    if (index === one.labels) {
      array.forEach((x, i) => {
        array[i] = Number.isFinite(x) ? Math.floor(Math.abs(x * 1000)) % shape.n : 0;
      });
    }
  });
  ugly(numbers, seed + 99, share);
  const copies = whole.map((array) => array.slice());
  const rest = copies.map((array, index) => array.subarray(offset, offset + lengths[index]!));
  const got = one.run(float32Operations, arrays, shape, [...numbers]);
  const wanted = one.run(float32Operations, rest, shape, [...numbers]);
  if (!Object.is(got, wanted)) return `returned ${String(got)}, not ${String(wanted)}`;
  for (const [index, array] of whole.entries()) {
    const at = array.findIndex((x, i) => !Object.is(x, copies[index]![i]));
    if (at >= 0) return `array ${index} at ${at - offset} of ${lengths[index]!}: ${array[at]!}, not ${copies[index]![at]!}`;
  }
  return "";
}

/** Arrays in one block for any operation on matrices of up to `most` by `most`. */
export function roomFor(most: number): readonly Float32Array[] {
  return float32Operations.allocate(...Array<number>(7).fill(most * most + 8)) as readonly Float32Array[];
}
