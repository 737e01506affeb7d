/**
 * The one order of trials, best first. It goes by, in turn:
 *
 * 1. feasible, infeasible, failed;
 * 2. further trained before less trained;
 * 3. of feasible ones the lesser value (of several objectives the lesser Pareto rank), of infeasible ones the lesser violation (Deb,
 * Comput.
 *    Methods Appl. Mech. Eng. 2000);
 * 4. the earlier trial.
 *
 * Values are those that strategies see: less is better.
 */
import type { TrialId } from "./ids.ts";
import { paretoRanks } from "./pareto.ts";
import type { Measurement } from "./trial.ts";
import { isFeasible, violationOf } from "./violation.ts";

/** A trial and the measurement by which it is judged; null where it failed. */
export type Contestant = { readonly trial: TrialId; readonly measurement: Measurement | null };

/** How a trial stands among others of its fidelity: plain data, to be kept in a strategy's state. `value` is the first objective's. */
export type Standing = readonly [trial: TrialId, violation: number, value: number];

/** Negative where `a` is better; 0 only for a trial and itself. By the first objective: several take `rankTrials`. */
export function compare(a: Contestant, b: Contestant): number {
  return compareRankKeys(rankKeyOf(a), rankKeyOf(b));
}

/** Negative where `a` is better, 0 where neither is. */
export function compareMeasurements(a: Measurement, b: Measurement): number {
  const violationA = violationOf(a);
  const violationB = violationOf(b);
  return (
    Number(violationA > 0) - Number(violationB > 0) ||
    b.fidelity - a.fidelity ||
    compareMerits(violationA, a.values[0]!, violationB, b.values[0]!)
  );
}

export function standingOf(trial: TrialId, measurement: Measurement): Standing {
  return [trial, violationOf(measurement), measurement.values[0]!];
}

/** `compare` of two trials of one fidelity. */
export function compareStandings(a: Standing, b: Standing): number {
  return compareMerits(a[1], a[2], b[1], b[2]) || a[0] - b[0];
}

/**
 * What decides at one fidelity, of one objective: negative where `a` is better, 0 where neither is. The value of what is infeasible says
 * nothing.
 */
export function compareMerits(violationA: number, valueA: number, violationB: number, valueB: number): number {
  if (violationA !== violationB) return violationA < violationB ? -1 : 1;
  if (violationA > 0 || valueA === valueB) return 0;
  return valueA < valueB ? -1 : 1;
}

/** Best first; of several objectives by Pareto rank among the feasible of one fidelity. */
export function rankTrials<T extends Contestant>(contestants: readonly T[]): readonly T[] {
  const keys = contestants.map(rankKeyOf);
  for (const indices of rivalsOfSeveralObjectives(contestants)) {
    const ranks = paretoRanks(indices.map((index) => contestants[index]!.measurement!.values));
    indices.forEach((index, at) => {
      keys[index] = { ...keys[index]!, value: ranks[at]! };
    });
  }
  const order = Array.from(contestants.keys()).sort((a, b) => compareRankKeys(keys[a]!, keys[b]!));
  return order.map((index) => contestants[index]!);
}

/** What a contestant's place depends on, computed once; `tier` is 0 for the feasible, 1 for the infeasible, 2 for the failed. */
type RankKey = {
  readonly trial: TrialId;
  readonly tier: number;
  readonly fidelity: number;
  readonly violation: number;
  readonly value: number;
};

function rankKeyOf({ trial, measurement }: Contestant): RankKey {
  if (measurement === null) return { trial, tier: 2, fidelity: 0, violation: 0, value: 0 };
  const violation = violationOf(measurement);
  return { trial, tier: violation > 0 ? 1 : 0, fidelity: measurement.fidelity, violation, value: measurement.values[0]! };
}

function compareRankKeys(a: RankKey, b: RankKey): number {
  return a.tier - b.tier || b.fidelity - a.fidelity || compareMerits(a.violation, a.value, b.violation, b.value) || a.trial - b.trial;
}

/** The places of the feasible contestants, one list per fidelity; none where there is one objective. */
function rivalsOfSeveralObjectives(contestants: readonly Contestant[]): Iterable<readonly number[]> {
  const groups = new Map<number, number[]>();
  contestants.forEach(({ measurement }, index) => {
    if (measurement === null || measurement.values.length === 1 || !isFeasible(measurement)) return;
    const group = groups.get(measurement.fidelity) ?? [];
    groups.set(measurement.fidelity, group);
    group.push(index);
  });
  return groups.values();
}
