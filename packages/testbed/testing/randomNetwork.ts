/** A small network in double precision with random parameters, and a random batch in it. */
import { derive, root, stream } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { type ArchitectureOptions, completeArchitecture } from "../src/network/architecture.ts";
import { initialise } from "../src/network/initialise.ts";
import { createNetwork, type Network } from "../src/network/network.ts";

export function randomNetwork(options: ArchitectureOptions, m: number, seed: number): Network {
  const key = root(seed);
  const network = createNetwork(completeArchitecture(options), float64Operations, m, 0, key);
  const { architecture, layout, parameters, inputs, targets } = network;
  initialise(parameters, layout, "xavierNormal", key);
  const source = stream(derive(key, "batch"));
  for (const { kind, offset, length } of layout.slices)
    if (kind !== "weights")
      for (let index = offset; index < offset + length; index++) parameters[index] = parameters[index]! + 0.3 * source.normal();
  for (let index = 0; index < inputs.length; index++) inputs[index] = source.normal();
  for (let index = 0; index < targets.length; index++)
    targets[index] = architecture.loss === "softmaxCrossEntropy" ? source.integer(architecture.outputs) : source.normal();
  return network;
}
