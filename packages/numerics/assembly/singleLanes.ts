/**
 * Four float32 lanes at the end of an array that is no multiple of four. Reading beyond it is harmless (every block has a margin), writing
 * is not.
 */

/** Stores the first `count` lanes (4 or more: all). @inline */
export function storeLanes(to: usize, lanes: v128, count: i32): void {
  if (count >= 4) v128.store(to, lanes);
  else storeFew(to, lanes, count);
}

/** Stores the first `count` lanes, 0 to 3. */
export function storeFew(to: usize, lanes: v128, count: i32): void {
  if (count > 0) v128.store32_lane(to, lanes, 0);
  if (count > 1) v128.store32_lane(to, lanes, 1, 4);
  if (count > 2) v128.store32_lane(to, lanes, 2, 8);
}
