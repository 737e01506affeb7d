/**
 * Instances of functions of several fidelities. As for mixed functions (`../mixed/mixedInstance.ts`), real ranges are cropped by a share
 * that the key determines, never past a minimiser, and the options of unordered choices are shuffled. Values, costs and noise stay those of
 * the function.
 */
import { type Config, checkConfig, type Key } from "@caviar-hpo/core";
import { instanceId } from "../instance.ts";
import { variedSpace } from "../mixed/mixedInstance.ts";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";

/**
 * Makes the instance of `fn` that belongs to `key`.
 *
 * @throws ConfigError for a function that lists no minimiser.
 */
export function multiFidelityInstance(fn: MultiFidelityFunction, key: Key): MultiFidelityFunction {
  const space = variedSpace(fn, key);
  const legal = (config: Config): Config => checkConfig(space, config);
  return {
    ...fn,
    id: instanceId(fn, "varied", key),
    space,
    evaluate: (config, fidelity, run) => fn.evaluate(legal(config), fidelity, run),
    truth: (config) => fn.truth(legal(config)),
    feasible: (config) => fn.feasible(legal(config)),
    costSeconds: (config, fidelity) => fn.costSeconds(legal(config), fidelity),
  };
}
