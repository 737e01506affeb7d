/**
 * The minimum of a function of one variable on an interval, without derivatives: golden sections, and parabolas where they promise more.
 * R. P. Brent, *Algorithms for Minimization Without Derivatives*, Prentice-Hall 1973, section 5.8, procedure localmin, whose names it
 * keeps: x the best point, w the second best, v the one before; e the step before the last.
 */

/** (3 - sqrt 5) / 2. */
const golden = 0.3819660112501051;

/**
 * Where f is least in [lower, upper], to within `tolerance`; of a function with one valley it finds that valley. At most 100 evaluations.
 */
export function minimiseOnInterval(f: (x: number) => number, lower: number, upper: number, tolerance: number): number {
  let a = lower;
  let b = upper;
  let x = a + golden * (b - a);
  let w = x;
  let v = x;
  let fx = f(x);
  let fw = fx;
  let fv = fx;
  let e = 0;
  let d = 0;
  for (let evaluations = 1; evaluations < 100; evaluations++) {
    const middle = (a + b) / 2;
    if (Math.abs(x - middle) <= 2 * tolerance - (b - a) / 2) break;
    // The parabola through the three best points has its vertex at x + p / q.
    const r = (x - w) * (fx - fv);
    const s = (x - v) * (fx - fw);
    let p = (x - v) * s - (x - w) * r;
    let q = 2 * (s - r);
    if (q > 0) p = -p;
    q = Math.abs(q);
    const inside = p > q * (a - x) && p < q * (b - x);
    if (Math.abs(e) > tolerance && Math.abs(p) < Math.abs((q * e) / 2) && inside) {
      e = d;
      d = p / q;
      if (x + d - a < 2 * tolerance || b - x - d < 2 * tolerance) d = x < middle ? tolerance : -tolerance;
    } else {
      e = x < middle ? b - x : a - x;
      d = golden * e;
    }
    const u = x + (Math.abs(d) >= tolerance ? d : d > 0 ? tolerance : -tolerance);
    const fu = f(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return x;
}
