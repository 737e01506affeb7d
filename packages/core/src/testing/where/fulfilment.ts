/**
 * Whether a constraint holds, in plain code that shares nothing with the implementation. `close`: the two sides are so near to each other
 * that rounding decides, where functions such as `log` are not exact, or at the edge of an equality's tolerance.
 */
export type Fulfilment = boolean | "close";

export function all(verdicts: readonly Fulfilment[]): Fulfilment {
  if (verdicts.includes(false)) return false;
  return verdicts.includes("close") ? "close" : true;
}

export function any(verdicts: readonly Fulfilment[]): Fulfilment {
  if (verdicts.includes(true)) return true;
  return verdicts.includes("close") ? "close" : false;
}

export type ComparisonSign = "<" | "<=" | ">" | ">=" | "==";

/** @param exact whether both sides are computed with + - * / alone, in the order of the text. */
export function compared(left: number, comparison: ComparisonSign, right: number, exact = true): Fulfilment {
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  if (comparison === "==") return equal(left, right);
  const size = Math.max(1, Math.abs(left), Math.abs(right));
  if (!exact && Math.abs(left - right) <= 1e-9 * size) return "close";
  if (comparison === "<") return left < right;
  if (comparison === "<=") return left <= right;
  return comparison === ">" ? left > right : left >= right;
}

/** Whole numbers exactly, others within 1e-9 of the larger side, and of 1 at least. */
function equal(left: number, right: number): Fulfilment {
  if (Number.isInteger(left) && Number.isInteger(right)) return left === right;
  const part = Math.abs(left - right) / (1e-9 * Math.max(1, Math.abs(left), Math.abs(right)));
  return part > 0.99 && part < 1.01 ? "close" : part <= 1;
}
