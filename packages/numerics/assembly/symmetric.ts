/** Symmetric matrices that are stored whole: whether both triangles agree, and copying one to the other. Rows are `step` bytes apart. */

/** Whether both triangles hold the same finite numbers. */
export function isSymmetric(a: usize, n: i32, step: usize): bool {
  const even = n & ~1;
  for (let block = 0; block < even; block += LINE) {
    for (let i = block; i < min(block + LINE, even); i += 2)
      if (!areTransposed(a + <usize>i * step, a + <usize>i * 8, step, i + 2)) return false;
  }
  for (let j = 0; j < n && even < n; j++) {
    if (load<f64>(a + <usize>even * step + <usize>j * 8) - load<f64>(a + <usize>j * step + <usize>even * 8) !== 0) return false;
  }
  return true;
}

/** Whether the first `count` (an even number) columns of two rows are the same finite numbers as so many rows of two columns. */
function areTransposed(row: usize, column: usize, step: usize, count: i32): bool {
  // An infinity less itself is NaN, so that one comparison with zero tells both faults; NaN is unequal to zero.
  const zero = f64x2.splat(0);
  let fault = zero;
  const end = row + <usize>count * 8;
  for (; row < end; row += 16, column += 2 * step) {
    const upper = v128.load(row);
    const lower = v128.load(row + step);
    fault = v128.or(fault, f64x2.ne(f64x2.sub(v128.shuffle<f64>(upper, lower, 0, 2), v128.load(column)), zero));
    fault = v128.or(fault, f64x2.ne(f64x2.sub(v128.shuffle<f64>(upper, lower, 1, 3), v128.load(column + step)), zero));
  }
  return !v128.any_true(fault);
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
