/**
 * The one order of trials, best first. These rules apply in turn:
 *
 * 1. Feasible trials come first, then infeasible ones, then failed ones.
 * 2. A trial that trained further comes before one that trained less.
 * 3. Of feasible trials, the lower value comes first (with several objectives, the lower Pareto rank). Of infeasible trials, the smaller
 *    violation comes first (Deb, Comput. Methods Appl. Mech. Eng. 2000).
 * 4. The earlier trial comes first.
 *
 * Values are those that strategies see: less is better.
 */
import type { TrialId } from "./ids.ts";
import { paretoRanks } from "./pareto.ts";
import type { Measurement } from "./trial.ts";
import { isFeasible, violationOf } from "./violation.ts";

/** A trial and the measurement by which it is judged. null if the trial failed. */
export type Contestant = { readonly trial: TrialId; readonly measurement: Measurement | null };

/**
 * The position of a trial among others of its fidelity, as plain data for a strategy's state. `value` is the value of the first objective.
 */
export type Standing = readonly [trial: TrialId, violation: number, value: number];

/**
 * Compares two trials by the first objective. Negative if `a` is better. 0 only if both are the same trial. For several objectives, use
 * `rankTrials`.
 */
export function compare(a: Contestant, b: Contestant): number {
  return compareRankKeys(rankKeyOf(a), rankKeyOf(b));
}

/** Compares two measurements. Negative if `a` is better, 0 if neither is. */
export function compareMeasurements(a: Measurement, b: Measurement): number {
  const violationA = violationOf(a);
  const violationB = violationOf(b);
  return (
    Number(violationA > 0) - Number(violationB > 0) ||
    b.fidelity - a.fidelity ||
    compareMerits(violationA, a.values[0]!, violationB, b.values[0]!)
  );
}

/** The standing of a trial with this measurement. */
export function standingOf(trial: TrialId, measurement: Measurement): Standing {
  return [trial, violationOf(measurement), measurement.values[0]!];
}

/** Does what `compare` does, for two trials of one fidelity. */
export function compareStandings(a: Standing, b: Standing): number {
  return compareMerits(a[1], a[2], b[1], b[2]) || a[0] - b[0];
}

/**
 * Compares two trials of one fidelity by violation and value, for one objective. Negative if the first is better, 0 if neither is. The
 * value of an infeasible trial does not count.
 */
export function compareMerits(violationA: number, valueA: number, violationB: number, valueB: number): number {
  if (violationA !== violationB) return violationA < violationB ? -1 : 1;
  if (violationA > 0 || valueA === valueB) return 0;
  return valueA < valueB ? -1 : 1;
}

/** Sorts trials, best first. With several objectives, feasible trials of the same fidelity are ranked by Pareto rank. */
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
