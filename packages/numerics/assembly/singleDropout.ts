/** Inverted dropout on a float32 array, four hashes at a time: src/network/dropout.ts. */

import { storeLanes } from "./singleLanes";

/** x[i] becomes 0 where the hash of i under the two words is below `least`, and x[i] / kept elsewhere. */
export function dropoutSingle(x: usize, kept: f32, least: i32, first: i32, second: i32, length: i32): void {
  const divisor = f32x4.splat(kept);
  const bound = i32x4.splat(least);
  const word1 = i32x4.splat(first);
  const word2 = i32x4.splat(second);
  const four = i32x4.splat(4);
  let index = i32x4(0, 1, 2, 3);
  for (; length > 0; length -= 4, x += 16) {
    const hash = lowbias32(v128.xor(lowbias32(v128.xor(index, word1)), word2));
    storeLanes(x, v128.andnot(f32x4.div(v128.load(x), divisor), i32x4.lt_u(hash, bound)), length);
    index = i32x4.add(index, four);
  }
}

/** A permutation of each word. @inline */
function lowbias32(word: v128): v128 {
  let x = i32x4.mul(v128.xor(word, i32x4.shr_u(word, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}
