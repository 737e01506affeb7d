/**
 * e^-u for the covariances, two at a time and times 2^54, so that only a last factor 2^-54 can round below the normal range. Method and
 * coefficients are explained in src/covariance/expNegative.twin.ts, which has the same bits.
 *
 * Constants are loaded from memory, because V8 builds a vector constant again, in three instructions, at each use in a loop; two calls
 * side by side share their loads.
 */

/** 2^54 e^-u in each lane, for 0 <= u <= 746.5; NaN for NaN. @inline */
export function scaledExpNegative(u: v128): v128 {
  const shifted = f64x2.sub(constant(ROUNDER), f64x2.mul(u, constant(INVERSE_LN2)));
  const n = f64x2.sub(constant(ROUNDER), shifted);
  const r = f64x2.add(f64x2.sub(f64x2.mul(n, constant(LN2_HIGH)), u), f64x2.mul(n, constant(LN2_LOW)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = sum(pair(2, r), r2, pair(4, r));
  const high = sum(pair(6, r), r2, pair(8, r));
  const q = sum(low, r4, sum(high, r4, pair(10, r)));
  const e = f64x2.add(constant(ONE), f64x2.add(r, f64x2.mul(r2, q)));
  // The low digits of `shifted` are the biased exponent of 2^(54 - n); the shift leaves nothing else.
  return f64x2.mul(e, i64x2.shl(shifted, 52));
}

/** c_k + c_(k+1) r. @inline */
function pair(k: usize, r: v128): v128 {
  return sum(constant(COEFFICIENT + k), r, constant(COEFFICIENT + k + 1));
}

/** a + x b. @inline */
function sum(a: v128, x: v128, b: v128): v128 {
  return f64x2.add(a, f64x2.mul(x, b));
}

/** Both lanes. @inline */
function constant(index: usize): v128 {
  return v128.load_splat<f64>(table + index * 8);
}

const ROUNDER: usize = 0;
const INVERSE_LN2: usize = 1;
const LN2_HIGH: usize = 2;
const LN2_LOW: usize = 3;
const ONE: usize = 4;
const COEFFICIENT: usize = 3;
const table: usize = memory.data<f64>([
  6755399441055744 + 1077, // 1.5 * 2^52, which rounds to integers, and 1023 + 54
  Math.LOG2E,
  0.6931471803691238, // ln 2 to 32 digits
  1.9082149292705877e-10, // and the rest
  1,
  0.5000000000000011, // c2
  0.16666666666666413,
  0.041666666666530267,
  0.008333333333494335,
  0.0013888888943597998,
  0.00019841269506777747,
  2.4801493135841673e-5,
  2.755758626743288e-6,
  2.7630234052893854e-7,
  2.5000072190215835e-8, // c11
]);

/** The greatest argument that need be told apart: n is 1077, the biased exponent 0, and so is the result. */
export const GREATEST: f64 = 746.5;
