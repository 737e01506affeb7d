/**
 * Batch normalisation, forward and backward: S. Ioffe and C. Szegedy, Batch normalization, ICML 2015, Algorithm 1 and section 3; see
 * Operations.
 */

import type { Operations } from "./operations.ts";
import type { Rounding } from "./rounding.ts";

export type BatchNormOperations = Pick<Operations, "moments" | "normalise" | "normaliseBackward">;

export function batchNorm({ round }: Rounding): BatchNormOperations {
  return {
    moments(mean, variance, x, m, n) {
      const count = round(m);
      mean.fill(0, 0, n);
      variance.fill(0, 0, n);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) mean[j] = round(mean[j]! + x[i * n + j]!);
      for (let j = 0; j < n; j++) mean[j] = round(mean[j]! / count);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          const deviation = round(x[i * n + j]! - mean[j]!);
          variance[j] = round(variance[j]! + round(deviation * deviation));
        }
      }
      for (let j = 0; j < n; j++) variance[j] = round(variance[j]! / count);
    },

    normalise(y, xHat, x, mean, variance, gamma, beta, epsilon, m, n) {
      const floor = round(epsilon);
      for (let j = 0; j < n; j++) {
        const centre = mean[j]!;
        const spread = round(Math.sqrt(round(variance[j]! + floor)));
        const scale = gamma[j]!;
        const shift = beta[j]!;
        for (let at = j; at < m * n; at += n) {
          const standardised = round(round(x[at]! - centre) / spread);
          xHat[at] = standardised;
          y[at] = round(round(scale * standardised) + shift);
        }
      }
    },

    normaliseBackward(dx, dGamma, dBeta, dy, xHat, variance, gamma, epsilon, m, n) {
      const floor = round(epsilon);
      const count = round(m);
      for (let j = 0; j < n; j++) {
        let sum = 0;
        let along = 0;
        for (let at = j; at < m * n; at += n) {
          sum = round(sum + dy[at]!);
          along = round(along + round(dy[at]! * xHat[at]!));
        }
        dBeta[j] = sum;
        dGamma[j] = along;
        const meanSum = round(sum / count);
        const meanAlong = round(along / count);
        const factor = round(gamma[j]! / round(Math.sqrt(round(variance[j]! + floor))));
        for (let at = j; at < m * n; at += n) {
          dx[at] = round(factor * round(round(dy[at]! - meanSum) - round(xHat[at]! * meanAlong)));
        }
      }
    },
  };
}
