/** Gaussian-process regression as a `Surrogate` for strategies, over points of the unit cube. */
import { anything, func, optionReader } from "@caviar-hpo/core/read";
import type { Points, Posterior, Surrogate } from "../model/surrogate.ts";
import { type GaussianProcessOptions, gaussianProcess } from "./gaussianProcess.ts";
import type { Regression } from "./regression.ts";

/** The values of the hyperparameters by name. */
export type GaussianProcessWarm = { readonly [name: string]: number };

/**
 * Makes a surrogate from Gaussian-process regression. It learns the noise if the values come without variances. A fit that starts from an
 * earlier one uses two starts. Other fits use as many as the options say.
 *
 * @throws ConfigError for an unknown option.
 */
export function gaussianProcessSurrogate(given: SurrogateOptions = {}): Surrogate<GaussianProcessWarm> {
  const options = readSurrogateOptions(given);
  return {
    name: "gaussianProcess",
    fit: ({ x, y, noise }, warm, key) => {
      const process = gaussianProcess({
        ...options,
        ...(warm === null ? {} : { starts: 2 }),
        noise: noise === null ? "learned" : "none",
        box: Array.from({ length: x.d }, () => [0, 1] as const),
        key,
      });
      const regression = process.fit(x, y, { ...(noise === null ? {} : { variance: noise }), ...(warm === null ? {} : { warm }) });
      return { posterior: posteriorOf(regression), warm: regression.hyperparameters, health: regression.health };
    },
  };
}

type SurrogateOptions = Pick<GaussianProcessOptions, "kernel" | "starts">;
const readSurrogateOptions = optionReader<SurrogateOptions>("gaussianProcessSurrogate", { kernel: func, starts: anything });

function posteriorOf(regression: Regression): Posterior {
  return {
    moments: (x: Points, gradient) => regression.predict(x, gradient),
    sample: (x, count, key) => regression.sample(x, count, key),
    condition: (x, y) => posteriorOf(regression.condition(x, y)),
  };
}
