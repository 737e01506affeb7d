/**
 * Many points of a Sobol sequence at once. Integer SIMD computes four dimensions at a time, in pieces that stay in the first-level cache
 * until they are copied to the caller's array. The caller chooses the sequence by its direction numbers and its scramble;
 * `@caviar-hpo/samplers` has both.
 */
import { requireMatrix } from "../linear/shapes.ts";
import { allocate, blockOf, borrow } from "../wasm/block.ts";
import type { Kernels } from "../wasm/instance.ts";

/**
 * Makes a function (start, count, out) that writes the points start, start + 1, ..., start + count - 1 to `out`, row-major count x
 * dimensions.
 *
 * @param directions 32 numbers per dimension. Each has 32 binary digits, and the most significant digit of the point is the lowest bit.
 * Point i is the exclusive or of the numbers at the set bits of i's Gray code, read as a fraction.
 * @param seeds an addend and a multiplier per dimension, or null for no scramble. With seeds, the reversed digits are first scrambled by
 * the hash of B. Burley, *Practical hash-based Owen scrambling*, JCGT 9 (2020), in the variant of scramble.ts in samplers. Each point is
 * then moved by 2^-33 to the middle of its cell.
 * @returns the function. It throws RangeError if start + count is above 2^32, or if `out` is too short.
 */
export function sobolPoints(directions: Int32Array, seeds: Int32Array | null): (start: number, count: number, out: Float64Array) => void {
  const dimensions = directions.length / DIGITS;
  const groups = Math.ceil(dimensions / GROUP);
  const padded = groups * GROUP;
  const tables = new Int32Array((DIGITS + 2) * padded);
  for (let j = 0; j < dimensions; j++) {
    for (let k = 0; k < DIGITS; k++) tables[k * padded + j] = directions[j * DIGITS + k]!;
    if (seeds !== null) {
      tables[DIGITS * padded + j] = seeds[2 * j]!;
      tables[(DIGITS + 1) * padded + j] = seeds[2 * j + 1]!;
    }
  }
  return (start, count, out) => {
    requireMatrix("out", out, count, dimensions, dimensions);
    if (!(Number.isSafeInteger(start) && start >= 0 && start + count <= POINTS)) {
      throw new RangeError(`start: expected an integer from 0 to ${POINTS - count}, got ${start}. The sequence has 2^32 points.`);
    }
    const room = roomFor(tables, dimensions);
    const { kernels, chunk } = room;
    const at = room.tables.byteOffset;
    const rows = Math.floor((chunk.length - OVERRUN) / dimensions);
    for (let done = 0; done < count; done += rows) {
      const some = Math.min(rows, count - done);
      kernels.sobolPoints(at, at + DIGITS * padded * 4, seeds !== null, groups, start + done, some, chunk.byteOffset, dimensions * 8);
      out.set(chunk.subarray(0, some * dimensions), done * dimensions);
    }
  };
}

type Room = { readonly kernels: Kernels; readonly tables: Int32Array; readonly chunk: Float64Array; holds: Int32Array | null };

/**
 * One room serves all sequences, one after the other: an instance of the module for each would cost more than its points. Where the engine
 * has no memory left for it, the block that is kept for copies is borrowed, for this call alone.
 */
function roomFor(tables: Int32Array, dimensions: number): Room {
  if (room === undefined || room.tables.length < tables.length) {
    const arrays = allocate(tables.length / 2, Math.max(CHUNK, dimensions) + OVERRUN);
    if (blockOf(arrays[0]!) === null) return furnished(roomIn(borrow(...arrays)), tables);
    room = roomIn(arrays);
  }
  return room.holds === tables ? room : furnished(room, tables);
}

function roomIn(arrays: readonly Float64Array[]): Room {
  const [first, chunk] = arrays as [Float64Array, Float64Array];
  return { kernels: blockOf(first)!.kernels, tables: new Int32Array(first.buffer, first.byteOffset, 2 * first.length), chunk, holds: null };
}

function furnished(one: Room, tables: Int32Array): Room {
  one.tables.set(tables);
  one.holds = tables;
  return one;
}

let room: Room | undefined;

const DIGITS = 32;
const POINTS = 0x1_0000_0000;
/** Dimensions that assembly/sobol.ts does at a time, and how many numbers it may write behind the last row. */
const GROUP = 4;
const OVERRUN = GROUP - 1;
/** Numbers written before they are copied: 16 kB. */
const CHUNK = 2048;
