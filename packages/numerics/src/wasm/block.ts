/**
 * Arrays in WebAssembly memory. A block is one memory with several arrays side by side and some scratch before them; kernels work in
 * place on the arrays of one block. Its size never changes, so that views of it stay valid, and it is freed when they are.
 */

import { instantiate, type Kernels } from "./instance.ts";

export type Block = {
  readonly kernels: Kernels;
  /** Address of SCRATCH + PANEL (sqrt(longest array) + 4) numbers that a kernel may use while it runs. */
  readonly scratch: number;
  /** Room for a vector as long as a square matrix of the block has rows; a function may use it until it returns. */
  readonly vector: Float64Array;
};

/**
 * Arrays of zeros of the given lengths, in one block. The functions of this package that use WebAssembly work without copies when all
 * their arrays, or views of them, come from one call. Throws RangeError for lengths that are no counts or more than memory holds.
 */
export function allocate(...lengths: readonly number[]): readonly Float64Array[] {
  for (const length of lengths) {
    if (!(Number.isSafeInteger(length) && length >= 0)) {
      throw new RangeError(`length: expected an integer >= 0, got ${length}. Pass how many numbers each array holds.`);
    }
  }
  const rows = Math.ceil(Math.sqrt(lengths.reduce((longest, length) => Math.max(longest, length), 0)));
  const all = [rows, SCRATCH + PANEL * (rows + 4), ...lengths];
  const total = all.reduce((sum, length) => sum + padded(length), 0);
  if (total > MOST) throw new RangeError(`lengths: expected at most ${MOST} numbers with scratch, got ${total}. Use several blocks.`);
  const { kernels, memory, start } = instantiate(total * 8);
  let address = start;
  const [vector, scratch, ...arrays] = all.map((length) => {
    const array = new Float64Array(memory.buffer, address, length);
    address += padded(length) * 8;
    return array;
  });
  blocks.set(memory.buffer, { kernels, scratch: scratch!.byteOffset, vector: vector! });
  return arrays;
}

/** The block that every one of the arrays lies in; null when they lie elsewhere or in several. */
export function blockOf(a: Float64Array, b: Float64Array = a, c: Float64Array = a, d: Float64Array = a, e: Float64Array = a): Block | null {
  const { buffer } = a;
  if (b.buffer !== buffer || c.buffer !== buffer || d.buffer !== buffer || e.buffer !== buffer) return null;
  return blocks.get(buffer) ?? null;
}

/** Copies of the arrays in one block. Valid until the next call: the block is kept and used again, unless it is large. */
export function borrow(...arrays: readonly Float64Array[]): readonly Float64Array[] {
  const total = arrays.reduce((sum, array) => sum + padded(array.length), 0);
  if (spare === undefined || spare.length < total) {
    const [room] = allocate(total);
    if (total > KEPT) return fill(room!, arrays);
    spare = room!;
  }
  return fill(spare, arrays);
}

function fill(room: Float64Array, arrays: readonly Float64Array[]): readonly Float64Array[] {
  let from = 0;
  return arrays.map((array) => {
    const copy = room.subarray(from, from + array.length);
    copy.set(array);
    from += padded(array.length);
    return copy;
  });
}

const blocks = new WeakMap<ArrayBufferLike, Block>();
let spare: Float64Array | undefined;

/** Every array begins on a cache line of its own. */
function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** Numbers of scratch whatever the arrays: what assembly/ packs from a matrix at a time. */
const SCRATCH = 32768;
/** Right-hand sides that assembly/triangular.ts packs at a time. */
const PANEL = 64;
/** WebAssembly addresses 2^32 bytes; a page is left for the module's own data. */
const MOST = 536862720;
/** Numbers up to which the borrowed block is kept: 8 MB. */
const KEPT = 1048576;
