/** A study, prepared for its page: every trial with its last measurement and its place in the order of trials. */
import { bestTrials, type Measurement, type Problem, type TrialId } from "@caviar-hpo/core";
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
  readonly complete: readonly MeasuredTrial[];
  /** The trials that no other trial beats. */
  readonly best: readonly MeasuredTrial[];
  readonly jobs: readonly ShownJob[];
};

export type MeasuredTrial = SeenTrial & { readonly last: Measurement };

export function digestOf(study: ShownStudy): Digest {
  const { problem } = study;
  const completionOf = completions(study);
  const order = ranking(study);
  const trials = study.trials.map((trial): SeenTrial => {
    const last = trial.curve.at(-1) ?? null;
    return { trial, last, completion: completionOf(trial), feasible: last !== null && isFeasible(last), rank: order.get(trial.id)! };
  });
  const complete = trials.filter((seen): seen is MeasuredTrial => seen.completion === "complete" && seen.feasible);
  const best = new Set(bestTrials(problem, { trials: study.trials, running: [], version: 0 }).map(({ id }) => id));
  return {
    study,
    problem,
    trials,
    ranked: [...trials].sort((one, other) => one.rank - other.rank),
    complete,
    best: trials.filter((seen): seen is MeasuredTrial => best.has(seen.trial.id)),
    jobs: study.jobs ?? [],
  };
}

/** The place of each trial. A running trial that has measured nothing stands with the failed ones. */
function ranking({ problem: { objectives }, trials }: ShownStudy): ReadonlyMap<TrialId, number> {
  const ranked = rankTrials(
    trials.map(({ id, status, curve }) => {
      const last = curve.at(-1);
      if (last === undefined || status === "failed") return { trial: id, measurement: null };
      const values = last.values.map((value, index) => (objectives[index]!.goal === "maximize" ? 0 - value : value));
      return { trial: id, measurement: { ...last, values } };
    }),
  );
  return new Map(ranked.map(({ trial }, rank) => [trial, rank]));
}

/** `value` such that less is better. */
export function asLoss({ problem: { objectives } }: Digest, objective: number, value: number): number {
  return objectives[objective]!.goal === "maximize" ? 0 - value : value;
}
