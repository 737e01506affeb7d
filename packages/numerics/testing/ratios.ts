/**
 * The test ratios of LAPACK (E. Anderson et al., LAPACK Users' Guide, 3rd ed., and its testing routines dpot01, dpot02, dpot03): a residual
 * over what rounding may cost. LAPACK calls a routine right below 30. Sums are plain loops, on the numbers as they are given.
 */

/** The largest sum of sizes down a column of a symmetric or general matrix, row-major. */
export function columnNorm(a: Float64Array, rows: number, columns: number): number {
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) sums[j]! += Math.abs(a[i * columns + j]!);
  return sums.reduce((most, sum) => (sum > most || Number.isNaN(sum) ? sum : most), 0);
}

/** ||L L^T - A - jitter I|| / (n ||A|| eps); the product is handed in, lower triangle. */
export function factorRatio(product: Float64Array, a: Float64Array, n: number, jitter: number): number {
  const difference = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = product[i * n + j]! - a[i * n + j]! - (i === j ? jitter : 0);
      difference[i * n + j] = value;
      difference[j * n + i] = value;
    }
  }
  return over(columnNorm(difference, n, n), n * columnNorm(a, n, n) * Number.EPSILON);
}

/** ||B - (A + jitter I) X|| / (n ||A|| ||X|| eps), where `residual` holds B - A X. */
export function solveRatio(residual: Float64Array, a: Float64Array, x: Float64Array, n: number, columns: number, jitter: number): number {
  const left = residual.map((value, index) => value - jitter * x[index]!);
  return over(columnNorm(left, n, columns), n * columnNorm(a, n, n) * columnNorm(x, n, columns) * Number.EPSILON);
}

function over(residual: number, scale: number): number {
  return residual === 0 ? 0 : residual / scale;
}
