/**
 * Who leads, from report to report: at every moment the first of `bestTrials`, with one objective. That is the best feasible trial among
 * those whose last measurement is at the highest fidelity that any has reached, and that have not failed. A measurement costs O(log n).
 */

import { type TrialId, trialId } from "../../contract/ids.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Measurement, Trial } from "../../contract/trial.ts";
import { isFeasible } from "../../contract/violation.ts";
import { orientationOf } from "../../study/orientation.ts";
import { createQueue, type Queue } from "./queue.ts";

export type Leader = { readonly trial: TrialId; readonly fidelity: number; readonly value: number };

export type Incumbents = {
  /** A trial has measured something new; its values are the user's, as in `Leader`. */
  note(trial: TrialId, measurement: Measurement): void;
  /** The same object while nothing changes; null before anything feasible was measured. */
  leader(trials: readonly Trial[]): Leader | null;
};

export function createIncumbents(problem: Problem): Incumbents {
  const orientation = orientationOf(problem);
  /** By ascending fidelity: trials, the best value first. Some of them have been trained further or have failed since. */
  const levels: { readonly fidelity: number; readonly queue: Queue }[] = [];

  const levelAt = (fidelity: number): Queue => {
    let place = levels.length;
    while (place > 0 && levels[place - 1]!.fidelity >= fidelity) place--;
    const found = levels[place];
    if (found?.fidelity === fidelity) return found.queue;
    const queue = createQueue();
    levels.splice(place, 0, { fidelity, queue });
    return queue;
  };

  let current: Leader | null = null;

  return {
    note: (trial, measurement) => {
      if (isFeasible(measurement)) levelAt(measurement.fidelity).push(orientation.values(measurement.values)[0]!, trial);
    },
    leader: (trials) => {
      for (;;) {
        const level = levels.at(-1);
        if (level === undefined) {
          current = null;
          return null;
        }
        const { fidelity, queue } = level;
        const id = queue.first();
        if (id === undefined) {
          levels.pop();
          continue;
        }
        const { status, curve } = trials[id]!;
        const last = curve[curve.length - 1]!;
        if (status === "failed" || last.fidelity !== fidelity) {
          queue.pop();
          continue;
        }
        if (current?.trial !== id || current.fidelity !== fidelity) current = { trial: trialId(id), fidelity, value: last.values[0]! };
        return current;
      }
    },
  };
}
