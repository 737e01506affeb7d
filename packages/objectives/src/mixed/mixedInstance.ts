/**
 * Instances of mixed functions. As for boxes (`../instance.ts`), the range of every real parameter is cropped by a share that the key
 * determines, never past a minimiser. The options of every unordered choice are shuffled, so the first option has no advantage. Whole
 * numbers and ordered choices stay as they are.
 */
import {
  type Config,
  checkConfig,
  createSpace,
  derive,
  type Key,
  type Param,
  type Plain,
  permutation,
  plainOf,
  type Space,
  stream,
} from "@caviar-hpo/core";
import type { ConstrainedFunction } from "../constrained/constrainedFunction.ts";
import { checkMinimisers, croppedRange, instanceId } from "../instance.ts";
import type { MixedFunction } from "./mixedFunction.ts";

/**
 * Makes the instance of `fn` that belongs to `key`.
 *
 * @throws ConfigError for a function that lists no minimiser.
 */
export function mixedInstance<F extends MixedFunction | ConstrainedFunction>(fn: F, key: Key): F {
  const space = variedSpace(fn, key);
  const legal = (config: Config): Config => checkConfig(space, config);
  return {
    ...fn,
    id: instanceId(fn, "varied", key),
    space,
    evaluate: (config) => fn.evaluate(legal(config)),
    ...("constraintsAt" in fn && { constraintsAt: (config: Config) => fn.constraintsAt(legal(config)) }),
  };
}

/** The space of the instance: real ranges cropped, options shuffled. */
export function variedSpace(fn: Pick<MixedFunction, "id" | "space" | "minimisers">, key: Key): Space {
  checkMinimisers(fn);
  const params = fn.space.params.map(([at, param]): readonly [string, Param] => {
    const places = fn.minimisers.flatMap((config) => (Object.hasOwn(config, at) ? [config[at]!] : []));
    const changed = varied(plainOf(param), places, derive(key, at));
    return [at, param.kind === "given" ? { ...param, param: changed } : changed];
  });
  return createSpace(params);
}

function varied(param: Plain, places: readonly (string | number | boolean)[], key: Key): Plain {
  if (param.kind === "choice" && !param.ordered) {
    return { ...param, options: Array.from(permutation(stream(key), param.options.length), (index) => param.options[index]!) };
  }
  if (param.kind !== "real" || param.scale !== "linear" || param.step !== undefined) return param;
  const [low, high] = croppedRange(
    [param.low, param.high],
    places.length > 0 ? (places as readonly number[]) : [param.low, param.high],
    stream(key),
  );
  return { ...param, low, high };
}
