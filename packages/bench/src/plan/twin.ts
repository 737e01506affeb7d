/**
 * The control of a campaign: a twin, which is a strategy of the plan again with other random numbers. Whatever the report finds between the
 * two is chance. A plan can name such a pair itself. Otherwise the reference gets a twin.
 */
import { canonicalJson } from "../record/canonical.ts";
import type { PlanStrategy } from "./planStrategy.ts";

/** A strategy, and the label of the one that it repeats. */
export type CastMember = { readonly strategy: PlanStrategy; readonly twinOf?: string };

/** The strategies with one twin. It is the later one of the first pair that differs only in its labels, or a new one at the end. */
export function withTwin(strategies: readonly PlanStrategy[]): readonly CastMember[] {
  const first = new Map<string, string>();
  for (const [index, strategy] of strategies.entries()) {
    const { label, ...what } = strategy;
    const twinOf = first.get(canonicalJson(what));
    if (twinOf !== undefined) return strategies.map((one, at) => (at === index ? { strategy: one, twinOf } : { strategy: one }));
    first.set(canonicalJson(what), label);
  }
  const reference = referenceOf(strategies);
  const taken = new Set(strategies.map(({ label }) => label));
  let label = `${reference.label} again`;
  while (taken.has(label)) label += " again";
  return [...strategies.map((strategy) => ({ strategy })), { strategy: { ...reference, label }, twinOf: reference.label }];
}

/** The strategy that the others are compared with: "random", or else the first. */
function referenceOf(strategies: readonly PlanStrategy[]): PlanStrategy {
  return strategies.find(({ label }) => label === "random") ?? strategies[0]!;
}
