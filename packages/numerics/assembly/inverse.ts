/**
 * The inverse of L L^T as M^T M with M = L^-1. M is the solution of L M = I, found block column by block column from its diagonal
 * down; the product overwrites M in its own place, because a row of the product needs only rows of M from there down.
 */

import { packColumns, unpackColumns } from "./pack";
import { copyLower } from "./symmetric";
import { ROW, subtractProduct } from "./tile";
import { solvePanel } from "./triangular";

const BLOCK: i32 = 64;
const CHUNK: i32 = 256;

/** `out` becomes the inverse, whole; rows of both are `step` bytes apart. */
export function inverse(l: usize, n: i32, out: usize, step: usize, scratch: usize): void {
  for (let first = 0; first < n; first += BLOCK) invertColumns(l, n, out, step, first, min(first + BLOCK, n), scratch);
  for (let first = 0; first < n; first += BLOCK) multiplyRows(n, out, step, first, min(first + BLOCK, n), scratch);
  copyLower(out, n, step);
}

/** Columns `first`..`last - 1` of M, from row `first` down: zeros above the diagonal among them. */
function invertColumns(l: usize, n: i32, out: usize, step: usize, first: i32, last: i32, scratch: usize): void {
  const rows = n - first;
  const size = <usize>rows * ROW;
  const tiles = (last - first + 3) >> 2;
  memory.fill(scratch, 0, <usize>tiles * size);
  for (let c = 0; c < last - first; c++) store<f64>(scratch + <usize>(c >> 2) * size + <usize>c * ROW + <usize>(c & 3) * 8, 1);
  solvePanel(l + <usize>first * (step + 8), step, 8, rows, scratch, tiles, 0);
  for (let c = first, at = scratch; c < last; c += 4, at += size) {
    unpackColumns(at, rows, out + <usize>first * step + <usize>c * 8, step, min(4, last - c));
  }
}

/**
 * Rows `first`..`last - 1` of M^T M up to the tile on the diagonal. Rows of M from `first` on enter: those of the block are read before
 * the first of them is overwritten, column tile by column tile.
 */
function multiplyRows(n: i32, out: usize, step: usize, first: i32, last: i32, scratch: usize): void {
  const size = <usize>CHUNK * ROW;
  const tile = scratch;
  const right = scratch + 4 * ROW;
  const left = right + size;
  for (let top = first; top < n; top += CHUNK) {
    const count = min(CHUNK, n - top);
    const from = out + <usize>top * step;
    for (let i = first, to = left; i < last; i += 4, to += size) packColumns(from + <usize>i * 8, step, min(4, last - i), count, to, false);
    for (let j = 0; j < last; j += 4) {
      packColumns(from + <usize>j * 8, step, min(4, n - j), count, right, true);
      const start = max(first, j);
      for (let i = start, a = left + <usize>((start - first) >> 2) * size; i < last; i += 4, a += size) {
        const rows = min(4, last - i);
        const columns = min(4, n - j);
        const c = out + <usize>i * step + <usize>j * 8;
        if (top === first) memory.fill(tile, 0, 4 * ROW);
        else packColumns(c, step, columns, rows, tile, false);
        subtractProduct(tile, ROW, rows, a, 8, ROW, right, count);
        unpackColumns(tile, rows, c, step, columns);
      }
    }
  }
}
