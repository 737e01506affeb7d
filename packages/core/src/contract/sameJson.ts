import type { Json } from "./json.ts";

/**
 * Whether two pieces of plain data are the same to the bit. NaN equals NaN, and 0 differs from -0. The order of keys does not matter. A key
 * with the value undefined counts as absent.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a))
    return a.length === (b as readonly unknown[]).length && a.every((item, index) => sameJson(item, (b as readonly unknown[])[index]));
  const left = a as { readonly [key: string]: Json };
  const right = b as { readonly [key: string]: Json };
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  return (
    keys.length === Object.keys(right).filter((key) => right[key] !== undefined).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}
