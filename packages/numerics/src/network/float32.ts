/**
 * Operations of networks in single precision. If all arrays of a call lie in one block, the WebAssembly kernels of assembly/single*.ts
 * compute it; otherwise plain JavaScript does. Both give the same bits, because the kernels put their lanes across elements and never along
 * a sum, and fuse no operations.
 */

import { allocateSingle, blockOf } from "../wasm/block.ts";
import type { Kernels } from "../wasm/instance.ts";
import { checked } from "./checked.ts";
import { firstWord, leastKept, secondWord } from "./dropout.ts";
import type { ActivationName, Operations } from "./operations.ts";
import { type Arithmetic, plainFloat32 as plain } from "./plain.ts";

const arithmetic: Arithmetic = {
  multiply(c, a, b, m, k, n) {
    const block = blockOf(c, a, b);
    if (block === null) plain.multiply(c, a, b, m, k, n);
    else block.kernels.multiplySingle(c.byteOffset, a.byteOffset, b.byteOffset, m, k, n, block.scratch);
  },
  multiplyLeftTransposed(c, a, b, m, k, n) {
    const block = blockOf(c, a, b);
    if (block === null) plain.multiplyLeftTransposed(c, a, b, m, k, n);
    else block.kernels.multiplySingleLeftTransposed(c.byteOffset, a.byteOffset, b.byteOffset, m, k, n, block.scratch);
  },
  multiplyRightTransposed(c, a, b, m, k, n) {
    const block = blockOf(c, a, b);
    if (block === null) plain.multiplyRightTransposed(c, a, b, m, k, n);
    else block.kernels.multiplySingleRightTransposed(c.byteOffset, a.byteOffset, b.byteOffset, m, k, n, block.scratch);
  },
  addRow(x, row, m, n) {
    const block = blockOf(x, row);
    if (block === null) plain.addRow(x, row, m, n);
    else block.kernels.addRowSingle(x.byteOffset, row.byteOffset, m, n);
  },
  sumRows(out, x, m, n) {
    const block = blockOf(out, x);
    if (block === null) plain.sumRows(out, x, m, n);
    else block.kernels.sumRowsSingle(out.byteOffset, x.byteOffset, m, n);
  },

  moments(mean, variance, x, m, n) {
    const block = blockOf(mean, variance, x);
    if (block === null) plain.moments(mean, variance, x, m, n);
    else block.kernels.momentsSingle(mean.byteOffset, variance.byteOffset, x.byteOffset, m, n);
  },
  normalise(y, xHat, x, mean, variance, gamma, beta, epsilon, m, n) {
    const block = blockOf(y, xHat, x, mean, variance, gamma, beta);
    if (block === null) plain.normalise(y, xHat, x, mean, variance, gamma, beta, epsilon, m, n);
    else {
      block.kernels.normaliseSingle(
        y.byteOffset,
        xHat.byteOffset,
        x.byteOffset,
        mean.byteOffset,
        variance.byteOffset,
        gamma.byteOffset,
        beta.byteOffset,
        epsilon,
        m,
        n,
        block.scratch,
      );
    }
  },
  normaliseBackward(dx, dGamma, dBeta, dy, xHat, variance, gamma, epsilon, m, n) {
    const block = blockOf(dx, dGamma, dBeta, dy, xHat, variance, gamma);
    if (block === null) plain.normaliseBackward(dx, dGamma, dBeta, dy, xHat, variance, gamma, epsilon, m, n);
    else {
      block.kernels.normaliseBackwardSingle(
        dx.byteOffset,
        dGamma.byteOffset,
        dBeta.byteOffset,
        dy.byteOffset,
        xHat.byteOffset,
        variance.byteOffset,
        gamma.byteOffset,
        epsilon,
        m,
        n,
        block.scratch,
      );
    }
  },

  activate(name, y, x, length) {
    const block = blockOf(y, x);
    if (block === null) plain.activate(name, y, x, length);
    else activate(block.kernels, name, y.byteOffset, x.byteOffset, length);
  },
  activateBackward(name, dx, dy, x, length) {
    const block = blockOf(dx, dy, x);
    if (block === null) plain.activateBackward(name, dx, dy, x, length);
    else activateBackward(block.kernels, name, dx.byteOffset, dy.byteOffset, x.byteOffset, length);
  },

  dropout(x, rate, key, length) {
    const block = blockOf(x);
    if (block === null) plain.dropout(x, rate, key, length);
    else block.kernels.dropoutSingle(x.byteOffset, 1 - rate, leastKept(rate), firstWord(key), secondWord(key), length);
  },

  softmaxCrossEntropy(dLogits, logits, labels, m, n) {
    const block = blockOf(dLogits, logits, labels);
    if (block === null) return plain.softmaxCrossEntropy(dLogits, logits, labels, m, n);
    return block.kernels.softmaxCrossEntropySingle(dLogits.byteOffset, logits.byteOffset, labels.byteOffset, m, n);
  },
  squaredError(dy, y, targets, m, n) {
    const block = blockOf(dy, y, targets);
    if (block === null) return plain.squaredError(dy, y, targets, m, n);
    return block.kernels.squaredErrorSingle(dy.byteOffset, y.byteOffset, targets.byteOffset, m, m * n);
  },

  addScaled(g, w, lambda, length) {
    const block = blockOf(g, w);
    if (block === null) plain.addScaled(g, w, lambda, length);
    else block.kernels.addScaledSingle(g.byteOffset, w.byteOffset, lambda, length);
  },
  descend(w, g, rate, length) {
    const block = blockOf(w, g);
    if (block === null) plain.descend(w, g, rate, length);
    else block.kernels.descendSingle(w.byteOffset, g.byteOffset, rate, length);
  },
  descendMomentum(w, g, v, rate, beta, weight, length) {
    const block = blockOf(w, g, v);
    if (block === null) plain.descendMomentum(w, g, v, rate, beta, weight, length);
    else block.kernels.descendMomentumSingle(w.byteOffset, g.byteOffset, v.byteOffset, rate, beta, weight, length);
  },
  descendRmsProp(w, g, s, rate, beta, epsilon, length) {
    const block = blockOf(w, g, s);
    if (block === null) plain.descendRmsProp(w, g, s, rate, beta, epsilon, length);
    else block.kernels.descendRmsPropSingle(w.byteOffset, g.byteOffset, s.byteOffset, rate, beta, 1 - beta, epsilon, length);
  },
  descendAdam(w, g, m, v, rate, beta1, beta2, epsilon, correction1, correction2, length) {
    const block = blockOf(w, g, m, v);
    if (block === null) plain.descendAdam(w, g, m, v, rate, beta1, beta2, epsilon, correction1, correction2, length);
    else {
      block.kernels.descendAdamSingle(
        w.byteOffset,
        g.byteOffset,
        m.byteOffset,
        v.byteOffset,
        rate,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        epsilon,
        correction1,
        correction2,
        length,
      );
    }
  },
};

/**
 * Operations of networks in float32. Every result is rounded to float32 after each operation. Functions such as tanh are computed in double
 * precision and rounded once. Arguments that do not fit throw RangeError.
 */
export const float32Operations: Operations = { precision: "float32", allocate: allocateSingle, ...checked(arithmetic, 4) };

function activate(kernels: Kernels, name: ActivationName, y: number, x: number, length: number): void {
  switch (name) {
    case "relu":
      kernels.reluSingle(y, x, length);
      return;
    case "leakyRelu":
      kernels.leakyReluSingle(y, x, length);
      return;
    case "tanh":
      kernels.tanhSingle(y, x, length);
      return;
    case "sigmoid":
      kernels.sigmoidSingle(y, x, length);
      return;
    case "gelu":
      kernels.geluSingle(y, x, length);
  }
}

function activateBackward(kernels: Kernels, name: ActivationName, dx: number, dy: number, x: number, length: number): void {
  switch (name) {
    case "relu":
      kernels.reluBackwardSingle(dx, dy, x, length);
      return;
    case "leakyRelu":
      kernels.leakyReluBackwardSingle(dx, dy, x, length);
      return;
    case "tanh":
      kernels.tanhBackwardSingle(dx, dy, x, length);
      return;
    case "sigmoid":
      kernels.sigmoidBackwardSingle(dx, dy, x, length);
      return;
    case "gelu":
      kernels.geluBackwardSingle(dx, dy, x, length);
  }
}
