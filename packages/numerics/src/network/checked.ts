/**
 * The checks of what operations are given: an array that is too short or of the wrong kind, or a bad count, throws before any number
 * changes.
 */

import { requireCount } from "../linear/shapes.ts";
import type { Activations } from "./activations.ts";
import type { BatchNormOperations } from "./batchNorm.ts";
import type { Descents } from "./descents.ts";
import type { Dropout } from "./dropout.ts";
import type { Losses } from "./losses.ts";
import type { ActivationName, Numbers } from "./operations.ts";
import type { Arithmetic } from "./plain.ts";
import type { Products } from "./products.ts";

/** The same operations for arrays whose numbers take `size` bytes, checked. All throw RangeError. */
export function checked(of: Arithmetic, size: 4 | 8): Arithmetic {
  const requireNumbers = numbersOf(size);
  return {
    ...checkedProducts(of, requireNumbers),
    ...checkedNorms(of, requireNumbers),
    ...checkedActivations(of, requireNumbers),
    ...checkedLosses(of, requireNumbers),
    ...checkedDescents(of, requireNumbers),
  };
}

function checkedProducts(of: Products, requireNumbers: RequireNumbers): Products {
  return {
    multiply(c, a, b, m, k, n) {
      requireCounts(m, k, n);
      requireNumbers("c", c, m * n);
      requireNumbers("a", a, m * k);
      requireNumbers("b", b, k * n);
      of.multiply(c, a, b, m, k, n);
    },
    multiplyLeftTransposed(c, a, b, m, k, n) {
      requireCounts(m, k, n);
      requireNumbers("c", c, m * n);
      requireNumbers("a", a, k * m);
      requireNumbers("b", b, k * n);
      of.multiplyLeftTransposed(c, a, b, m, k, n);
    },
    multiplyRightTransposed(c, a, b, m, k, n) {
      requireCounts(m, k, n);
      requireNumbers("c", c, m * n);
      requireNumbers("a", a, m * k);
      requireNumbers("b", b, n * k);
      of.multiplyRightTransposed(c, a, b, m, k, n);
    },
    addRow(x, row, m, n) {
      requireCounts(m, n);
      requireNumbers("x", x, m * n);
      requireNumbers("row", row, n);
      of.addRow(x, row, m, n);
    },
    sumRows(out, x, m, n) {
      requireCounts(m, n);
      requireNumbers("out", out, n);
      requireNumbers("x", x, m * n);
      of.sumRows(out, x, m, n);
    },
  };
}

function checkedNorms(of: BatchNormOperations, requireNumbers: RequireNumbers): BatchNormOperations {
  return {
    moments(mean, variance, x, m, n) {
      requireCounts(m, n);
      requireNumbers("mean", mean, n);
      requireNumbers("variance", variance, n);
      requireNumbers("x", x, m * n);
      of.moments(mean, variance, x, m, n);
    },
    normalise(y, xHat, x, mean, variance, gamma, beta, epsilon, m, n) {
      requireCounts(m, n);
      requireNumbers("y", y, m * n);
      requireNumbers("xHat", xHat, m * n);
      requireNumbers("x", x, m * n);
      requireNumbers("mean", mean, n);
      requireNumbers("variance", variance, n);
      requireNumbers("gamma", gamma, n);
      requireNumbers("beta", beta, n);
      of.normalise(y, xHat, x, mean, variance, gamma, beta, epsilon, m, n);
    },
    normaliseBackward(dx, dGamma, dBeta, dy, xHat, variance, gamma, epsilon, m, n) {
      requireCounts(m, n);
      requireNumbers("dx", dx, m * n);
      requireNumbers("dGamma", dGamma, n);
      requireNumbers("dBeta", dBeta, n);
      requireNumbers("dy", dy, m * n);
      requireNumbers("xHat", xHat, m * n);
      requireNumbers("variance", variance, n);
      requireNumbers("gamma", gamma, n);
      of.normaliseBackward(dx, dGamma, dBeta, dy, xHat, variance, gamma, epsilon, m, n);
    },
  };
}

function checkedActivations(of: Activations & Dropout, requireNumbers: RequireNumbers): Activations & Dropout {
  return {
    activate(name, y, x, length) {
      requireActivation(name);
      requireCounts(length);
      requireNumbers("y", y, length);
      requireNumbers("x", x, length);
      of.activate(name, y, x, length);
    },
    activateBackward(name, dx, dy, x, length) {
      requireActivation(name);
      requireCounts(length);
      requireNumbers("dx", dx, length);
      requireNumbers("dy", dy, length);
      requireNumbers("x", x, length);
      of.activateBackward(name, dx, dy, x, length);
    },
    dropout(x, rate, key, length) {
      requireCounts(length);
      requireNumbers("x", x, length);
      if (!(rate >= 0 && rate < 1)) throw new RangeError(`rate: expected a number from 0 to below 1, got ${rate}. Lower the rate.`);
      of.dropout(x, rate, key, length);
    },
  };
}

function checkedLosses(of: Losses, requireNumbers: RequireNumbers): Losses {
  return {
    softmaxCrossEntropy(dLogits, logits, labels, m, n) {
      requireCounts(m, n);
      requireNumbers("dLogits", dLogits, m * n);
      requireNumbers("logits", logits, m * n);
      requireNumbers("labels", labels, m);
      requireLabels(labels, m, n);
      return of.softmaxCrossEntropy(dLogits, logits, labels, m, n);
    },
    squaredError(dy, y, targets, m, n) {
      requireCounts(m, n);
      requireNumbers("dy", dy, m * n);
      requireNumbers("y", y, m * n);
      requireNumbers("targets", targets, m * n);
      return of.squaredError(dy, y, targets, m, n);
    },
  };
}

function checkedDescents(of: Descents, requireNumbers: RequireNumbers): Descents {
  return {
    addScaled(g, w, lambda, length) {
      requireCounts(length);
      requireNumbers("g", g, length);
      requireNumbers("w", w, length);
      of.addScaled(g, w, lambda, length);
    },
    descend(w, g, rate, length) {
      requireCounts(length);
      requireNumbers("w", w, length);
      requireNumbers("g", g, length);
      of.descend(w, g, rate, length);
    },
    descendMomentum(w, g, v, rate, beta, weight, length) {
      requireCounts(length);
      requireNumbers("w", w, length);
      requireNumbers("g", g, length);
      requireNumbers("v", v, length);
      of.descendMomentum(w, g, v, rate, beta, weight, length);
    },
    descendRmsProp(w, g, s, rate, beta, epsilon, length) {
      requireCounts(length);
      requireNumbers("w", w, length);
      requireNumbers("g", g, length);
      requireNumbers("s", s, length);
      of.descendRmsProp(w, g, s, rate, beta, epsilon, length);
    },
    descendAdam(w, g, m, v, rate, beta1, beta2, epsilon, correction1, correction2, length) {
      requireCounts(length);
      requireNumbers("w", w, length);
      requireNumbers("g", g, length);
      requireNumbers("m", m, length);
      requireNumbers("v", v, length);
      of.descendAdam(w, g, m, v, rate, beta1, beta2, epsilon, correction1, correction2, length);
    },
  };
}

/** Throws unless the array called `name` holds at least `length` numbers of the right size. */
type RequireNumbers = (name: string, array: Numbers, length: number) => void;

function numbersOf(size: 4 | 8): RequireNumbers {
  return (name, array, length) => {
    if (array.length < length) {
      throw new RangeError(`${name}: expected a length of at least ${length}, got ${array.length}. Allocate more, or pass smaller counts.`);
    }
    if (array.BYTES_PER_ELEMENT !== size) {
      throw new RangeError(
        `${name}: expected numbers of ${size} bytes, got ${array.BYTES_PER_ELEMENT}. Use arrays that these operations allocate.`,
      );
    }
  };
}

function requireCounts(m: number, k = 0, n = 0): void {
  requireCount("count", m);
  requireCount("count", k);
  requireCount("count", n);
}

function requireActivation(name: ActivationName): void {
  if (!(NAMES as readonly string[]).includes(name)) {
    throw new RangeError(`activation: expected one of ${NAMES.join(", ")}, got ${String(name)}. Pass one of these names.`);
  }
}

function requireLabels(labels: Numbers, m: number, n: number): void {
  for (let i = 0; i < m; i++) {
    const label = labels[i]!;
    if (!(label >= 0 && label < n && Math.floor(label) === label)) {
      throw new RangeError(`labels[${i}]: expected a class from 0 to ${n - 1}, got ${label}. Number the classes from 0.`);
    }
  }
}

const NAMES: readonly ActivationName[] = ["relu", "leakyRelu", "tanh", "sigmoid", "gelu"];
