/** Activations of float32 arrays of `length` numbers and their derivatives, four at a time: src/network/activations.ts. */

import { geluFour, geluSlopeFour, logisticFour, tanhFour } from "./singleFunctions";
import { storeLanes } from "./singleLanes";

export function reluSingle(y: usize, x: usize, length: i32): void {
  const zero = f32x4.splat(0);
  for (; length > 0; length -= 4, y += 16, x += 16) {
    const value = v128.load(x);
    storeLanes(y, v128.andnot(value, f32x4.lt(value, zero)), length);
  }
}

export function reluBackwardSingle(dx: usize, dy: usize, x: usize, length: i32): void {
  const zero = f32x4.splat(0);
  for (; length > 0; length -= 4, dx += 16, dy += 16, x += 16) {
    storeLanes(dx, v128.andnot(v128.load(dy), f32x4.le(v128.load(x), zero)), length);
  }
}

export function leakyReluSingle(y: usize, x: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const slope = f32x4.splat(SLOPE);
  for (; length > 0; length -= 4, y += 16, x += 16) {
    const value = v128.load(x);
    storeLanes(y, v128.bitselect(f32x4.mul(slope, value), value, f32x4.lt(value, zero)), length);
  }
}

export function leakyReluBackwardSingle(dx: usize, dy: usize, x: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const slope = f32x4.splat(SLOPE);
  for (; length > 0; length -= 4, dx += 16, dy += 16, x += 16) {
    const value = v128.load(dy);
    storeLanes(dx, v128.bitselect(f32x4.mul(slope, value), value, f32x4.le(v128.load(x), zero)), length);
  }
}

export function tanhSingle(y: usize, x: usize, length: i32): void {
  for (; length > 0; length -= 4, y += 16, x += 16) storeLanes(y, tanhFour(v128.load(x)), length);
}

/** dx = dy (1 - t^2). */
export function tanhBackwardSingle(dx: usize, dy: usize, x: usize, length: i32): void {
  const one = f32x4.splat(1);
  for (; length > 0; length -= 4, dx += 16, dy += 16, x += 16) {
    const t = tanhFour(v128.load(x));
    storeLanes(dx, f32x4.mul(v128.load(dy), f32x4.sub(one, f32x4.mul(t, t))), length);
  }
}

export function sigmoidSingle(y: usize, x: usize, length: i32): void {
  for (; length > 0; length -= 4, y += 16, x += 16) storeLanes(y, logisticFour(v128.load(x)), length);
}

/** dx = dy s (1 - s). */
export function sigmoidBackwardSingle(dx: usize, dy: usize, x: usize, length: i32): void {
  const one = f32x4.splat(1);
  for (; length > 0; length -= 4, dx += 16, dy += 16, x += 16) {
    const s = logisticFour(v128.load(x));
    storeLanes(dx, f32x4.mul(v128.load(dy), f32x4.mul(s, f32x4.sub(one, s))), length);
  }
}

export function geluSingle(y: usize, x: usize, length: i32): void {
  for (; length > 0; length -= 4, y += 16, x += 16) storeLanes(y, geluFour(v128.load(x)), length);
}

export function geluBackwardSingle(dx: usize, dy: usize, x: usize, length: i32): void {
  for (; length > 0; length -= 4, dx += 16, dy += 16, x += 16) {
    storeLanes(dx, f32x4.mul(v128.load(dy), geluSlopeFour(v128.load(x))), length);
  }
}

/** Of leakyRelu below zero. */
const SLOPE: f32 = 0.01;
