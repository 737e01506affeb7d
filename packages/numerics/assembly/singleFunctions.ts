/** The functions of smooth activations, computed in double and rounded to float32, four at a time: src/network/singleFunctions.ts. */

import { expLanes } from "./singleExp";

/** e^x. @inline */
export function expFour(x: v128): v128 {
  return rounded(expLanes(lower(x)), expLanes(upper(x)));
}

/** @inline */
export function tanhFour(x: v128): v128 {
  return rounded(tanhLanes(lower(x)), tanhLanes(upper(x)));
}

/** @inline */
export function logisticFour(x: v128): v128 {
  return rounded(logisticLanes(lower(x)), logisticLanes(upper(x)));
}

/** @inline */
export function geluFour(x: v128): v128 {
  return rounded(geluLanes(lower(x)), geluLanes(upper(x)));
}

/** @inline */
export function geluSlopeFour(x: v128): v128 {
  return rounded(geluSlopeLanes(lower(x)), geluSlopeLanes(upper(x)));
}

/** @inline */
function lower(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** @inline */
function upper(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 1));
}

/** @inline */
function rounded(low: v128, high: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** @inline */
function tanhLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const e = expLanes(f64x2.mul(constant(MINUS_TWO), size));
  const far = f64x2.div(f64x2.sub(constant(ONE), e), f64x2.add(constant(ONE), e));
  const s = f64x2.mul(x, x);
  let q = times(constant(T + 3), s, constant(T + 4));
  q = times(constant(T + 2), s, q);
  q = times(constant(T + 1), s, q);
  q = times(constant(T), s, q);
  const near = f64x2.mul(x, times(constant(ONE), s, q));
  const sign = v128.and(x, constant(SIGN));
  return v128.bitselect(near, v128.or(far, sign), f64x2.lt(size, constant(NEAR)));
}

/** @inline */
function logisticLanes(x: v128): v128 {
  const e = expLanes(v128.or(x, constant(SIGN)));
  const negative = f64x2.lt(x, constant(ZERO));
  return f64x2.div(v128.bitselect(e, constant(ONE), negative), f64x2.add(constant(ONE), e));
}

/** @inline */
function geluLanes(x: v128): v128 {
  return f64x2.mul(x, normalCdf(x, bell(x)));
}

/** @inline */
function geluSlopeLanes(x: v128): v128 {
  const e = bell(x);
  return f64x2.add(normalCdf(x, e), f64x2.mul(x, f64x2.mul(constant(INVERSE_ROOT_TWO_PI), e)));
}

/** exp(-x^2 / 2). @inline */
function bell(x: v128): v128 {
  return expLanes(f64x2.mul(constant(MINUS_HALF), f64x2.mul(x, x)));
}

/** Phi(x), given exp(-x^2 / 2). @inline */
function normalCdf(x: v128, e: v128): v128 {
  const z = f64x2.pmin(f64x2.abs(x), constant(FARTHEST));
  let p = times(constant(P + 5), z, constant(P + 6));
  let q = times(constant(Q + 6), z, constant(Q + 7));
  p = times(constant(P + 4), z, p);
  q = times(constant(Q + 5), z, q);
  p = times(constant(P + 3), z, p);
  q = times(constant(Q + 4), z, q);
  p = times(constant(P + 2), z, p);
  q = times(constant(Q + 3), z, q);
  p = times(constant(P + 1), z, p);
  q = times(constant(Q + 2), z, q);
  p = times(constant(P), z, p);
  q = times(constant(Q + 1), z, q);
  q = times(constant(ONE), z, q);
  const tail = f64x2.mul(e, f64x2.div(p, q));
  return v128.bitselect(tail, f64x2.sub(constant(ONE), tail), f64x2.lt(x, constant(ZERO)));
}

/** a + x b. @inline */
function times(a: v128, x: v128, b: v128): v128 {
  return f64x2.add(a, f64x2.mul(x, b));
}

/** Both lanes. @inline */
function constant(index: usize): v128 {
  return v128.load_splat<f64>(table + index * 8);
}

const ZERO: usize = 0;
const ONE: usize = 1;
const SIGN: usize = 2;
const MINUS_TWO: usize = 3;
const MINUS_HALF: usize = 4;
const NEAR: usize = 5;
const INVERSE_ROOT_TWO_PI: usize = 6;
const FARTHEST: usize = 7;
/** Of tanh. */
const T: usize = 8;
/** Above and below in the tail of the normal distribution; below begins with 1, which is not in the table. */
const P: usize = 13;
const Q: usize = 19;
const table: usize = memory.data<f64>([
  0,
  1,
  -0.0,
  -2,
  -0.5,
  0.0625,
  0.3989422804014327,
  15,
  -0.3333333333333333, // T
  0.13333333333333333,
  -0.05396825396825397,
  0.021869488536155203,
  -0.008863235529902197,
  0.5000000000006692, // P
  0.5727986129016693,
  0.32231142926272793,
  0.10916574478988916,
  0.02323529629680084,
  0.0029537779528112902,
  0.00017832008391377452,
  1.9434817867673992, // Q + 1
  1.6952969672410607,
  0.8652034166996581,
  0.28104582997580446,
  0.05868906240052452,
  0.0074040278905826125,
  0.0004469821089257448,
]);
