/** A study, prepared for its page: every trial with its last measurement and its place in the order of trials. */
import { bestTrials, type Measurement, type Objective, type Problem, type TrialId } from "@caviar-hpo/core";
import { isFeasible, rankTrials } from "@caviar-hpo/core/contract";
import { type Completion, completions } from "../neighbours/exportedStudy.ts";
import type { ShownJob, ShownStudy, ShownTrial } from "./shownStudy.ts";

export type SeenTrial = {
  readonly trial: ShownTrial;
  /** null if it measured nothing. The last measurement of a failed trial counts for nothing. */
  readonly last: Measurement | null;
  readonly completion: Completion;
  readonly feasible: boolean;
  /** 0 for the best, in the order of trials of `compare`. */
  readonly rank: number;
};

export type Digest = {
  readonly study: ShownStudy;
  readonly problem: Problem;
  /** In the order in which they began. */
  readonly trials: readonly SeenTrial[];
  /** The same, the best first. */
  readonly ranked: readonly SeenTrial[];
  /** Those that are feasible and were trained as far as any other, in the order in which they began. */
  readonly complete: readonly ComparedTrial[];
  /**
   * Feasible trials with what they measured at one fidelity, ranked by it. It is the highest fidelity at which enough trials were measured:
   * of a tournament, only a few reach the end.
   */
  readonly compared: readonly ComparedTrial[];
  /** That fidelity; null if it is the one of the complete trials. */
  readonly comparedAt: number | null;
  /** The trials that no other trial beats. */
  readonly best: readonly ComparedTrial[];
  readonly jobs: readonly ShownJob[];
};

export type ComparedTrial = SeenTrial & { readonly last: Measurement };

/** So many trials at one fidelity are enough. */
export const enoughTrials = 20;

export function digestOf(study: ShownStudy): Digest {
  const { problem } = study;
  const completionOf = completions(study);
  const order = ranking(
    problem,
    study.trials.map(({ id, status, curve }) => ({ id, last: status === "failed" ? null : (curve.at(-1) ?? null) })),
  );
  const trials = study.trials.map((trial): SeenTrial => {
    const last = trial.curve.at(-1) ?? null;
    return { trial, last, completion: completionOf(trial), feasible: last !== null && isFeasible(last), rank: order.get(trial.id)! };
  });
  const complete = trials.filter(isComplete);
  const best = new Set(bestTrials(problem, { trials: study.trials, running: [], version: 0 }).map(({ id }) => id));
  return {
    study,
    problem,
    trials,
    ranked: [...trials].sort((one, other) => one.rank - other.rank),
    complete,
    ...comparison(problem, trials, complete),
    best: trials.filter((seen): seen is ComparedTrial => best.has(seen.trial.id)),
    jobs: study.jobs ?? [],
  };
}

/** Whether the trial is feasible and was trained as far as any other. */
export function isComplete(seen: SeenTrial): seen is ComparedTrial {
  return seen.completion === "complete" && seen.feasible;
}

function comparison(
  problem: Problem,
  trials: readonly SeenTrial[],
  complete: readonly ComparedTrial[],
): Pick<Digest, "compared" | "comparedAt"> {
  const reached = new Map<number, ComparedTrial[]>();
  for (const seen of trials) {
    if (seen.completion === "failed") continue;
    for (const last of seen.trial.curve) {
      if (!isFeasible(last)) continue;
      const there = reached.get(last.fidelity) ?? [];
      reached.set(last.fidelity, there);
      there.push({ ...seen, last });
    }
  }
  const descending = [...reached].sort(([a], [b]) => b - a);
  const most = descending.reduce((count, [, there]) => Math.max(count, there.length), 0);
  const [fidelity, found] = descending.find(([, there]) => there.length >= Math.min(enoughTrials, most)) ?? [0, []];
  const chosen = problem.fidelity === null || fidelity === complete[0]?.last.fidelity ? null : fidelity;
  const members = chosen === null ? complete : found;
  const ranks = ranking(
    problem,
    members.map(({ trial, last }) => ({ id: trial.id, last })),
  );
  return { comparedAt: chosen, compared: members.map((seen) => ({ ...seen, rank: ranks.get(seen.trial.id)! })) };
}

/** The place of each trial. @param last null for a trial that failed or has measured nothing. */
function ranking(
  { objectives }: Problem,
  trials: readonly { readonly id: TrialId; readonly last: Measurement | null }[],
): ReadonlyMap<TrialId, number> {
  const ranked = rankTrials(
    trials.map(({ id, last }) => {
      if (last === null) return { trial: id, measurement: null };
      const values = last.values.map((value, index) => lossOf(objectives[index]!, value));
      return { trial: id, measurement: { ...last, values } };
    }),
  );
  return new Map(ranked.map(({ trial }, rank) => [trial, rank]));
}

/** `value` such that less is better. */
export function asLoss({ problem: { objectives } }: Digest, objective: number, value: number): number {
  return lossOf(objectives[objective]!, value);
}

function lossOf({ goal }: Objective, value: number): number {
  return goal === "maximize" ? 0 - value : value;
}
