/**
 * The marginal likelihood of a Gaussian process and its gradient (Rasmussen & Williams 2006, eq. 5.8 and 5.9), with the priors of the
 * hyperparameters, which makes it the posterior density of u up to a constant.
 *
 * ln p(y, mu | u) = -((y - mu)'a + ln |K| + n ln 2 pi + mu^2) / 2,   d/du_p = tr(W dK/du_p),   W = (a a' - K^-1) / 2;
 *
 * mu, a as in regress.ts. mu maximises the same density, so that its own derivative drops out.
 */
import { allocate, cholesky, inverseFromCholesky, outerLess } from "@caviar-hpo/numerics/linear";
import { type Data, hyperparametersOf, type Model } from "../model/data.ts";
import { leastJitter } from "./leastJitter.ts";
import { logLikelihood, regress } from "./regress.ts";
import { noiseAt, noiseOfRow } from "./workspace.ts";

export type MarginalLikelihood = {
  /** The most rows that it has room for. */
  readonly rows: number;
  /** Replaces the data: at most `rows` rows. */
  take(data: Data): void;
  /** The log density at u; its gradient goes to `gradient`, of u's length. NaN where K cannot be factorised. */
  at(u: Float64Array, gradient: Float64Array): number;
};

/** @param rows the most that it will ever take. */
export function createMarginalLikelihood(model: Model, first: Data, rows: number = first.y.length): MarginalLikelihood {
  const { d } = first;
  const room = { n: rows, m: 0, d };
  const [K, W, pair, a, memory] = allocate(rows * rows, rows * rows, 2 * rows, rows, model.kernel.memory(room)) as Matrices;
  const x = new Float64Array(rows * d);
  const kernel = model.kernel.bind(x, room, memory);
  const all = hyperparametersOf(model);
  let data = first;
  let n = data.y.length;
  x.set(first.x.subarray(0, n * d));
  return {
    rows,
    take: (other) => {
      data = other;
      n = data.y.length;
      x.set(data.x.subarray(0, n * d));
    },
    at: (u, gradient) => {
      kernel.set(u, n);
      kernel.gram(K, n);
      const noise = noiseAt(model, u);
      let least = Infinity;
      let mean = 0;
      for (let i = 0; i < n; i++) {
        const added = noiseOfRow(data, i, noise);
        K[i * n + i] = K[i * n + i]! + added;
        least = Math.min(least, added);
        mean += K[i * n + i]! / n;
      }
      if (cholesky(K, n, { jitter: leastJitter(n, mean, least) }).kind === "failed") return NaN;
      const factor = { L: K, n, stride: n };
      const mu = regress(factor, data.y, pair, a);
      let value = logLikelihood(factor, { y: data.y, mu, a });
      inverseFromCholesky(K, n, W);
      const trace = outerLess(a, W, n);
      gradient.fill(0);
      kernel.gramGradient(W, n, gradient);
      if (model.noise !== null) gradient[model.kernel.hyperparameters.length] = noise * trace;
      all.forEach(({ prior }, p) => {
        value += prior.logDensity(u[p]!);
        gradient[p] = gradient[p]! + prior.slope(u[p]!);
      });
      return value;
    },
  };
}

type Matrices = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
