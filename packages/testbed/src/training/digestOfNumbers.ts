/**
 * What an array holds, as 32 bits: by these a checkpoint knows the examples it belongs to. The numbers count, not the kind of array. The
 * mixing is that of the checkpoint's checksum, a permutation for every word, so that one changed word always shows.
 */

/** Each array is read once, because training never changes it. */
export function digestOfNumbers(numbers: ArrayLike<number>): number {
  const digest = known.get(numbers) ?? mixed(numbers);
  known.set(numbers, digest);
  return digest;
}

const known = new WeakMap<ArrayLike<number>, number>();
const scratch = new DataView(new ArrayBuffer(8));

function mixed(numbers: ArrayLike<number>): number {
  let hash = 0x811c9dc5 ^ numbers.length;
  for (let index = 0; index < numbers.length; index++) {
    scratch.setFloat64(0, numbers[index]!, true);
    hash = Math.imul(hash ^ scratch.getInt32(0, true), 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash ^ scratch.getInt32(4, true), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
