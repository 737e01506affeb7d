/** Whether a space holds all configurations of another one. A study can be extended to such a space, because its trials remain valid. */
import {
  countValues,
  type Given,
  isValueOf,
  type Json,
  type Param,
  type ParamValue,
  type Plain,
  plainOf,
  type Space,
  valueAt,
} from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { show } from "@caviar-hpo/core/text";

/** What `next` lacks of `old`, as ends of the sentence "The new space lacks …". Empty if it holds every configuration of `old`. */
export function lackingIn(next: Space, old: Space): readonly string[] {
  const names = namesOf(old);
  if (!sameJson(names, namesOf(next))) return [`the parameters ${names.join(", ")}, no others and in this order`];
  const plains = new Map(old.params.map(([name, param]) => [name, plainOf(param)]));
  const lacking = next.params.flatMap(([name, param], index) => lackingInParam(name, param, old.params[index]![1], plains) ?? []);
  const rules = next.where.filter((rule) => !old.where.some((known) => sameJson(known as Json, rule as Json)));
  return [...lacking, ...rules.map((rule) => `what the constraint ${show(rule)} forbids`)];
}

function namesOf(space: Space): readonly string[] {
  return space.params.map(([name]) => name);
}

/** @param plains the parameters of the old space. */
function lackingInParam(name: string, next: Param, old: Param, plains: ReadonlyMap<string, Plain>): string | null {
  const [plain, before] = [plainOf(next), plainOf(old)];
  if (plain.kind !== before.kind) return `${name} as ${before.kind}`;
  const missing = endsOf(before).find((value) => !isValueOf(plain, value));
  if (missing !== undefined) return `${name} ${show(missing)}`;
  if (countValues(before) === Infinity && countValues(plain) < Infinity) return `${name} without steps`;
  return sameCondition(next, old, plains) ? null : `${name} with the same condition`;
}

/** A parameter of the same kind that has these values has all others too. Of equal steps, they are the first two and the last. */
function endsOf(param: Plain): readonly ParamValue[] {
  if (param.kind === "choice") return param.options;
  const count = countValues(param);
  return count === Infinity ? [param.low, param.high] : [0, Math.min(1, count - 1), count - 1].map((index) => valueAt(param, index));
}

/** Whether a parameter exists in the same configurations of the old space. */
function sameCondition(next: Param, old: Param, plains: ReadonlyMap<string, Plain>): boolean {
  if (next.kind !== "given" || old.kind !== "given") return next.kind !== "given" && old.kind !== "given";
  const parent = plains.get(old.parent)!;
  const known = ({ values }: Given): ReadonlySet<Json> => new Set(values.filter((value) => isValueOf(parent, value)));
  const [after, before] = [known(next), known(old)];
  return next.parent === old.parent && after.size === before.size && [...after].every((value) => before.has(value));
}
