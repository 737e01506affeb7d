/** Gives a space what its user believes about good values. */
import { anything, array, between, keyed, named, object, reject, union } from "../../read/decode.ts";
import { below, type Path, spaceRoot } from "../../read/path.ts";
import { unknownKey } from "../../read/refuse.ts";
import { counted } from "../../text/counted.ts";
import { describeValues, readValues } from "../config.ts";
import { ownValueOf } from "../lattice.ts";
import { type Config, type Plain, plainOf, type Space } from "../param.ts";
import { keepSpace } from "../space.ts";
import { feasibleSetOf, keepSet } from "../where/sets.ts";
import type { Belief, Beliefs } from "./belief.ts";

/**
 * The space with beliefs about good values. They take the place of those that it may have had. Strategies that use beliefs try believed
 * values first, and forget the beliefs as results come in. They never leave out other values.
 *
 * ```ts
 * const space = believe(createSpace({ rate: real(1e-5, 1, { scale: "log" }) }), { params: { rate: { near: 1e-3 } } });
 * ```
 *
 * @throws SpaceError for an unknown parameter, a value that its parameter does not have, and weights that do not fit the options.
 * ConfigError for a configuration with values that are not in the space.
 */
export function believe(space: Space, beliefs: Beliefs): Space {
  const read = readBeliefs(space, beliefs);
  const believed = keepSpace({ ...space, beliefs: read });
  const set = feasibleSetOf(space);
  if (set !== null) keepSet(believed, set);
  return believed;
}

const root = spaceRoot("beliefs");
const mostConfigs = 100;
const fields = object({}, { params: named(anything, Infinity), configs: array(anything, mostConfigs, 1) });
const belief = union(
  "an object with near or weights",
  keyed("near", object({ near: anything }, { sd: anything })),
  keyed("weights", object({ weights: array(between(0, Number.MAX_VALUE), Infinity, 1) })),
);

function readBeliefs(space: Space, given: unknown): Beliefs {
  const { params, configs } = fields(given, root);
  if (configs === undefined && Object.keys(params ?? {}).length === 0)
    reject(root, "params, configs or both", given, "Leave the beliefs out.");
  const plains = new Map(space.params.map(([name, param]) => [name, plainOf(param)]));
  const read = Object.entries(params ?? {}).map(([name, value]) => {
    const param = plains.get(name) ?? unknownKey(below(root, "params"), name, [...plains.keys()]);
    return [name, readBelief(param, value, below(below(root, "params"), name))] as const;
  });
  return Object.freeze({
    ...(read.length > 0 && { params: Object.freeze(Object.fromEntries(read)) }),
    ...(configs !== undefined && { configs: Object.freeze(configs.map((config): Config => readValues(space, config))) }),
  });
}

function readBelief(param: Plain, value: unknown, path: Path): Belief {
  const read = belief(value, path);
  if ("weights" in read) {
    const { weights } = read;
    if (param.kind !== "choice") return reject(path, "near, for a number", value, "Weights are for choices. Write { near: VALUE }.");
    if (weights.length !== param.options.length)
      reject(below(path, "weights"), `${counted(param.options.length, "number")}, one for each option`, weights);
    if (weights.every((weight) => weight === 0)) reject(below(path, "weights"), "a weight above 0", weights);
    return Object.freeze({ weights: Object.freeze([...weights]) });
  }
  if (param.kind === "choice" && !param.ordered) reject(path, "weights, for a choice without order", value, "Write { weights: […] }.");
  const near = ownValueOf(param, read.near) ?? reject(below(path, "near"), describeValues(param), read.near);
  if (read.sd === undefined) return Object.freeze({ near });
  return Object.freeze({ near, sd: readSd(read.sd, below(path, "sd")) });
}

function readSd(value: unknown, path: Path): number {
  const sd = between(0, 1)(value, path);
  return sd > 0 ? sd : reject(path, "a number above 0 and at most 1", value);
}
