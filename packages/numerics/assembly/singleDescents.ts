/** Steps of gradient descent on float32 arrays of `length` numbers, four at a time: src/network/descents.ts. Factors come rounded. */

import { storeLanes } from "./singleLanes";

/** g += lambda w. */
export function addScaledSingle(g: usize, w: usize, lambda: f32, length: i32): void {
  const factor = f32x4.splat(lambda);
  for (; length > 0; length -= 4, g += 16, w += 16) storeLanes(g, f32x4.add(v128.load(g), f32x4.mul(factor, v128.load(w))), length);
}

/** w -= rate g. */
export function descendSingle(w: usize, g: usize, rate: f32, length: i32): void {
  const step = f32x4.splat(rate);
  for (; length > 0; length -= 4, g += 16, w += 16) storeLanes(w, f32x4.sub(v128.load(w), f32x4.mul(step, v128.load(g))), length);
}

/** v = beta v + weight g, w -= rate v. */
export function descendMomentumSingle(w: usize, g: usize, v: usize, rate: f32, beta: f32, weight: f32, length: i32): void {
  const step = f32x4.splat(rate);
  const old = f32x4.splat(beta);
  const fresh = f32x4.splat(weight);
  for (; length > 0; length -= 4, w += 16, g += 16, v += 16) {
    const velocity = f32x4.add(f32x4.mul(old, v128.load(v)), f32x4.mul(fresh, v128.load(g)));
    storeLanes(v, velocity, length);
    storeLanes(w, f32x4.sub(v128.load(w), f32x4.mul(step, velocity)), length);
  }
}

/** s = beta s + fresh g^2, w -= rate g / (sqrt(s) + epsilon). */
export function descendRmsPropSingle(w: usize, g: usize, s: usize, rate: f32, beta: f32, fresh: f32, epsilon: f32, length: i32): void {
  const step = f32x4.splat(rate);
  const old = f32x4.splat(beta);
  const weight = f32x4.splat(fresh);
  const floor = f32x4.splat(epsilon);
  for (; length > 0; length -= 4, w += 16, g += 16, s += 16) {
    const slope = v128.load(g);
    const square = f32x4.add(f32x4.mul(old, v128.load(s)), f32x4.mul(weight, f32x4.mul(slope, slope)));
    storeLanes(s, square, length);
    const change = f32x4.div(f32x4.mul(step, slope), f32x4.add(f32x4.sqrt(square), floor));
    storeLanes(w, f32x4.sub(v128.load(w), change), length);
  }
}

/** m = beta1 m + fresh1 g, v = beta2 v + fresh2 g^2, w -= rate (m / correction1) / (sqrt(v / correction2) + epsilon). */
export function descendAdamSingle(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  rate: f32,
  beta1: f32,
  fresh1: f32,
  beta2: f32,
  fresh2: f32,
  epsilon: f32,
  correction1: f32,
  correction2: f32,
  length: i32,
): void {
  const step = f32x4.splat(rate);
  const old1 = f32x4.splat(beta1);
  const weight1 = f32x4.splat(fresh1);
  const old2 = f32x4.splat(beta2);
  const weight2 = f32x4.splat(fresh2);
  const floor = f32x4.splat(epsilon);
  const unbias1 = f32x4.splat(correction1);
  const unbias2 = f32x4.splat(correction2);
  for (; length > 0; length -= 4, w += 16, g += 16, m += 16, v += 16) {
    const slope = v128.load(g);
    const mean = f32x4.add(f32x4.mul(old1, v128.load(m)), f32x4.mul(weight1, slope));
    const square = f32x4.add(f32x4.mul(old2, v128.load(v)), f32x4.mul(weight2, f32x4.mul(slope, slope)));
    storeLanes(m, mean, length);
    storeLanes(v, square, length);
    const root = f32x4.sqrt(f32x4.div(square, unbias2));
    const change = f32x4.div(f32x4.mul(step, f32x4.div(mean, unbias1)), f32x4.add(root, floor));
    storeLanes(w, f32x4.sub(v128.load(w), change), length);
  }
}
