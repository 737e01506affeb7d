/**
 * What a cell's strategy faces: one problem at one seed. A plan that counts evaluations has points to evaluate; one that counts resource has
 * configurations to train. Both are driven, recorded and continued by the same code (`run.ts`), which knows of them what is here.
 */
import type { Config, Job, Problem, World } from "@caviar-hpo/core";
import type { ProblemCard } from "@caviar-hpo/report";

export type Arena = {
  /** What the report says of the problem; no strategy sees it. Values are minimised. */
  readonly facts: Pick<ProblemCard, "title" | "dimensions" | "optimum" | "tolerance" | "measure" | "tags" | "source">;
  readonly problem: Problem;
  /** What every strategy starts with. */
  readonly initial: readonly Config[];
  readonly seconds: World["seconds"];
  /** Begins a run. What a run holds, such as checkpoints, is its own. */
  readonly begin: () => Course;
  /** What a configuration is worth in the end, without noise; null where every evaluation says so itself. NaN for nothing. */
  readonly score: ((config: Config) => number) | null;
};

/** A run's measurements, in the order in which the strategy asks for them. */
export type Course = {
  /**
   * The next measurement, as the record will name it. It is called for those that the record of an interrupted run has already, too;
   * a run that holds checkpoints finds there what it has to make again.
   */
  asked(job: Job, fidelity: number, resource: number): Asked;
  /** What comes of the one asked last. Depends on what was asked, and never on whether it was measured here or taken from a record. */
  answer(job: Job, fidelity: number): Answer;
};

/** What is asked of an evaluation or a measurement, and what comes of it. */
export type Asked = Pick<Evaluation, "x"> | Omit<Measurement, "told">;
export type Answer = Omit<Evaluation, "x"> | Pick<Measurement, "told">;

/** A point: `value` is noise-free; `told` is what the strategy hears, absent where that is the same; null stands for a number that is not finite. */
export type Evaluation = { readonly x: readonly number[]; readonly value: number | null; readonly told?: number | null };

/** A trial at a fidelity, with all that the run has spent once it has reported, in units of fidelity; null for what diverged or is infeasible. */
export type Measurement = {
  readonly trial: number;
  readonly config: Config;
  readonly fidelity: number;
  readonly resource: number;
  readonly told: number | null;
};

export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
