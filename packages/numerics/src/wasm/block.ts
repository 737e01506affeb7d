/**
 * Arrays in WebAssembly memory. A block is one memory with several arrays side by side and some scratch before them; kernels work in
 * place on the arrays of one block. Its size never changes, so that views of it stay valid, and it is freed when they are.
 */

import { type Instance, instantiate, type Kernels, reserve } from "./instance.ts";

export type Block = {
  readonly kernels: Kernels;
  /** Address of SCRATCH + PANEL (sqrt(longest array) + 4) numbers that a kernel may use while it runs. */
  readonly scratch: number;
  /** Room for a vector as long as a square matrix of the block has rows; a function may use it until it returns. */
  readonly vector: Float64Array;
};

/**
 * Arrays of zeros of the given lengths, in one block. The functions of this package that use WebAssembly work without copies when all
 * their arrays, or views of them, come from one call. An engine holds only so many memories (Chromium about a hundred, Node
 * thousands): beyond that they are plain arrays, which give the same bits, with copies. Throws RangeError for lengths that are no
 * counts or more than memory holds.
 */
export function allocate(...lengths: readonly number[]): readonly Float64Array[] {
  for (const length of lengths) {
    if (!(Number.isSafeInteger(length) && length >= 0)) {
      throw new RangeError(`length: expected an integer >= 0, got ${length}. Pass how many numbers each array holds.`);
    }
  }
  const bytes = bytesOf(lengths);
  if (bytes > MOST) throw new RangeError(`lengths: expected at most ${MOST} bytes with scratch, got ${bytes}. Use several blocks.`);
  // While there is room for it, for once there is none it has to serve all.
  spare ??= instantiate();
  try {
    return layOut(instantiate(), lengths);
  } catch (error) {
    if (error instanceof RangeError) return lengths.map((length) => new Float64Array(length));
    throw error;
  }
}

function layOut(instance: Instance, lengths: readonly number[]): readonly Float64Array[] {
  reserve(instance, bytesOf(lengths));
  const { kernels, memory, start } = instance;
  let address = start;
  const [vector, scratch, ...arrays] = withScratch(lengths).map((length) => {
    const array = new Float64Array(memory.buffer, address, length);
    address += padded(length) * 8;
    return array;
  });
  blocks.set(memory.buffer, { kernels, scratch: scratch!.byteOffset, vector: vector! });
  return arrays;
}

function bytesOf(lengths: readonly number[]): number {
  return withScratch(lengths).reduce((sum, length) => sum + padded(length) * 8, 0);
}

function withScratch(lengths: readonly number[]): readonly number[] {
  const rows = Math.ceil(Math.sqrt(lengths.reduce((longest, length) => Math.max(longest, length), 0)));
  return [rows, SCRATCH + PANEL * (rows + 4), ...lengths];
}

/** The block that every one of the arrays lies in; null when they lie elsewhere or in several. */
export function blockOf(a: Float64Array, b: Float64Array = a, c: Float64Array = a, d: Float64Array = a, e: Float64Array = a): Block | null {
  const { buffer } = a;
  if (b.buffer !== buffer || c.buffer !== buffer || d.buffer !== buffer || e.buffer !== buffer) return null;
  return blocks.get(buffer) ?? null;
}

/** Copies of the arrays in one block that is kept for this. Valid until the next call. */
export function borrow(...arrays: readonly Float64Array[]): readonly Float64Array[] {
  spare ??= instantiate();
  const copies = layOut(
    spare,
    arrays.map((array) => array.length),
  );
  copies.forEach((copy, index) => {
    copy.set(arrays[index]!);
  });
  return copies;
}

const blocks = new WeakMap<ArrayBufferLike, Block>();
let spare: Instance | undefined;

/** Every array begins on a cache line of its own. */
function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** Numbers of scratch whatever the arrays: what assembly/ packs from a matrix at a time. */
const SCRATCH = 32768;
/** Right-hand sides that assembly/triangular.ts packs at a time. */
const PANEL = 64;
/** WebAssembly addresses 2^32 bytes; some are left for the module's own data. */
const MOST = 4294901760;
