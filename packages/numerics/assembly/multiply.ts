/**
 * Products of row-major matrices, added to what the result holds. The right factor is packed with its sign turned, for the tile kernel
 * subtracts.
 */

import { packColumns, packRows, unpackColumns } from "./pack";
import { copyLower } from "./symmetric";
import { ROW, subtractProduct } from "./tile";

/** Columns of the result, and of how many rows the right factor is packed at a time. */
const BLOCK: i32 = 64;
const CHUNK: i32 = 256;
const PACK: usize = <usize>CHUNK * ROW;
const TILE: usize = 4 * ROW;

/** out += A B. */
export function multiply(a: usize, b: usize, out: usize, rows: i32, inner: i32, columns: i32, scratch: usize): void {
  const aStep = <usize>inner * 8;
  const bStep = <usize>columns * 8;
  for (let first = 0; first < columns; first += BLOCK) {
    const last = min(first + BLOCK, columns);
    for (let top = 0; top < inner; top += CHUNK) {
      const count = min(CHUNK, inner - top);
      for (let j = first, to = scratch + TILE; j < last; j += 4, to += PACK) {
        packColumns(b + <usize>top * bStep + <usize>j * 8, bStep, min(4, last - j), count, to, true);
      }
      for (let i = 0; i < rows; i += 4) {
        const c = out + <usize>i * bStep;
        addRows(a + <usize>i * aStep + <usize>top * 8, aStep, min(4, rows - i), count, c, bStep, first, last, scratch);
      }
    }
  }
}

/** The lower triangle of out += A A^T, copied to the upper. */
export function multiplyTransposed(a: usize, out: usize, rows: i32, inner: i32, scratch: usize): void {
  const aStep = <usize>inner * 8;
  const step = <usize>rows * 8;
  for (let first = 0; first < rows; first += BLOCK) {
    const last = min(first + BLOCK, rows);
    for (let top = 0; top < inner; top += CHUNK) {
      const count = min(CHUNK, inner - top);
      for (let j = first, to = scratch + TILE; j < last; j += 4, to += PACK) {
        packRows(a + <usize>j * aStep + <usize>top * 8, aStep, min(4, last - j), count, to, true);
      }
      for (let i = first; i < rows; i += 4) {
        const c = out + <usize>i * step;
        addRows(a + <usize>i * aStep + <usize>top * 8, aStep, min(4, rows - i), count, c, step, first, min(last, i + 4), scratch);
      }
    }
  }
  copyLower(out, rows, step);
}

/** Up to four rows of the result, in columns `first`..`last - 1`; a tile that is not whole is worked on in the scratch. */
function addRows(a: usize, aStep: usize, rows: i32, count: i32, c: usize, step: usize, first: i32, last: i32, scratch: usize): void {
  let pack = scratch + TILE;
  let j = first;
  for (; j + 4 <= last; j += 4, pack += PACK) subtractProduct(c + <usize>j * 8, step, rows, a, aStep, 8, pack, count);
  if (j < last) {
    packColumns(c + <usize>j * 8, step, last - j, rows, scratch, false);
    subtractProduct(scratch, ROW, rows, a, aStep, 8, pack, count);
    unpackColumns(scratch, rows, c + <usize>j * 8, step, last - j);
  }
}
