/**
 * Populations, one for each fidelity that slots are given at. A member is a trial and the point that it was decoded from. The point
 * holds more than the configuration: the place of an integer in its cell, and the coordinate of an inactive parameter.
 */
import type { History, Measurement, TrialId } from "@caviar-hpo/core";
import { compareMeasurements } from "@caviar-hpo/core/contract";
import type { Vector } from "./vectors.ts";

export type Individual = { readonly trial: TrialId; readonly point: Vector };

/**
 * `turn` counts the targets so far. `bracket` is the bracket of the last slot, `slots` is how many slots that bracket has had at this
 * fidelity, and `promoted` is how many of those went to configurations of the rung below.
 */
export type Population = {
  readonly fidelity: number;
  members: Individual[];
  turn: number;
  bracket: number;
  slots: number;
  promoted: number;
};

/** A trial that will contend for a seat at a fidelity: for the seat of the member `target`, or for any seat if `target` is null. */
export type Contender = Individual & { readonly fidelity: number; readonly target: number | null };

export function populationAt(populations: Population[], fidelity: number): Population {
  const known = populations.find((one) => one.fidelity === fidelity);
  if (known !== undefined) return known;
  const fresh: Population = { fidelity, members: [], turn: 0, bracket: -1, slots: 0, promoted: 0 };
  populations.push(fresh);
  return fresh;
}

/** A contender `waits` until it has a measurement at its fidelity or has ended. It is `gone` if it has ended without any measurement. */
export function progressOf({ trial, fidelity }: Pick<Contender, "trial" | "fidelity">, { trials }: History): "waits" | "measured" | "gone" {
  const known = trials[trial];
  if (known === undefined) return "waits";
  if (known.curve.some((measurement) => measurement.fidelity === fidelity)) return "measured";
  if (known.status === "running") return "waits";
  return known.status === "failed" || known.curve.length === 0 ? "gone" : "measured";
}

/**
 * Seats a contender that has a measurement. A contender with a target replaces that member if it is no worse. Any other takes a free seat,
 * or the seat of the worst member if it is better than that member.
 */
export function seat(population: Population, { trial, point, target }: Contender, seats: number, history: History): void {
  const { members, fidelity } = population;
  const rank = (one: TrialId): Measurement => standingAt(history, one, fidelity);
  const compare = (index: number): number => compareMeasurements(rank(trial), rank(members[index]!.trial));
  if (target !== null && target < members.length) {
    if (compare(target) <= 0) members[target] = { trial, point };
  } else if (members.length < seats) members.push({ trial, point });
  else {
    const worst = members.reduce(
      (last, { trial: one }, index) => (compareMeasurements(rank(one), rank(members[last]!.trial)) > 0 ? index : last),
      0,
    );
    if (compare(worst) < 0) members[worst] = { trial, point };
  }
}

/** The members, best first. Of equal ones, the one with the lower index comes first. */
export function bestFirst({ members, fidelity }: Population, history: History): readonly Individual[] {
  const ranked = members.map((member) => ({ member, rank: standingAt(history, member.trial, fidelity) }));
  return ranked.sort((a, b) => compareMeasurements(a.rank, b.rank)).map(({ member }) => member);
}

/** What a trial measured at a fidelity, or its last measurement before that. */
function standingAt({ trials }: History, trial: TrialId, fidelity: number): Measurement {
  const { curve } = trials[trial]!;
  return curve.filter((measurement) => measurement.fidelity <= fidelity).at(-1) ?? curve[0]!;
}
