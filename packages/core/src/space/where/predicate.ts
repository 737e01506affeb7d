/**
 * What every constraint is read into: a predicate over the values of a configuration, and terms that are numbers. The tree is data; the
 * functions here compute with it.
 */
import { exp, log, pow } from "@caviar-hpo/numerics";
import type { Config, ParamValue } from "../param.ts";

export type NumberTerm =
  | { readonly kind: "number"; readonly value: number }
  /** The value of a real, an int, or a choice of numbers. */
  | { readonly kind: "value"; readonly name: string }
  /** The place of an ordered choice's value among its options, from 0. */
  | { readonly kind: "rank"; readonly name: string; readonly options: readonly ParamValue[] }
  | { readonly kind: "operation"; readonly operator: Operator; readonly left: NumberTerm; readonly right: NumberTerm }
  | { readonly kind: "call"; readonly function: FunctionName; readonly terms: readonly NumberTerm[] }
  /** How many of these are not 0. */
  | { readonly kind: "nonzero"; readonly names: readonly string[] };

export type Operator = "+" | "-" | "*" | "/" | "^";
export type Comparator = "<" | "<=" | ">" | ">=" | "==" | "!=";

export type Predicate =
  | { readonly kind: "compare"; readonly comparator: Comparator; readonly left: NumberTerm; readonly right: NumberTerm }
  | { readonly kind: "is"; readonly name: string; readonly values: readonly ParamValue[] }
  | { readonly kind: "and" | "or"; readonly parts: readonly Predicate[] }
  | { readonly kind: "not"; readonly part: Predicate };

export type MathFunction = { readonly least: number; readonly most: number; readonly of: (terms: readonly number[]) => number };
export type FunctionName = "abs" | "ceil" | "exp" | "floor" | "log" | "log10" | "log2" | "max" | "min" | "round" | "sqrt";

/** The functions of an expression, with how many terms each takes. */
export const functions: { readonly [name in FunctionName]: MathFunction } = {
  abs: { least: 1, most: 1, of: ([x]) => Math.abs(x!) },
  ceil: { least: 1, most: 1, of: ([x]) => Math.ceil(x!) },
  exp: { least: 1, most: 1, of: ([x]) => exp(x!) },
  floor: { least: 1, most: 1, of: ([x]) => Math.floor(x!) },
  log: { least: 1, most: 1, of: ([x]) => log(x!) },
  log10: { least: 1, most: 1, of: ([x]) => wholeOr(log(x!) / Math.LN10, x!, 10) },
  log2: { least: 1, most: 1, of: ([x]) => wholeOr(log(x!) / Math.LN2, x!, 2) },
  max: { least: 1, most: 64, of: (x) => Math.max(...x) },
  min: { least: 1, most: 64, of: (x) => Math.min(...x) },
  round: { least: 1, most: 1, of: ([x]) => Math.round(x!) },
  sqrt: { least: 1, most: 1, of: ([x]) => Math.sqrt(x!) },
};

/** The logarithm of an exact power is whole: log(1000) / log(10) is 2.9999999999999996. */
function wholeOr(logarithm: number, x: number, base: number): number {
  const nearest = Math.round(logarithm);
  return Math.abs(nearest) <= 300 && pow(base, nearest) === x ? nearest : logarithm;
}

export function evaluate(term: NumberTerm, config: Config): number {
  switch (term.kind) {
    case "number":
      return term.value;
    case "value":
      return config[term.name] as number;
    case "rank":
      return term.options.indexOf(config[term.name]!);
    case "operation":
      return operate(term.operator, evaluate(term.left, config), evaluate(term.right, config));
    case "call":
      return functions[term.function].of(term.terms.map((inner) => evaluate(inner, config)));
    case "nonzero":
      return term.names.filter((name) => config[name] !== 0).length;
  }
}

export function operate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "^":
      return right === 2 ? left * left : pow(left, right);
  }
}

/**
 * How far a configuration is from fulfilling a predicate, in the units of its terms: 0 where it holds. A logical part counts as 1, NaN as
 * Infinity. `and` adds, `or` takes the least.
 */
export function violationIn(predicate: Predicate, config: Config): number {
  switch (predicate.kind) {
    case "compare":
      return gap(predicate, evaluate(predicate.left, config), evaluate(predicate.right, config));
    case "is":
      return predicate.values.includes(config[predicate.name]!) ? 0 : 1;
    case "and":
      return predicate.parts.reduce((sum, part) => sum + violationIn(part, config), 0);
    case "or":
      return predicate.parts.reduce((least, part) => Math.min(least, violationIn(part, config)), Infinity);
    case "not":
      if (predicate.part.kind === "is") return predicate.part.values.includes(config[predicate.part.name]!) ? 1 : 0;
      return violationIn(negate(predicate.part), config);
  }
}

/** Whole numbers and infinities are equal exactly; other sides may differ by 1e-9 of the larger one, and by 1e-9 at least. */
export function withinTolerance(left: number, right: number): boolean {
  if (Number.isInteger(left) && Number.isInteger(right)) return left === right;
  if (!Number.isFinite(left) || !Number.isFinite(right)) return left === right;
  return Math.abs(left - right) <= equalityTolerance * Math.max(1, Math.abs(left), Math.abs(right));
}

const equalityTolerance = 1e-9;

function gap({ comparator }: { readonly comparator: Comparator }, left: number, right: number): number {
  switch (comparator) {
    case "<":
      return left < right ? 0 : atLeast(left - right);
    case "<=":
      return left <= right ? 0 : atLeast(left - right);
    case ">":
      return left > right ? 0 : atLeast(right - left);
    case ">=":
      return left >= right ? 0 : atLeast(right - left);
    case "==":
      return withinTolerance(left, right) ? 0 : atLeast(Math.abs(left - right));
    case "!=":
      return withinTolerance(left, right) ? 1 : Number.isNaN(left - right) ? Infinity : 0;
  }
}

/** A broken comparison is positive, also between equal sides; NaN is as far off as can be. */
function atLeast(difference: number): number {
  return Number.isNaN(difference) ? Infinity : Math.max(difference, Number.MIN_VALUE);
}

const opposite: { readonly [C in Comparator]: Comparator } = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==" };

/** The predicate that holds where this one does not, without `not` around anything but `is`. */
export function negate(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case "compare":
      return { ...predicate, comparator: opposite[predicate.comparator] };
    case "is":
      return { kind: "not", part: predicate };
    case "and":
      return { kind: "or", parts: predicate.parts.map(negate) };
    case "or":
      return { kind: "and", parts: predicate.parts.map(negate) };
    case "not":
      return predicate.part;
  }
}

/** The parameters that a predicate looks at, each once, in order of appearance. */
export function namesIn(predicate: Predicate): readonly string[] {
  switch (predicate.kind) {
    case "compare":
      return [...new Set([...namesOf(predicate.left), ...namesOf(predicate.right)])];
    case "is":
      return [predicate.name];
    case "and":
    case "or":
      return [...new Set(predicate.parts.flatMap(namesIn))];
    case "not":
      return namesIn(predicate.part);
  }
}

export function namesOf(term: NumberTerm): readonly string[] {
  switch (term.kind) {
    case "number":
      return [];
    case "value":
    case "rank":
      return [term.name];
    case "operation":
      return [...namesOf(term.left), ...namesOf(term.right)];
    case "call":
      return term.terms.flatMap(namesOf);
    case "nonzero":
      return term.names;
  }
}
