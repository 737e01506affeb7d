/**
 * What the tests measure of a function on many points: its largest error against exact arithmetic, and whether it ever goes the wrong way.
 */

import { type Exact, ulpError } from "./exact.ts";

/** The largest error of `computed` in units in the last place of `exact`, and where it occurs. */
export function largestError(
  computed: (x: number) => number,
  exact: (x: number) => Exact,
  points: Float64Array,
): { readonly ulps: number; readonly at: number } {
  let worst = { ulps: 0, at: NaN };
  for (const x of points) {
    const ulps = ulpError(computed(x), exact(x));
    if (ulps > worst.ulps) worst = { ulps, at: x };
  }
  return worst;
}

/** The points x at which the function is greater than at the next double above x. */
export function descents(rising: (x: number) => number, points: Float64Array): readonly number[] {
  return Array.from(points).filter((x) => rising(x) > rising(nextAbove(x)));
}

/** The least double greater than x, for finite x. */
export function nextAbove(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

/** 64 bits of FNV-1a over the doubles' bytes, upper byte first, in hexadecimal; every NaN counts as the same one. */
export function fingerprint(values: Iterable<number>): string {
  let hash = 0xcbf29ce484222325n;
  for (const value of values) {
    view.setFloat64(0, Number.isNaN(value) ? NaN : value);
    for (let byte = 0; byte < 8; byte++) hash = BigInt.asUintN(64, (hash ^ BigInt(view.getUint8(byte))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

const view = new DataView(new ArrayBuffer(8));
