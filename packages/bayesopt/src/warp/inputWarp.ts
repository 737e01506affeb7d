/**
 * What happens to the coordinates before the kernel sees them. By default nothing; or a Kumaraswamy map of each, whose shapes are
 * hyperparameters like any other, with the log-normal prior of Snoek et al. (ICML 2014, section 3.2), of variance 0.75 as in BoTorch's
 * tutorial on input warping. Derivatives come contracted with weights, as those of kernels do.
 */
import type { Hyperparameter } from "../kernels/kernel.ts";
import { logNormal } from "../process/prior.ts";
import { kumaraswamy, type Warped } from "./kumaraswamy.ts";

/** Points and weights are row-major n x d; u is ln of the hyperparameters, in order. */
export type InputWarp = {
  readonly hyperparameters: readonly Hyperparameter[];
  /** out = w(x); `out` may be x itself. */
  apply(u: Float64Array, x: Float64Array, n: number, out: Float64Array): void;
  /** out_ij += weights_ij dw_j/dx_ij. */
  pointGradient(u: Float64Array, x: Float64Array, n: number, weights: Float64Array, out: Float64Array): void;
  /** out_p += sum_ij weights_ij dw_j/du_p. */
  gradient(u: Float64Array, x: Float64Array, n: number, weights: Float64Array, out: Float64Array): void;
};

/** The default: the coordinates as they are. */
export function unwarped(d: number): InputWarp {
  return {
    hyperparameters: [],
    apply(_, x, n, out) {
      if (out !== x) out.set(x.subarray(0, n * d));
    },
    pointGradient(_, __, n, weights, out) {
      for (let i = 0; i < n * d; i += 1) out[i] = out[i]! + weights[i]!;
    },
    gradient() {},
  };
}

/** ln a and ln b of each coordinate in turn: u = (ln a_0, ln b_0, ln a_1, ...). Coordinates are in [0, 1]. */
export function kumaraswamyWarp(d: number): InputWarp {
  const prior = logNormal(0, Math.sqrt(0.75));
  const hyperparameters = Array.from({ length: 2 * d }, (_, p): Hyperparameter => {
    return { name: `${p % 2 === 0 ? "a" : "b"}${Math.floor(p / 2)}`, low: 0.05, high: 20, start: 1, prior };
  });
  const out: Warped = { value: 0, byX: 0, byLogA: 0, byLogB: 0 };
  const at = (u: Float64Array, x: Float64Array, i: number): Warped => {
    const j = i % d;
    kumaraswamy(x[i]!, u[2 * j]!, u[2 * j + 1]!, out);
    return out;
  };
  return {
    hyperparameters,
    apply(u, x, n, warped) {
      for (let i = 0; i < n * d; i += 1) warped[i] = at(u, x, i).value;
    },
    pointGradient(u, x, n, weights, gradient) {
      for (let i = 0; i < n * d; i += 1) gradient[i] = gradient[i]! + weights[i]! * at(u, x, i).byX;
    },
    gradient(u, x, n, weights, gradient) {
      for (let i = 0; i < n * d; i += 1) {
        const { byLogA, byLogB } = at(u, x, i);
        const p = 2 * (i % d);
        gradient[p] = gradient[p]! + weights[i]! * byLogA;
        gradient[p + 1] = gradient[p + 1]! + weights[i]! * byLogB;
      }
    },
  };
}
