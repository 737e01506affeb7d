/** Reading distributions, those of Optuna before version 3 included (optuna/distributions.py). */
import type { Json } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { array, boolean, type Decoder, finite, json, nullable, object, oneOf, reject } from "@caviar-hpo/core/read";

/** `step` is null if every number of the range is meant. Choices may be any JSON. */
export type OptunaDistribution =
  | { readonly kind: "float" | "int"; readonly low: number; readonly high: number; readonly log: boolean; readonly step: number | null }
  | { readonly kind: "choice"; readonly choices: readonly Json[] };

const bounds = { low: finite, high: finite };
const ranges = {
  FloatDistribution: ["float", object(bounds, { step: nullable(finite), log: boolean })],
  IntDistribution: ["int", object(bounds, { step: finite, log: boolean })],
  UniformDistribution: ["float", object(bounds)],
  LogUniformDistribution: ["float", object(bounds)],
  DiscreteUniformDistribution: ["float", object({ ...bounds, q: finite })],
  IntUniformDistribution: ["int", object(bounds, { step: finite })],
  IntLogUniformDistribution: ["int", object(bounds, { step: finite })],
} as const;
type RangeName = keyof typeof ranges;
type Range = { readonly low: number; readonly high: number; readonly step?: number | null; readonly log?: boolean; readonly q?: number };

const logNames: readonly string[] = ["LogUniformDistribution", "IntLogUniformDistribution"];
const choices = object({ choices: array(json, Infinity, 1) });
const outer = object({ name: oneOf("CategoricalDistribution", ...(Object.keys(ranges) as RangeName[])), attributes: json });

/** The distribution of a parsed text. */
export const decodeDistribution: Decoder<OptunaDistribution> = (value, path) => {
  const { name, attributes } = outer(value, path);
  if (name === "CategoricalDistribution") return { kind: "choice", choices: choices(attributes, path).choices };
  const [kind, decode] = ranges[name];
  const { low, high, step, log = logNames.includes(name), q }: Range = decode(attributes, path);
  if (low > high) reject(path, "low <= high", [low, high]);
  const by = q ?? step ?? null;
  return { kind, low, high, log, step: log || (kind === "int" && by === 1) ? null : by };
};

/** Whether Optuna lets a parameter have both distributions in one study. Bounds and steps may change. */
export function areCompatible(a: OptunaDistribution, b: OptunaDistribution): boolean {
  if (a.kind === "choice" || b.kind === "choice") return sameJson(a, b);
  return a.kind === b.kind && a.log === b.log;
}
