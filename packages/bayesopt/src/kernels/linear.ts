/**
 * The linear kernel s (x - 1/2)'(z - 1/2) with the hyperparameter ln s. Its functions are planes through the middle of the unit cube
 * (Rasmussen & Williams 2006, section 4.2.2, centred on the cube).
 */
import { exp } from "@caviar-hpo/numerics";
import type { Hyperparameter, Kernel } from "./kernel.ts";

/** The linear kernel over the given coordinates, with the hyperparameter `scale`. */
export function linear(coordinates: readonly number[], scale: Hyperparameter): Kernel {
  return {
    hyperparameters: [scale],
    memory: () => 0,
    bind: (x, { d }) => {
      let n = 0;
      let s = 1;
      const dot = (a: Float64Array, i: number, b: Float64Array, j: number): number => {
        let total = 0;
        for (const f of coordinates) total += (a[i * d + f]! - 0.5) * (b[j * d + f]! - 0.5);
        return total;
      };
      return {
        set: (u, count) => {
          s = exp(u[0]!);
          n = count;
        },
        extend: (count) => {
          n = count;
        },
        gram: (out, stride) => {
          for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * stride + j] = s * dot(x, i, x, j);
        },
        gramGradient: (weights, stride, out) => {
          let total = 0;
          for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) total += weights[i * stride + j]! * s * dot(x, i, x, j);
          out[0] = out[0]! + total;
        },
        cross: (z, m, out) => {
          for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[i * m + j] = s * dot(x, i, z, j);
        },
        crossGradient: (_z, m, weights, out) => {
          for (let i = 0; i < n; i++)
            for (let j = 0; j < m; j++)
              for (const f of coordinates) out[j * d + f] = out[j * d + f]! + s * weights[i * m + j]! * (x[i * d + f]! - 0.5);
        },
        diagonal: (z, m, out) => {
          for (let j = 0; j < m; j++) out[j] = s * dot(z, j, z, j);
        },
        diagonalGradient: (z, m, weights, out) => {
          for (let j = 0; j < m; j++)
            for (const f of coordinates) out[j * d + f] = out[j * d + f]! + 2 * s * weights[j]! * (z[j * d + f]! - 0.5);
        },
      };
    },
  };
}
