/** Losses of float32 outputs and their gradients: src/network/losses.ts. */

import { expFour } from "./singleFunctions";
import { storeLanes } from "./singleLanes";

/** The mean cross-entropy of softmax(logits) against labels; dLogits = (softmax - oneHot) / m. */
export function softmaxCrossEntropySingle(dLogits: usize, logits: usize, labels: usize, m: i32, n: i32): f32 {
  const step = <usize>n * 4;
  let total: f32 = 0;
  for (let i = 0; i < m; i++, dLogits += step, logits += step, labels += 4) {
    total += crossEntropyOfRow(dLogits, logits, <usize>(<i32>load<f32>(labels)) * 4, <f32>m, n);
  }
  return total / <f32>m;
}

function crossEntropyOfRow(dLogits: usize, logits: usize, label: usize, count: f32, n: i32): f32 {
  const end = logits + <usize>n * 4;
  let greatest: f32 = -Infinity;
  for (let at = logits; at < end; at += 4) greatest = max<f32>(greatest, load<f32>(at));
  const ofLabel = load<f32>(logits + label) - greatest;
  const most = f32x4.splat(greatest);
  let at = dLogits;
  for (let left = n; left > 0; left -= 4, at += 16, logits += 16) storeLanes(at, expFour(f32x4.sub(v128.load(logits), most)), left);
  let sum: f32 = 0;
  for (at = dLogits; at < dLogits + <usize>n * 4; at += 4) sum += load<f32>(at);
  const corrected = (load<f32>(dLogits + label) / sum - 1) / count;
  const sums = f32x4.splat(sum);
  const counts = f32x4.splat(count);
  at = dLogits;
  for (let left = n; left > 0; left -= 4, at += 16) storeLanes(at, f32x4.div(f32x4.div(v128.load(at), sums), counts), left);
  store<f32>(dLogits + label, corrected);
  return <f32>log(<f64>sum) - ofLabel;
}

/** The natural logarithm for x >= 1, to the bit that of src/log.ts, where the method is explained; NaN for NaN. */
function log(x: f64): f64 {
  if (!(x >= 1)) return NaN;
  const k = (<i32>(reinterpret<u64>(x) >> 32) + (0x3ff00000 - 0x3fe6a09e)) >> 20;
  const f = x * reinterpret<f64>((<u64>(2046 - k)) << 52) - 1;
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const R =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586))) +
    w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const power = <f64>(k - 1023);
  return power * 0.6931471803691238 - (halfSquare - (s * (halfSquare + R) + power * 1.9082149292705877e-10) - f);
}

/** The mean over rows of half the squared distance; dy = (y - t) / m. The numbers of all rows go into one sum. */
export function squaredErrorSingle(dy: usize, y: usize, targets: usize, m: i32, length: i32): f32 {
  const count = <f32>m;
  let total: f32 = 0;
  for (; length > 0; length--, dy += 4, y += 4, targets += 4) {
    const difference = load<f32>(y) - load<f32>(targets);
    total += difference * difference;
    store<f32>(dy, difference / count);
  }
  return total / (2 * count);
}
