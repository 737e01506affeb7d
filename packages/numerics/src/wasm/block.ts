/**
 * Arrays in WebAssembly memory. A block is one memory that holds some scratch and then several arrays. Kernels work in place on the arrays
 * of one block. The size of a block never changes, so views of it stay valid. The memory is freed when its arrays are.
 */

import { type Instance, instantiate, type Kernels, reserve } from "./instance.ts";

export type KernelBlock = {
  readonly kernels: Kernels;
  /** Address of SCRATCH + PANEL (sqrt(longest array) + 4) numbers that a kernel may use while it runs. */
  readonly scratch: number;
  /** Room for a vector as long as a square matrix of the block has rows; a function may use it until it returns. */
  readonly vector: Float64Array;
};

/**
 * Makes arrays of zeros with the given lengths, in one block. The functions of this package that use WebAssembly work without copies if all
 * their arrays, or views of them, come from one call of `allocate`.
 *
 * An engine holds a limited number of memories (Chromium about a hundred, Node thousands). Beyond that, the arrays are plain arrays. They
 * give the same bits, but the functions copy them.
 *
 * @throws RangeError if a length is not a whole number of at least 0, or if the arrays need more than the largest memory.
 */
export function allocate(...lengths: readonly number[]): readonly Float64Array[] {
  return inOneBlock(double, lengths);
}

/** The same for arrays of single precision. */
export function allocateSingle(...lengths: readonly number[]): readonly Float32Array[] {
  return inOneBlock(single, lengths);
}

/** A kind of array: how many bytes a number takes, and views of memory. */
type Kind<Numbers> = { readonly size: number; view(buffer: ArrayBuffer, address: number, length: number): Numbers };
const double: Kind<Float64Array> = { size: 8, view: (buffer, address, length) => new Float64Array(buffer, address, length) };
const single: Kind<Float32Array> = { size: 4, view: (buffer, address, length) => new Float32Array(buffer, address, length) };

function inOneBlock<Numbers>(kind: Kind<Numbers>, lengths: readonly number[]): readonly Numbers[] {
  for (const length of lengths) {
    if (!(Number.isSafeInteger(length) && length >= 0)) {
      throw new RangeError(`length: expected an integer >= 0, got ${length}. Pass how many numbers each array holds.`);
    }
  }
  const bytes = bytesOf(kind, lengths);
  if (bytes > MOST) throw new RangeError(`lengths: expected at most ${MOST} bytes with scratch, got ${bytes}. Use several blocks.`);
  // While there is room for it, for once there is none it has to serve all.
  spare ??= instantiate();
  try {
    return layOut(instantiate(), kind, lengths);
  } catch (error) {
    if (error instanceof RangeError) return lengths.map((length) => kind.view(new ArrayBuffer(length * kind.size), 0, length));
    throw error;
  }
}

function layOut<Numbers>(instance: Instance, kind: Kind<Numbers>, lengths: readonly number[]): readonly Numbers[] {
  reserve(instance, bytesOf(kind, lengths));
  const { kernels, memory, start } = instance;
  const { buffer } = memory;
  const vector = new Float64Array(buffer, start, rowsOf(lengths));
  const scratch = start + padded(vector.byteLength);
  let address = scratch + scratchOf(lengths);
  const arrays = lengths.map((length) => {
    const array = kind.view(buffer, address, length);
    address += padded(length * kind.size);
    return array;
  });
  blocks.set(buffer, { kernels, scratch, vector });
  return arrays;
}

function bytesOf({ size }: Kind<unknown>, lengths: readonly number[]): number {
  const before = padded(rowsOf(lengths) * 8) + scratchOf(lengths);
  return lengths.reduce((sum, length) => sum + padded(length * size), before) + MARGIN;
}

/** Rows of the largest square matrix among the arrays. */
function rowsOf(lengths: readonly number[]): number {
  return Math.ceil(Math.sqrt(lengths.reduce((longest, length) => Math.max(longest, length), 0)));
}

function scratchOf(lengths: readonly number[]): number {
  return padded((SCRATCH + PANEL * (rowsOf(lengths) + 4)) * 8);
}

/** The block that every one of the arrays lies in; null when they lie elsewhere or in several. */
export function blockOf(
  a: View,
  b: View = a,
  c: View = a,
  d: View = a,
  e: View = a,
  f: View = a,
  g: View = a,
  h: View = a,
): KernelBlock | null {
  const { buffer } = a;
  if (b.buffer !== buffer || c.buffer !== buffer || d.buffer !== buffer || e.buffer !== buffer) return null;
  if (f.buffer !== buffer || g.buffer !== buffer || h.buffer !== buffer) return null;
  return blocks.get(buffer) ?? null;
}

type View = { readonly buffer: ArrayBufferLike };

/** Copies of the arrays in one block that is kept for this. Valid until the next call. */
export function borrow(...arrays: readonly Float64Array[]): readonly Float64Array[] {
  spare ??= instantiate();
  const copies = layOut(
    spare,
    double,
    arrays.map((array) => array.length),
  );
  copies.forEach((copy, index) => {
    copy.set(arrays[index]!);
  });
  return copies;
}

const blocks = new WeakMap<ArrayBufferLike, KernelBlock>();
let spare: Instance | undefined;

/** Bytes up to the next cache line: every array begins on one of its own. */
function padded(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** Kernels may read, not write, so far beyond the last array. */
const MARGIN = 64;
/** Numbers of scratch whatever the arrays: what assembly/ packs from a matrix at a time. */
const SCRATCH = 32768;
/** Right-hand sides that assembly/triangular.ts packs at a time. */
const PANEL = 64;
/** WebAssembly addresses 2^32 bytes; some are left for the module's own data. */
const MOST = 4294901760;
