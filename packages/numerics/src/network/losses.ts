/** Losses and their gradients; see Operations. */

import type { Operations } from "./operations.ts";
import type { Rounding } from "./rounding.ts";

export type Losses = Pick<Operations, "softmaxCrossEntropy" | "squaredError">;

export function losses({ round, exp, log }: Rounding): Losses {
  return {
    /** With d = z - max z, a row's loss is log(sum exp(d)) - d[label], in which no exponential overflows and no logarithm is of 0. */
    softmaxCrossEntropy(dLogits, logits, labels, m, n) {
      const count = round(m);
      let total = 0;
      for (let i = 0; i < m; i++) {
        const start = i * n;
        const label = labels[i]!;
        let greatest = -Infinity;
        for (let j = 0; j < n; j++) greatest = Math.max(greatest, logits[start + j]!);
        const ofLabel = round(logits[start + label]! - greatest);
        let sum = 0;
        for (let j = 0; j < n; j++) {
          const power = round(exp(round(logits[start + j]! - greatest)));
          sum = round(sum + power);
          dLogits[start + j] = power;
        }
        for (let j = 0; j < n; j++) {
          const softmax = round(dLogits[start + j]! / sum);
          dLogits[start + j] = round((j === label ? round(softmax - 1) : softmax) / count);
        }
        total = round(total + round(round(log(sum)) - ofLabel));
      }
      return round(total / count);
    },

    squaredError(dy, y, targets, m, n) {
      const count = round(m);
      let total = 0;
      for (let i = 0; i < m * n; i++) {
        const difference = round(y[i]! - targets[i]!);
        total = round(total + round(difference * difference));
        dy[i] = round(difference / count);
      }
      return round(total / round(2 * m));
    },
  };
}
