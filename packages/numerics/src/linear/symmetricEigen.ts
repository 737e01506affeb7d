/**
 * The eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations in the order of the rows (Golub and Van Loan, Matrix
 * Computations, 4th edition, section 8.5.4). A rotation is left out where the entry is negligible next to its diagonal entries. So the
 * small eigenvalues of a positive definite matrix have a small relative error too, if scaling rows and columns can make its condition
 * good (Demmel and Veselic, SIAM J. Matrix Anal. Appl. 13, 1992).
 */
import { requireMatrix } from "./shapes.ts";

/** `values` ascend. Column k of `vectors` (n x n, row-major) has length 1 and belongs to value k. */
export type SymmetricEigen = { readonly values: Float64Array; readonly vectors: Float64Array };

/**
 * Decomposes A = V diag(values) V^T. It takes time in proportion to n^3.
 *
 * @param a n x n, row-major. Only the upper triangle is read, and nothing is changed. Entries that are not finite give values that are not.
 * @throws RangeError for shapes that do not fit.
 */
export function symmetricEigen(a: Float64Array, n: number): SymmetricEigen {
  requireMatrix("a", a, n, n, n);
  const work = new Float64Array(n * n);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    vectors[i * n + i] = 1;
    for (let j = i; j < n; j++) work[i * n + j] = work[j * n + i] = a[i * n + j]!;
  }
  for (let sweep = 0; sweep < mostSweeps && rotateAll(work, vectors, n); sweep++);
  return sorted(work, vectors, n);
}

/** Matrices of doubles need fewer than ten. More would only follow a matrix that is not finite. */
const mostSweeps = 40;
const epsilon = 1.1102230246251565e-16;

/** One sweep over all entries above the diagonal. Returns whether an entry was not negligible. */
function rotateAll(work: Float64Array, vectors: Float64Array, n: number): boolean {
  let rotated = false;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const entry = Math.abs(work[p * n + q]!);
      if (!(entry > epsilon * Math.sqrt(Math.abs(work[p * n + p]!)) * Math.sqrt(Math.abs(work[q * n + q]!)))) continue;
      rotated = true;
      rotate(work, vectors, n, p, q);
    }
  }
  return rotated;
}

/** The rotation in the plane of p and q that makes their entry 0. */
function rotate(work: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const entry = work[p * n + q]!;
  const theta = (work[q * n + q]! - work[p * n + p]!) / (2 * entry);
  // The smaller root of t^2 + 2 theta t - 1.
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  work[p * n + p]! -= t * entry;
  work[q * n + q]! += t * entry;
  work[p * n + q] = work[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    const vp = vectors[k * n + p]!;
    const vq = vectors[k * n + q]!;
    vectors[k * n + p] = c * vp - s * vq;
    vectors[k * n + q] = s * vp + c * vq;
    if (k === p || k === q) continue;
    const wp = work[p * n + k]!;
    const wq = work[q * n + k]!;
    work[p * n + k] = work[k * n + p] = c * wp - s * wq;
    work[q * n + k] = work[k * n + q] = s * wp + c * wq;
  }
}

function sorted(work: Float64Array, vectors: Float64Array, n: number): SymmetricEigen {
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => work[i * n + i]! - work[j * n + j]! || i - j);
  return {
    values: Float64Array.from(order, (k) => work[k * n + k]!),
    vectors: Float64Array.from({ length: n * n }, (_, at) => vectors[at - (at % n) + order[at % n]!]!),
  };
}
