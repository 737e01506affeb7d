/**
 * What 1,000 predictions cost a process of 1,000 observations in 5 dimensions: means alone, and means with variances. Printed by
 * bench:ask; CPU milliseconds, the best of nine calls, after one that is not counted.
 */
import { derive, root, stream } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import { lengthscale, outputscale } from "../dist/kernels/families.js";
import { stationary } from "../dist/kernels/stationary.js";
import { createProcess } from "../dist/process/process.js";

export function predictionCosts({ n = 1000, count = 1000, d = 5, block = 250 } = {}) {
  const draws = stream(derive(root("bench:ask"), "predictions"));
  const x = Float64Array.from({ length: n * d }, () => draws.uniform());
  const y = Float64Array.from({ length: n }, (_, i) => (x[i * d] - 0.3) ** 2 + (x[i * d + 1] - 0.6) ** 2);
  const kernel = stationary("matern52", {
    coordinates: Array.from({ length: d }, (_, k) => k),
    groups: Array.from({ length: d }, (_, k) => k),
    lengthscales: Array.from({ length: d }, (_, k) => lengthscale(`l${k}`, d)),
    scale: outputscale,
  });
  const fitted = createProcess({ kernel, noise: null }, { rows: n, queries: block, d });
  const u = Float64Array.from(kernel.hyperparameters, ({ start }) => log(start));
  if (!fitted.settle({ x, y, d, variance: null }, u, 0)) throw new Error("The covariance matrix could not be factorised.");
  const blocks = Array.from({ length: count / block }, () => Float64Array.from({ length: block * d }, () => draws.uniform()));
  const mean = new Float64Array(block);
  const variance = new Float64Array(block);
  const cost = (withVariance) =>
    best(() => {
      for (const z of blocks) fitted.predict({ z, m: block }, { mean, variance: withVariance ? variance : null });
    });
  return { means: cost(false), both: cost(true) };
}

function best(act) {
  act();
  return Math.min(
    ...Array.from({ length: 9 }, () => {
      const before = process.cpuUsage();
      act();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}
