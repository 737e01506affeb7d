/** The three matrix products of a dense layer, forward and backward, and the sums and additions of rows; see Operations. */

import type { Numbers, Operations } from "./operations.ts";
import type { Rounding } from "./rounding.ts";

export type Products = Pick<Operations, "multiply" | "multiplyLeftTransposed" | "multiplyRightTransposed" | "addRow" | "sumRows">;

export function products({ round }: Rounding): Products {
  return {
    multiply: (c, a, b, m, k, n) => product(c, a, k, 1, b, n, 1, m, k, n),
    multiplyLeftTransposed: (c, a, b, m, k, n) => product(c, a, 1, m, b, n, 1, m, k, n),
    multiplyRightTransposed: (c, a, b, m, k, n) => product(c, a, k, 1, b, 1, k, m, k, n),

    addRow(x, row, m, n) {
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) x[i * n + j] = round(x[i * n + j]! + row[j]!);
    },

    sumRows(out, x, m, n) {
      out.fill(0, 0, n);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j] = round(out[j]! + x[i * n + j]!);
    },
  };

  /**
   * c[i, j] = the sum over p of a[i aRow + p aInner] b[p bInner + j bColumn], two rows by four columns at a time. Where rows or columns are
   * missing, the last one is computed again: it comes out the same.
   */
  function product(
    c: Numbers,
    a: Numbers,
    aRow: number,
    aInner: number,
    b: Numbers,
    bInner: number,
    bColumn: number,
    m: number,
    k: number,
    n: number,
  ): void {
    for (let i = 0; i < m; i += 2) {
      const below = Math.min(i + 1, m - 1);
      for (let j = 0; j < n; j += 4) {
        const j1 = Math.min(j + 1, n - 1);
        const j2 = Math.min(j + 2, n - 1);
        const j3 = Math.min(j + 3, n - 1);
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        let t0 = 0;
        let t1 = 0;
        let t2 = 0;
        let t3 = 0;
        for (let p = 0; p < k; p++) {
          const x = a[i * aRow + p * aInner]!;
          const y = a[below * aRow + p * aInner]!;
          const b0 = b[p * bInner + j * bColumn]!;
          const b1 = b[p * bInner + j1 * bColumn]!;
          const b2 = b[p * bInner + j2 * bColumn]!;
          const b3 = b[p * bInner + j3 * bColumn]!;
          s0 = round(s0 + round(x * b0));
          s1 = round(s1 + round(x * b1));
          s2 = round(s2 + round(x * b2));
          s3 = round(s3 + round(x * b3));
          t0 = round(t0 + round(y * b0));
          t1 = round(t1 + round(y * b1));
          t2 = round(t2 + round(y * b2));
          t3 = round(t3 + round(y * b3));
        }
        c[i * n + j] = s0;
        c[i * n + j1] = s1;
        c[i * n + j2] = s2;
        c[i * n + j3] = s3;
        c[below * n + j] = t0;
        c[below * n + j1] = t1;
        c[below * n + j2] = t2;
        c[below * n + j3] = t3;
      }
    }
  }
}
