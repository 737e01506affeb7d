/**
 * What a cell's strategy faces: one problem at one seed. A campaign that counts evaluations has points to evaluate; one that counts
 * resource has configurations to train. `run.ts` drives, records and continues both through the interface below.
 */
import type { Config, Job, Problem, World } from "@caviar-hpo/core";
import type { ProblemFacts } from "@caviar-hpo/report";

export type Arena = {
  /** What the report says of the problem; strategies do not see it. Values are minimised. */
  readonly facts: Pick<
    ProblemFacts,
    "title" | "dimensions" | "optimum" | "tolerance" | "measure" | "tags" | "source" | "where" | "optimumIsBound"
  >;
  readonly problem: Problem;
  /** What every strategy starts with. */
  readonly initial: readonly Config[];
  readonly seconds: World["seconds"];
  /** Begins a run. What a run holds, such as checkpoints, is its own. */
  readonly begin: () => ArenaRun;
  /**
   * What a configuration is worth in the end, without noise; NaN if it is worth nothing. In an arena of points it is the value of an
   * evaluation.
   */
  readonly score: (config: Config) => number;
};

/** A run's measurements, in the order in which the strategy asks for them. */
export type ArenaRun = {
  /**
   * The next measurement, as the record will name it. It is also called for measurements that the record of an interrupted run has already:
   * a run that holds checkpoints learns here which ones it has to make again.
   */
  request(job: Job, fidelity: number, resource: number): MeasurementRequest;
  /**
   * The result of the last request. It depends on the request alone, not on whether earlier results were measured or read from a record.
   */
  answer(job: Job, fidelity: number): MeasurementAnswer;
};

/** The part of a recorded line that says what was asked, and the part that says what came of it. */
export type MeasurementRequest = Pick<EvaluationLine, "x"> | Omit<TrainingLine, "told">;
export type MeasurementAnswer = Omit<EvaluationLine, "x"> | Pick<TrainingLine, "told">;

/** A point: `value` is noise-free; `told` is what the strategy hears, absent where that is the same. Both may be any number. */
export type EvaluationLine = { readonly x: readonly number[]; readonly value: number; readonly told?: number };

/**
 * A trial at a fidelity. `resource` is all that the run has spent once this has reported, in units of fidelity. `told` is not finite for a
 * trial that diverged or is infeasible.
 */
export type TrainingLine = {
  readonly trial: number;
  readonly config: Config;
  readonly fidelity: number;
  readonly resource: number;
  readonly told: number;
};
