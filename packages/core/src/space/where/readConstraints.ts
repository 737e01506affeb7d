/** Reading constraints: each is checked against the parameters that it names, copied, and turned into a predicate with a text to show. */
import { SpaceError } from "../../contract/errors.ts";
import { limits } from "../../contract/limits.ts";
import { spaceRoot } from "../../read/path.ts";
import { elementsOf, isList, type Members, membersOf } from "../../read/snapshot.ts";
import { didYouMean } from "../../text/nearest.ts";
import { show } from "../../text/show.ts";
import { isValueOf, ownValueOf } from "../lattice.ts";
import type { Plain } from "../param.ts";
import type { ConstraintRange, ForbiddenValue, ParameterConstraint } from "./constraint.ts";
import { type NamedParams, parseExpression, sameOptions } from "./expression.ts";
import { type Comparator, type NumberTerm, namesIn, type Predicate } from "./predicate.ts";

/** A constraint that is ready for use. `text` shows it in messages and reports. */
export type Rule = {
  readonly text: string;
  readonly names: readonly string[];
  readonly predicate: Predicate;
  /** The constraint as data, frozen. */
  readonly source: ParameterConstraint;
};

/** @throws SpaceError for a form, a name or a bound that cannot be served. */
export function readConstraints(given: unknown, params: NamedParams): readonly Rule[] {
  if (!isList(given)) return refuse("where", "a list of constraints", show(given), 'Write [{ less: ["a", "b"] }, "a + b <= 1"].');
  const constraints = elementsOf(given, spaceRoot("where"), limits.constraints, 0);
  return constraints.map((constraint, index) => readConstraint(constraint, params, `where[${index}]`));
}

function readConstraint(given: unknown, params: NamedParams, what: string): Rule {
  if (typeof given === "string") return ruleOf(given, given, parseExpression(given, params));
  const members = ownMembers(given, what);
  const form = Object.keys(forms).find((key) => Object.hasOwn(members, key));
  if (form === undefined) {
    const keys = Object.keys(members);
    const [names, remedy] = [Object.keys(forms), "Name the form of the constraint."];
    return refuse(what, `one of the keys ${names.join(", ")}`, show(keys[0]), didYouMean(keys[0], names, remedy));
  }
  const { keys, read } = forms[form]!;
  for (const key of Object.keys(members)) {
    if (!keys.includes(key)) refuse(what, `no keys but ${keys.join(", ")}`, show(key), didYouMean(key, keys));
  }
  return read(members, params, what);
}

type Form = { readonly keys: readonly string[]; readonly read: (members: Members, params: NamedParams, what: string) => Rule };

const range = ["min", "max", "equals"] as const;
const forms: { readonly [key: string]: Form } = {
  sum: { keys: ["sum", ...range], read: readSum },
  linear: { keys: ["linear", ...range], read: readLinear },
  product: { keys: ["product", ...range], read: readProduct },
  less: { keys: ["less"], read: readOrder },
  forbid: { keys: ["forbid"], read: readForbidden },
  of: { keys: ["of", "atMost", "atLeast", "nonzero"], read: readCardinality },
};

function readSum(members: Members, params: NamedParams, what: string): Rule {
  const names = readNames(members.sum, params, `${what}.sum`, isNumeric, "a number");
  const bounds = readRange(members, what);
  const term = names.map(value).reduce((left, right) => ({ kind: "operation", operator: "+", left, right }));
  return boundedRule({ sum: names, ...bounds }, names.join(" + "), term, bounds);
}

function readLinear(members: Members, params: NamedParams, what: string): Rule {
  const given = ownMembers(members.linear, `${what}.linear`);
  const names = readNames(Object.keys(given), params, `${what}.linear`, isNumeric, "a number");
  const weights = names.map((name) => finite(given[name], `${what}.linear of ${show(name)}`));
  const bounds = readRange(members, what);
  const terms = names.map(
    (name, at): NumberTerm => ({ kind: "operation", operator: "*", left: { kind: "number", value: weights[at]! }, right: value(name) }),
  );
  const text = names.map((name, at) => (weights[at] === 1 ? name : `${weights[at]} ${name}`)).join(" + ");
  const linear = Object.freeze(Object.fromEntries(names.map((name, at) => [name, weights[at]!])));
  const term = terms.reduce((left, right) => ({ kind: "operation", operator: "+", left, right }));
  return boundedRule({ linear, ...bounds }, text.replaceAll("+ -", "- "), term, bounds);
}

function readProduct(members: Members, params: NamedParams, what: string): Rule {
  const names = readNames(members.product, params, `${what}.product`, isNumeric, "a number");
  const bounds = readRange(members, what);
  const term = names.map(value).reduce((left, right) => ({ kind: "operation", operator: "*", left, right }));
  return boundedRule({ product: names, ...bounds }, names.join(" * "), term, bounds);
}

/** No real number lies between equal bounds by chance, so they are an equality. */
function boundedRule(source: ParameterConstraint, text: string, term: NumberTerm, given: ConstraintRange): Rule {
  const bounds = given.min !== undefined && given.min === given.max ? { equals: given.min } : given;
  return ruleOf(source, `${text} ${rangeText(bounds)}`, within(term, bounds));
}

function readOrder(members: Members, params: NamedParams, what: string): Rule {
  const names = readNames(members.less, params, `${what}.less`, isOrdered, "a number or an ordered choice");
  if (names.length < 2) refuse(`${what}.less`, "at least two parameters", `${names.length}`, "Name those that are compared.");
  const ranked = names.map((name) => params.get(name)!).filter((param) => !isNumeric(param));
  const options = ranked.map((param) => (param.kind === "choice" ? param.options : []));
  if (ranked.length > 0 && (ranked.length < names.length || !options.every((list) => sameOptions(list, options[0]!))))
    refuse(`${what}.less`, "numbers only, or ordered choices with the same options", names.join(", "), "Compare like with like.");
  const terms = names.map((name): NumberTerm => (ranked.length === 0 ? value(name) : { kind: "rank", name, options: options[0]! }));
  const parts = terms.slice(1).map((right, at): Predicate => ({ kind: "compare", comparator: "<", left: terms[at]!, right }));
  return ruleOf({ less: names }, names.join(" < "), parts.length === 1 ? parts[0]! : { kind: "and", parts });
}

function readForbidden(members: Members, params: NamedParams, what: string): Rule {
  const given = ownMembers(members.forbid, `${what}.forbid`);
  const names = readNames(Object.keys(given), params, `${what}.forbid`, () => true, "a parameter");
  const read = names.map((name) => readForbiddenValue(given[name], name, params.get(name)!, `${what}.forbid of ${show(name)}`));
  const forbid = Object.freeze(Object.fromEntries(names.map((name, at) => [name, read[at]!.source])));
  const parts = read.map(({ predicate }) => predicate);
  return ruleOf({ forbid }, `not (${read.map(({ text }) => text).join(" and ")})`, { kind: "not", part: { kind: "and", parts } });
}

type ReadValue = { readonly source: ForbiddenValue; readonly text: string; readonly predicate: Predicate };

function readForbiddenValue(given: unknown, name: string, param: Plain, what: string): ReadValue {
  if (typeof given === "object" && given !== null && !isList(given)) {
    if (!isNumeric(param)) refuse(what, "a value or a list of values", "a range", "A range is for numbers.");
    const members = ownMembers(given, what);
    for (const key of Object.keys(members))
      if (key !== "min" && key !== "max") refuse(what, "the keys min and max", show(key), "Correct the key.");
    const bounds = readRange(members, what);
    return { source: bounds, text: `${name} ${rangeText(bounds)}`, predicate: within(value(name), bounds) };
  }
  const values = isList(given) ? elementsOf(given, spaceRoot(what), limits.options, 1) : [given];
  const list = Object.freeze(
    values.map((one) => ownValueOf(param, one) ?? refuse(what, `values of ${show(name)}`, show(one), "Correct the value, or the space.")),
  );
  const text = list.length === 1 ? `${name} = ${show(list[0])}` : `${name} in ${list.map(show).join(", ")}`;
  return { source: isList(given) ? list : list[0]!, text, predicate: { kind: "is", name, values: list } };
}

function readCardinality(members: Members, params: NamedParams, what: string): Rule {
  const names = readNames(members.of, params, `${what}.of`, (param) => isNumeric(param) && isValueOf(param, 0), "a number that can be 0");
  if (members.nonzero !== true)
    refuse(`${what}.nonzero`, "true", show(members.nonzero), "Say that the parameters other than 0 are counted.");
  const count = (key: "atMost" | "atLeast"): number | undefined => {
    const given = members[key];
    if (given === undefined) return undefined;
    const legal = Number.isInteger(given) && (given as number) >= 0 && (given as number) <= names.length;
    return legal ? (given as number) : refuse(`${what}.${key}`, `a whole number from 0 to ${names.length}`, show(given), "Correct it.");
  };
  const atMost = count("atMost");
  const atLeast = count("atLeast");
  if (atMost === undefined && atLeast === undefined) refuse(what, "atMost or atLeast", "neither", "Say how many may differ from 0.");
  const bounds = { ...(atLeast !== undefined && { min: atLeast }), ...(atMost !== undefined && { max: atMost }) };
  const source = { ...(atMost !== undefined && { atMost }), ...(atLeast !== undefined && { atLeast }), of: names, nonzero: true as const };
  return ruleOf(source, `the number of ${names.join(", ")} other than 0 ${rangeText(bounds)}`, within({ kind: "nonzero", names }, bounds));
}

function ruleOf(source: ParameterConstraint, text: string, predicate: Predicate): Rule {
  return { text, names: namesIn(predicate), predicate, source: typeof source === "string" ? source : Object.freeze(source) };
}

function value(name: string): NumberTerm {
  return { kind: "value", name };
}

function within(left: NumberTerm, { min, max, equals }: ConstraintRange): Predicate {
  const compare = (comparator: Comparator, bound: number): Predicate => ({
    kind: "compare",
    comparator,
    left,
    right: { kind: "number", value: bound },
  });
  if (equals !== undefined) return compare("==", equals);
  const parts = [...(min === undefined ? [] : [compare(">=", min)]), ...(max === undefined ? [] : [compare("<=", max)])];
  return parts.length === 1 ? parts[0]! : { kind: "and", parts };
}

function rangeText({ min, max, equals }: ConstraintRange): string {
  if (equals !== undefined) return `= ${equals}`;
  if (min === undefined) return `<= ${max}`;
  return max === undefined ? `>= ${min}` : `in [${min}, ${max}]`;
}

function readRange(members: Members, what: string): ConstraintRange {
  const read = (key: keyof ConstraintRange): number | undefined =>
    members[key] === undefined ? undefined : finite(members[key], `${what}.${key}`);
  const [min, max, equals] = [read("min"), read("max"), read("equals")];
  if (equals !== undefined && (min !== undefined || max !== undefined)) refuse(what, "equals alone, or min and max", "both", "Drop one.");
  if (equals === undefined && min === undefined && max === undefined) refuse(what, "min, max or equals", "none", "Give a bound.");
  if (min !== undefined && max !== undefined && min > max) refuse(what, "min <= max", `min ${min}, max ${max}`, "Swap them.");
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(equals !== undefined && { equals }) };
}

function readNames(given: unknown, params: NamedParams, what: string, fits: (param: Plain) => boolean, kind: string): readonly string[] {
  if (!isList(given)) return refuse(what, "a list of parameter names", show(given), "Name at least one.");
  const names = elementsOf(given, spaceRoot(what), limits.params, 1);
  for (const [at, name] of names.entries()) {
    const param = typeof name === "string" ? params.get(name) : undefined;
    if (param === undefined) {
      const known = [...params.keys()];
      return refuse(what, "names of parameters", show(name), didYouMean(name, known, `Write one of ${known.join(", ")}.`));
    }
    if (!fits(param)) refuse(what, kind, `${show(name)}, a ${param.kind}`, "Name parameters of that kind.");
    if (names.indexOf(name) !== at) refuse(what, "each name once", `${show(name)} twice`, "Drop one.");
  }
  return Object.freeze(names as readonly string[]);
}

function isNumeric(param: Plain): boolean {
  return param.kind !== "choice" || param.options.every((option) => typeof option === "number");
}

function isOrdered(param: Plain): boolean {
  return isNumeric(param) || (param.kind === "choice" && param.ordered);
}

function finite(given: unknown, what: string): number {
  return typeof given === "number" && Number.isFinite(given) ? given : refuse(what, "a finite number", show(given), "Correct it.");
}

function ownMembers(given: unknown, what: string): Members {
  const isObject = typeof given === "object" && given !== null && !isList(given);
  if (!isObject) refuse(what, "an object or an expression", show(given), 'Write { sum: ["a", "b"], max: 1 } or "a + b <= 1".');
  return membersOf(given, spaceRoot(what), null);
}

function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new SpaceError({ code: "badConstraint", what, expected, got, remedy });
}
