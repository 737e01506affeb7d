/** Symmetric matrices that are stored whole: whether both triangles agree, and copying one to the other. Rows are `step` bytes apart. */

/** Whether both triangles hold the same finite numbers. */
export function isSymmetric(a: usize, n: i32, step: usize): bool {
  // An infinity less itself is NaN, so that one comparison with zero tells both faults.
  const zero = f64x2.splat(0);
  let fault = zero;
  for (let block = 0; block < n; block += LINE) {
    const top = min(block + LINE, n);
    for (let j = 0; j < top; j += 2) {
      for (let i = max(block, j); i < top; i += 2) {
        const below = a + <usize>i * step + <usize>j * 8;
        const above = a + <usize>j * step + <usize>i * 8;
        if (i + 1 < n) {
          const x0 = v128.load(below);
          const x1 = v128.load(below + step);
          const y0 = v128.load(above);
          const y1 = v128.load(above + step);
          fault = v128.or(fault, f64x2.ne(f64x2.sub(v128.shuffle<f64>(x0, x1, 0, 2), y0), zero));
          fault = v128.or(fault, f64x2.ne(f64x2.sub(v128.shuffle<f64>(x0, x1, 1, 3), y1), zero));
        } else {
          for (let c = 0; c < min(2, n - j); c++) {
            const difference = load<f64>(below + <usize>c * 8) - load<f64>(above + <usize>c * step);
            if (!(difference === 0)) return false;
          }
        }
      }
    }
    if (v128.any_true(fault)) return false;
  }
  return true;
}

/** The strict lower triangle becomes the transpose of the upper. */
export function copyUpper(a: usize, n: i32, step: usize): void {
  for (let block = 0; block < n; block += LINE) {
    const top = min(block + LINE, n);
    for (let j = 0; j < top; j++) {
      for (let i = max(block, j + 1); i < top; i++) {
        store<f64>(a + <usize>i * step + <usize>j * 8, load<f64>(a + <usize>j * step + <usize>i * 8));
      }
    }
  }
}

/** The strict upper triangle becomes the transpose of the lower. */
export function copyLower(a: usize, n: i32, step: usize): void {
  for (let block = 0; block < n; block += LINE) {
    const top = min(block + LINE, n);
    for (let j = 0; j < top; j++) {
      for (let i = max(block, j + 1); i < top; i++) {
        store<f64>(a + <usize>j * step + <usize>i * 8, load<f64>(a + <usize>i * step + <usize>j * 8));
      }
    }
  }
}

/** Numbers of a cache line: so many rows are walked together, for what they touch down a column lies on one line. */
const LINE: i32 = 8;
