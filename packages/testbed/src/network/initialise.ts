/**
 * The initial parameters of a network. For rectifiers, He et al. 2015 (equation 10): weights of variance 2 / inputs. Glorot & Bengio 2010
 * (equations 12 and 16), also known as Xavier: 2 / (inputs + units). Uniform weights are within sqrt(3 variance) of 0. Biases and beta are
 * 0, and gamma is 1. Each layer draws from its own stream, so an additional layer does not change the others.
 */
import { derive, type Key, type Stream, stream } from "@caviar-hpo/core";
import type { Numbers } from "@caviar-hpo/numerics/network";
import type { Layout, ParameterSlice } from "./layout.ts";

/** How the initial weights are drawn. */
export type Initialisation = "heNormal" | "heUniform" | "xavierNormal" | "xavierUniform";

export const initialisations: readonly Initialisation[] = ["heNormal", "heUniform", "xavierNormal", "xavierUniform"];

export function initialise(parameters: Numbers, layout: Layout, initialisation: Initialisation, key: Key): void {
  parameters.fill(0);
  for (const slice of layout.slices) {
    if (slice.kind === "gamma") parameters.fill(1, slice.offset, slice.offset + slice.length);
    if (slice.kind === "weights") drawWeights(parameters, slice, initialisation, stream(derive(key, "initial", slice.layer)));
  }
}

function drawWeights(parameters: Numbers, slice: ParameterSlice, initialisation: Initialisation, source: Stream): void {
  const inputs = slice.shape[0]!;
  const units = slice.shape[1]!;
  const he = initialisation === "heNormal" || initialisation === "heUniform";
  const deviation = Math.sqrt(2 / (he ? inputs : inputs + units));
  const normal = initialisation === "heNormal" || initialisation === "xavierNormal";
  const limit = Math.sqrt(3) * deviation;
  for (let index = slice.offset; index < slice.offset + slice.length; index++)
    parameters[index] = normal ? deviation * source.normal() : limit * (2 * source.uniform() - 1);
}
