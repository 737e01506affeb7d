/**
 * The inverse of L L^T as Z Z^T with Z = L^-T (LAPACK's dpotri goes the same way). Z is solved from L^T Z = I column by column, because
 * that keeps L^T Z and Z L^T both near I; from L M = I one gets an M for which M L may be far from it, and with it the product (N. J.
 * Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., sections 14.2 and 14.3). Z stands in the upper triangle of the
 * result while the product grows in the lower.
 */

import { packRows, unpackColumns } from "./pack";
import { copyLower } from "./symmetric";
import { ROW, subtractProduct } from "./tile";
import { HEAD, SHORT, solvePanel } from "./triangular";

const BLOCK: i32 = 64;
const CHUNK: i32 = 256;
const PACK: usize = <usize>CHUNK * ROW;
const TILE: usize = 4 * ROW;

/** `out` becomes the inverse, whole; rows of both are `step` bytes apart. */
export function inverse(l: usize, n: i32, out: usize, step: usize, scratch: usize): void {
  for (let first = 0; first < n; first += BLOCK) invertColumns(l, n, out, step, first, min(first + BLOCK, n), scratch);
  for (let first = 0; first < n; first += BLOCK) {
    for (let left = first; left < n; left += CHUNK) multiplyColumns(n, out, step, first, min(first + BLOCK, n), left, scratch);
  }
  copyLower(out, n, step);
}

/** Columns `first`..`last - 1` of Z, which end at row last - 1, and zeros below. */
function invertColumns(l: usize, n: i32, out: usize, step: usize, first: i32, last: i32, scratch: usize): void {
  const panel = scratch + HEAD;
  const size = <usize>last * ROW;
  const corner = <usize>(last - 1);
  memory.fill(panel, 0, <usize>((last - first + 3) >> 2) * size);
  for (let c = 0; c < last - first; c++) {
    // Rows are counted from the last one up.
    store<f64>(panel + <usize>(c >> 2) * size + <usize>(last - 1 - first - c) * ROW + <usize>(c & 3) * 8, 1);
  }
  solvePanel(l + corner * (step + 8), -8, -step, last, panel, (last - first + 3) >> 2, last > SHORT ? scratch : 0);
  for (let c = first, at = panel; c < last; c += 4, at += size) {
    unpackColumns(at, last, out + corner * step + <usize>c * 8, -step, min(4, last - c));
  }
  for (let row = last; row < n; row++) memory.fill(out + <usize>row * step + <usize>first * 8, 0, <usize>(last - first) * 8);
}

/**
 * Columns `first`..`last - 1` of the product's lower triangle take what up to CHUNK columns of Z from `left` on give. The tile on the
 * diagonal comes last in its rows, for until then they need what Z holds there.
 */
function multiplyColumns(n: i32, out: usize, step: usize, first: i32, last: i32, left: i32, scratch: usize): void {
  const right = min(left + CHUNK, n);
  for (let j = first, to = scratch + TILE; j < last; j += 4, to += PACK) {
    packRows(out + <usize>j * step + <usize>left * 8, step, min(4, last - j), right - left, to, true);
  }
  for (let i = first; i < right; i += 4) {
    const rows = min(4, n - i);
    const row = out + <usize>i * step;
    const start = max(i, left);
    const a = row + <usize>start * 8;
    const skip = <usize>(start - left) * ROW;
    const count = right - start;
    let pack = scratch + TILE;
    for (let j = first; j < min(i, last); j += 4, pack += PACK) {
      subtractProduct(row + <usize>j * 8, step, rows, a, step, 8, pack + skip, count);
    }
    if (i < last) {
      const diagonal = row + <usize>i * 8;
      memory.fill(scratch, 0, TILE);
      if (left > first) copyTriangle(diagonal, step, scratch, ROW, rows);
      subtractProduct(scratch, ROW, rows, a, step, 8, pack + skip, count);
      copyTriangle(scratch, ROW, diagonal, step, rows);
    }
  }
}

function copyTriangle(from: usize, fromStep: usize, to: usize, toStep: usize, rows: i32): void {
  for (let r = 0; r < rows; r++) memory.copy(to + <usize>r * toStep, from + <usize>r * fromStep, <usize>(r + 1) * 8);
}
