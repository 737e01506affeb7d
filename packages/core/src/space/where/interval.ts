/**
 * TermBounds of terms over a whole space, and what they prove of a predicate. TermBounds are widened by 1e-9 of their size against
 * rounding.
 */
import { countValues, valueAt } from "../lattice.ts";
import type { ParamValue, Plain } from "../param.ts";
import type { NamedParams } from "./expression.ts";
import { type FunctionName, functions, type NumberTerm, type Operator, operate, type Predicate } from "./predicate.ts";

/** [least, greatest]; both may be infinite. */
export type TermBounds = readonly [low: number, high: number];

export function boundsOf(term: NumberTerm, params: NamedParams): TermBounds {
  switch (term.kind) {
    case "number":
      return [term.value, term.value];
    case "value":
      return valuesOf(params.get(term.name)!);
    case "rank":
      return [0, term.options.length - 1];
    case "operation":
      return combine(term.operator, boundsOf(term.left, params), boundsOf(term.right, params));
    case "call":
      return map(
        term.function,
        term.terms.map((inner) => boundsOf(inner, params)),
      );
    case "nonzero":
      return [0, term.names.length];
  }
}

/** Whether a predicate can hold anywhere in the space; true where the bounds do not tell. */
export function canHold(predicate: Predicate, params: NamedParams): boolean {
  switch (predicate.kind) {
    case "compare": {
      const [leftLow, leftHigh] = widened(boundsOf(predicate.left, params));
      const [rightLow, rightHigh] = widened(boundsOf(predicate.right, params));
      if (predicate.comparator === "<" || predicate.comparator === "<=") return !(leftLow > rightHigh);
      if (predicate.comparator === ">" || predicate.comparator === ">=") return !(leftHigh < rightLow);
      return predicate.comparator === "!=" || !(leftLow > rightHigh || leftHigh < rightLow);
    }
    case "is":
      return optionsOf(params.get(predicate.name)!)?.some((option) => predicate.values.includes(option)) ?? true;
    case "and":
      return predicate.parts.every((part) => canHold(part, params));
    case "or":
      return predicate.parts.some((part) => canHold(part, params));
    case "not":
      return true;
  }
}

function valuesOf(param: Plain): TermBounds {
  if (param.kind !== "choice") return [param.low, param.high];
  const numbers = param.options as readonly number[];
  return [Math.min(...numbers), Math.max(...numbers)];
}

/** The values of a parameter that has few, or null. */
function optionsOf(param: Plain): readonly ParamValue[] | null {
  if (param.kind === "choice") return param.options;
  const count = countValues(param);
  return count <= 4096 ? Array.from({ length: count }, (_, index) => valueAt(param, index)) : null;
}

function combine(operator: Operator, [a, b]: TermBounds, [c, d]: TermBounds): TermBounds {
  switch (operator) {
    case "+":
      return [a + c, b + d];
    case "-":
      return [a - d, b - c];
    case "*":
      return corners(operator, [a, b], [c, d]);
    case "/":
      return c <= 0 && d >= 0 ? anything : corners(operator, [a, b], [c, d]);
    case "^":
      return power([a, b], [c, d]);
  }
}

/** x^y grows or falls in each of its parts while x > 0; below zero only even and odd powers are told. */
function power([a, b]: TermBounds, [c, d]: TermBounds): TermBounds {
  if (a > 0) return corners("^", [a, b], [c, d]);
  if (c !== d || !Number.isInteger(c) || c < 0) return anything;
  const ends = [operate("^", a, c), operate("^", b, c)];
  const crosses = c % 2 === 0 && a < 0 && b > 0;
  return [crosses ? 0 : Math.min(...ends), Math.max(...ends)];
}

function corners(operator: Operator, [a, b]: TermBounds, [c, d]: TermBounds): TermBounds {
  const ends = [operate(operator, a, c), operate(operator, a, d), operate(operator, b, c), operate(operator, b, d)];
  return ends.some(Number.isNaN) ? anything : [Math.min(...ends), Math.max(...ends)];
}

function map(name: FunctionName, bounds: readonly TermBounds[]): TermBounds {
  const { of } = functions[name];
  const [low, high] = [of(bounds.map(([least]) => least)), of(bounds.map(([, greatest]) => greatest))];
  if (name === "abs") {
    const [a, b] = bounds[0]!;
    return a <= 0 && b >= 0 ? [0, Math.max(low, high)] : [Math.min(low, high), Math.max(low, high)];
  }
  // Every other function grows in each of its terms. Outside its domain it is NaN, and nothing is told.
  return Number.isNaN(low) || Number.isNaN(high) ? anything : [low, high];
}

const anything: TermBounds = [-Infinity, Infinity];

function widened([low, high]: TermBounds): TermBounds {
  return [low - 1e-9 * Math.max(1, Math.abs(low)), high + 1e-9 * Math.max(1, Math.abs(high))];
}
