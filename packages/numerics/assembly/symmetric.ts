/** Symmetric matrices that are stored whole: whether both triangles agree, and copying one to the other. */

/** Whether both triangles hold the same finite numbers. */
export function isSymmetric(a: usize, n: i32, step: usize): bool {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const below = load<f64>(a + <usize>i * step + <usize>j * 8);
      const above = load<f64>(a + <usize>j * step + <usize>i * 8);
      // An infinity less itself is NaN, so one comparison tells both faults.
      if (!(below - above === 0)) return false;
    }
  }
  return true;
}
