/**
 * e^x in double, two at a time, for what is rounded to float32 afterwards: what src/exp.ts computes, to the bit, from -110 to 110. Below
 * -110, where float32 has nothing but 0, it is 0; above 110, where float32 is infinite, some number above all float32. The method is
 * fdlibm's, explained there; its case of no reduction is that of k = 0, and its case of tiny arguments is selected. Constants are loaded
 * from memory as in exp.ts.
 */

/** Lanes of e^x; NaN for NaN. @inline */
export function expLanes(x: v128): v128 {
  const within = f64x2.pmax(f64x2.pmin(x, constant(GREATEST)), constant(LEAST));
  const half = v128.or(v128.and(within, constant(SIGN)), constant(HALF));
  const k = f64x2.trunc(f64x2.add(f64x2.mul(constant(INVERSE_LN2), within), half));
  const high = f64x2.sub(within, f64x2.mul(k, constant(LN2_HIGH)));
  const low = f64x2.mul(k, constant(LN2_LOW));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let q = f64x2.add(constant(P4), f64x2.mul(t, constant(P5)));
  q = f64x2.add(constant(P3), f64x2.mul(t, q));
  q = f64x2.add(constant(P2), f64x2.mul(t, q));
  q = f64x2.add(constant(P1), f64x2.mul(t, q));
  const c = f64x2.sub(r, f64x2.mul(t, q));
  const ratio = f64x2.div(f64x2.mul(r, c), f64x2.sub(constant(TWO), c));
  const e = f64x2.sub(constant(ONE), f64x2.sub(f64x2.sub(low, ratio), high));
  // The sum has the biased exponent of 2^k as its low digits; the shift leaves nothing else.
  const scaled = f64x2.mul(e, i64x2.shl(f64x2.add(k, constant(BIASED)), 52));
  const value = v128.bitselect(f64x2.add(constant(ONE), x), scaled, f64x2.lt(f64x2.abs(x), constant(TINY)));
  return v128.andnot(value, f64x2.lt(x, constant(LEAST)));
}

/** Both lanes. @inline */
function constant(index: usize): v128 {
  return v128.load_splat<f64>(table + index * 8);
}

const GREATEST: usize = 0;
const LEAST: usize = 1;
const SIGN: usize = 2;
const HALF: usize = 3;
const INVERSE_LN2: usize = 4;
const LN2_HIGH: usize = 5;
const LN2_LOW: usize = 6;
const P1: usize = 7;
const P2: usize = 8;
const P3: usize = 9;
const P4: usize = 10;
const P5: usize = 11;
const ONE: usize = 12;
const TWO: usize = 13;
const BIASED: usize = 14;
const TINY: usize = 15;
const table: usize = memory.data<f64>([
  110,
  -110,
  -0.0,
  0.5,
  Math.LOG2E,
  0.6931471803691238, // ln 2 to 32 digits
  1.9082149292705877e-10, // and the rest
  0.16666666666666602,
  -0.0027777777777015593,
  6.613756321437934e-5,
  -1.6533902205465252e-6,
  4.1381367970572385e-8,
  1,
  2,
  4503599627371519, // 2^52 + 1023
  3.725290298461914e-9, // 2^-28
]);
