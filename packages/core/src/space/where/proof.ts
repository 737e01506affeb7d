/** Proofs that a space is empty: constraints that no configuration can fulfil. */
import { SpaceError } from "../../contract/errors.ts";
import { conjuncts } from "./equalities.ts";
import type { NamedParams } from "./expression.ts";
import { boundsOf, canHold, type TermBounds } from "./interval.ts";
import { type LinearForm, linearEquality, linearFormOf, solve } from "./linear.ts";
import type { Predicate } from "./predicate.ts";
import type { Rule } from "./readConstraints.ts";

/**
 * @param rules those whose parameters are always active: the others hold where one is inactive.
 * @throws SpaceError with the proof, where bounds of one constraint, or two bounds of one linear form, show that nothing is left.
 */
export function refuseEmpty(rules: readonly Rule[], params: NamedParams): void {
  for (const rule of rules) {
    const impossible = conjuncts(rule.predicate).find((part) => !canHold(part, params));
    if (impossible !== undefined) refuse(`constraint ${rule.text}`, rangesIn(impossible, params));
  }
  const forms = rules.flatMap((rule) => conjuncts(rule.predicate)).flatMap((predicate) => linearEquality(predicate) ?? []);
  if (solve(forms, () => 0) === null) refuse("the linear equalities of where", "equalities that contradict each other");
  refuseContradiction(rules);
}

function rangesIn(predicate: Predicate, params: NamedParams): string {
  if (predicate.kind !== "compare") return "no value that fulfils it";
  const [left, right] = [boundsOf(predicate.left, params), boundsOf(predicate.right, params)];
  return `${showBounds(left)} on the left of ${predicate.comparator} and ${showBounds(right)} on its right`;
}

function showBounds([low, high]: TermBounds): string {
  return low === high ? `${low}` : `${low} to ${high}`;
}

/** Two constraints that bound the same weighted sum, one below what the other asks for. */
function refuseContradiction(rules: readonly Rule[]): void {
  const least = new Map<string, { readonly bound: number; readonly rule: Rule }>();
  const most = new Map<string, { readonly bound: number; readonly rule: Rule }>();
  for (const rule of rules) {
    for (const { form, low, high } of conjuncts(rule.predicate).flatMap(linearBounds)) {
      const key = [...form.weights].map(([name, weight]) => `${weight} ${name}`).join(" + ");
      if (low > (least.get(key)?.bound ?? -Infinity)) least.set(key, { bound: low, rule });
      if (high < (most.get(key)?.bound ?? Infinity)) most.set(key, { bound: high, rule });
      const [under, over] = [least.get(key), most.get(key)];
      if (under !== undefined && over !== undefined && under.bound > over.bound + 1e-9 * Math.max(1, Math.abs(over.bound)))
        refuse(`constraints ${under.rule.text} and ${over.rule.text}`, "two that contradict each other");
    }
  }
}

type LinearBounds = { readonly form: LinearForm; readonly low: number; readonly high: number };

/** low <= form <= high with the weights divided by the first one's size, so that equal sums have equal forms. */
function linearBounds(predicate: Predicate): readonly LinearBounds[] {
  if (predicate.kind !== "compare" || predicate.comparator === "!=") return [];
  const difference = linearFormOf({ kind: "operation", operator: "-", left: predicate.left, right: predicate.right });
  if (difference === null || difference.weights.size === 0) return [];
  const sorted = [...difference.weights].sort(([a], [b]) => (a < b ? -1 : 1));
  const first = sorted[0]![1];
  const form = { constant: 0, weights: new Map(sorted.map(([name, weight]) => [name, weight / first] as const)) };
  const bound = -difference.constant / first;
  if (predicate.comparator === "==") return [{ form, low: bound, high: bound }];
  const isUpper = (predicate.comparator === "<" || predicate.comparator === "<=") === first > 0;
  return [isUpper ? { form, low: -Infinity, high: bound } : { form, low: bound, high: Infinity }];
}

function refuse(what: string, got: string): never {
  throw new SpaceError({
    code: "emptySpace",
    what,
    expected: "at least one configuration in the space",
    got,
    remedy: "Widen the constraint or the parameters' bounds.",
  });
}
