/**
 * What happens to the coordinates before the kernel sees them: a Kumaraswamy map of each, whose shapes are
 * hyperparameters like any other, with a log-normal prior as in Snoek et al. (ICML 2014, section 3.2). Derivatives come contracted with
 * weights, as those of kernels do.
 */
import type { Hyperparameter } from "../kernels/kernel.ts";
import { logNormal } from "../process/prior.ts";
import { kumaraswamy, type Warped } from "./kumaraswamy.ts";

/** n points, row-major n x d. */
export type WarpPoints = { readonly x: Float64Array; readonly n: number };

/** Weights are row-major n x d; u is ln of the hyperparameters, in order. */
export type InputWarp = {
  readonly hyperparameters: readonly Hyperparameter[];
  /** out = w(x); `out` may be x itself. */
  apply(u: Float64Array, points: WarpPoints, out: Float64Array): void;
  /** out_ij += weights_ij dw_j/dx_ij. */
  pointGradient(u: Float64Array, points: WarpPoints, weights: Float64Array, out: Float64Array): void;
  /** out_p += sum_ij weights_ij dw_j/du_p. */
  gradient(u: Float64Array, points: WarpPoints, weights: Float64Array, out: Float64Array): void;
};

/**
 * ln a and ln b of each of `coordinates` (all, by default) in turn: u = (ln a_0, ln b_0, ln a_1, ...). These are in [0, 1]; the others stay
 * as they are. The prior's mode is the identity, a = b = 1.
 */
export function kumaraswamyWarp(d: number, coordinates: readonly number[] = Array.from({ length: d }, (_, j) => j)): InputWarp {
  const prior = logNormal(variance, Math.sqrt(variance));
  const hyperparameters = coordinates.flatMap((coordinate): readonly Hyperparameter[] =>
    ["a", "b"].map((shape) => ({ name: `${shape}${coordinate}`, low: 0.05, high: 20, start: 1, prior })),
  );
  const place = Int32Array.from({ length: d }, (_, j) => coordinates.indexOf(j));
  const warped: Warped = { value: 0, byX: 0, byLogA: 0, byLogB: 0 };
  return {
    hyperparameters,
    apply(u, { x, n }, out) {
      for (let i = 0; i < n * d; i++) {
        const p = 2 * place[i % d]!;
        if (p >= 0) kumaraswamy(x[i]!, u[p]!, u[p + 1]!, warped);
        out[i] = p >= 0 ? warped.value : x[i]!;
      }
    },
    pointGradient(u, { x, n }, weights, out) {
      for (let i = 0; i < n * d; i++) {
        const p = 2 * place[i % d]!;
        if (p >= 0) kumaraswamy(x[i]!, u[p]!, u[p + 1]!, warped);
        out[i] = out[i]! + weights[i]! * (p >= 0 ? warped.byX : 1);
      }
    },
    gradient(u, { x, n }, weights, out) {
      for (let i = 0; i < n * d; i++) {
        const p = 2 * place[i % d]!;
        if (p < 0) continue;
        kumaraswamy(x[i]!, u[p]!, u[p + 1]!, warped);
        out[p] = out[p]! + weights[i]! * warped.byLogA;
        out[p + 1] = out[p + 1]! + weights[i]! * warped.byLogB;
      }
    },
  };
}

/** Of ln a and ln b. */
const variance = 0.75;
