/**
 * Equalities on real numbers hold at no point that is drawn at random, so each one computes a parameter from the others. Linear ones are
 * solved together; a product and `name == term` one at a time. Equalities between whole numbers that cannot be solved are left to
 * rejection.
 */
import { SpaceError } from "../../contract/errors.ts";
import { countValues, indexOfValue, isValueOf, valueAt } from "../lattice.ts";
import type { ParamValue, Plain } from "../param.ts";
import type { NamedParams } from "./expression.ts";
import { type LinearForm, linearEquality, type Solved, solve } from "./linear.ts";
import { evaluate, type NumberTerm, namesIn, namesOf, type Predicate } from "./predicate.ts";
import type { Rule } from "./readConstraints.ts";

type MutableConfig = { [name: string]: ParamValue };

export type Equalities = {
  /** The parameters that are computed while all parameters are active. */
  readonly determined: readonly string[];
  /**
   * Overwrites the parameters that the equalities determine; `fixed` are parameters whose values stay. Returns how far the computed values
   * lie outside their parameters, in units of the parameters' ranges: 0 where every one is legal. A value outside is moved to the bound.
   */
  apply(config: MutableConfig, fixed: ReadonlySet<string>): number;
};

/** @throws SpaceError for an equality with real numbers that none of the known ways solves. */
export function readEqualities(rules: readonly Rule[], params: NamedParams): Equalities | null {
  const equalities = rules.flatMap((rule) =>
    conjuncts(rule.predicate)
      .filter(isEquality)
      .map((predicate) => ({ rule, predicate })),
  );
  const linear = equalities.flatMap(({ predicate }) => {
    const form = linearEquality(predicate);
    return form === null ? [] : [{ form, names: namesIn(predicate) }];
  });
  const taken = new Set(linear.flatMap(({ names }) => names));
  const single = equalities
    .filter(({ predicate }) => linearEquality(predicate) === null)
    .flatMap(({ rule, predicate }) => {
      const target = targetOf(predicate, params, taken);
      if (target === null && namesIn(predicate).some((name) => countValues(params.get(name)!) === Infinity)) refuseUnsolved(rule);
      if (target === null) return [];
      for (const name of namesIn(predicate)) taken.add(name);
      return [target];
    });
  if (linear.length + single.length === 0) return null;
  const solvedFor = solutions(linear, params);
  const everything = Object.fromEntries([...params.keys()].map((name) => [name, 0]));
  const determined = [...(solvedFor(everything, new Set()) ?? []), ...single].map(({ name }) => name);
  const apply: Equalities["apply"] = (config, fixed) => {
    let outside = 0;
    for (const { name, form } of solvedFor(config, fixed) ?? []) {
      let value = form.constant;
      for (const [other, weight] of form.weights) value += weight * (config[other] as number);
      outside += assign(config, name, value, params.get(name)!);
    }
    for (const { name, names, valueIn } of single) {
      if (names.every((other) => Object.hasOwn(config, other))) outside += assign(config, name, valueIn(config), params.get(name)!);
    }
    return outside;
  };
  return { determined, apply };
}

type LinearEquality = { readonly form: LinearForm; readonly names: readonly string[] };

/** The solution for the equalities whose parameters are all active, remembered for each set of active and fixed parameters. */
function solutions(linear: readonly LinearEquality[], params: NamedParams) {
  const known = new Map<string, readonly Solved[] | null>();
  const all = [...new Set(linear.flatMap(({ names }) => names))];
  const order = [...params.keys()];
  return (config: MutableConfig, fixed: ReadonlySet<string>): readonly Solved[] | null => {
    const key = all.map((name) => (Object.hasOwn(config, name) ? (fixed.has(name) ? "0" : "+") : "-")).join("");
    const found = known.get(key);
    if (found !== undefined) return found;
    const active = linear.filter(({ names }) => names.every((name) => Object.hasOwn(config, name)));
    const free = active.map(({ form }) => ({ ...form, weights: new Map([...form.weights].filter(([name]) => !fixed.has(name))) }));
    const answer = solve(free, (name) => solvability(params.get(name)!) * order.length + order.indexOf(name));
    known.set(key, answer);
    return answer;
  };
}

/** Real numbers on a linear scale are computed first, then other real numbers, then numbers on a lattice. */
function solvability(param: Plain): number {
  if (countValues(param) < Infinity) return 0;
  return param.kind === "real" && param.scale === "linear" ? 2 : 1;
}

type Target = { readonly name: string; readonly names: readonly string[]; readonly valueIn: (config: MutableConfig) => number };

function targetOf(predicate: Predicate & { readonly kind: "compare" }, params: NamedParams, taken: ReadonlySet<string>): Target | null {
  const names = namesIn(predicate);
  const order = [...params.keys()];
  const free = names
    .filter((name) => !taken.has(name))
    .sort((a, b) => solvability(params.get(b)!) - solvability(params.get(a)!) || order.indexOf(b) - order.indexOf(a));
  for (const name of free) {
    const valueIn = isolate(predicate.left, predicate.right, name) ?? isolate(predicate.right, predicate.left, name);
    if (valueIn !== null) return { name, names, valueIn };
  }
  return null;
}

/**
 * Solves left = right for the one place where `name` stands, by undoing the operations around it from the outside; null where none fits.
 */
function isolate(left: NumberTerm, right: NumberTerm, name: string): ((config: MutableConfig) => number) | null {
  if (namesOf(right).includes(name)) return null;
  const undo = undoing(left, name);
  return undo === null ? null : (config) => undo(config, evaluate(right, config));
}

function undoing(term: NumberTerm, name: string): ((config: MutableConfig, result: number) => number) | null {
  if (term.kind === "value") return term.name === name ? (_, result) => result : null;
  if (term.kind !== "operation" || term.operator === "^") return null;
  const { operator } = term;
  const inLeft = namesOf(term.left).includes(name);
  if (inLeft && namesOf(term.right).includes(name)) return null;
  const inner = undoing(inLeft ? term.left : term.right, name);
  if (inner === null) return null;
  const other = inLeft ? term.right : term.left;
  return (config, result) => inner(config, before(operator, inLeft, result, evaluate(other, config)));
}

/** The unknown side of an operation, from its result and its other side. */
function before(operator: "+" | "-" | "*" | "/", unknownLeft: boolean, result: number, other: number): number {
  switch (operator) {
    case "+":
      return result - other;
    case "-":
      return unknownLeft ? result + other : other - result;
    case "*":
      return result / other;
    case "/":
      return unknownLeft ? result * other : other / result;
  }
}

/** The parts of a predicate that must all hold. */
export function conjuncts(predicate: Predicate): readonly Predicate[] {
  return predicate.kind === "and" ? predicate.parts.flatMap(conjuncts) : [predicate];
}

function isEquality(predicate: Predicate): predicate is Predicate & { readonly kind: "compare" } {
  return predicate.kind === "compare" && predicate.comparator === "==" && predicate.left.kind !== "rank" && predicate.right.kind !== "rank";
}

/** Gives a parameter the legal value nearest to `value`; returns how far off that is, in units of the range. */
function assign(config: MutableConfig, name: string, value: number, param: Plain): number {
  if (Number.isNaN(value)) return 1;
  if (param.kind === "choice") {
    const option = (param.options as readonly number[]).find((one) => isNear(one, value));
    if (option !== undefined) config[name] = option;
    return option === undefined ? 1 : 0;
  }
  // A sum that cancels may be -0, which no configuration holds.
  const clamped = Math.min(Math.max(value, param.low), param.high) + 0;
  const legal = countValues(param) === Infinity ? clamped : valueAt(param, indexOfValue(param, clamped));
  config[name] = isValueOf(param, legal) ? legal : param.low;
  return isNear(legal, value) ? 0 : Math.min(1e6, Math.abs(legal - value) / (param.high - param.low || 1));
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other)) && Number.isFinite(other);
}

function refuseUnsolved(rule: Rule): never {
  throw new SpaceError({
    code: "badConstraint",
    what: `constraint ${rule.text}`,
    expected: "an equality that is linear, a product, or of the form name == term, with a parameter that no other equality determines",
    got: "an equality that cannot be solved for a parameter",
    remedy: "Solve it for one parameter by hand, or give it a range with <= and >=.",
  });
}
