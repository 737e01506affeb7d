/**
 * What a cell's strategy faces: one problem at one seed. A campaign that counts evaluations has points to evaluate; one that counts
 * resource has configurations to train. `run.ts` drives, records and continues both through the interface below.
 */
import type { Config, Job, Problem, World } from "@caviar-hpo/core";
import type { ProblemFacts } from "@caviar-hpo/report";
import type { Point } from "./point.ts";

/** What the report says of a problem; strategies do not see it. Values are minimised. */
export type ArenaFacts = Pick<
  ProblemFacts,
  | "title"
  | "dimensions"
  | "optimum"
  | "tolerance"
  | "measure"
  | "tags"
  | "source"
  | "group"
  | "tuned"
  | "box"
  | "where"
  | "measuredConstraints"
  | "optimumIsBound"
>;

export type Arena = {
  readonly facts: ArenaFacts;
  readonly problem: Problem;
  /** What every strategy starts with. */
  readonly initial: readonly Config[];
  readonly seconds: World["seconds"];
  /** Whether the strategy is told noisy values of points. Then a run is judged by what the strategy recommends after each evaluation. */
  readonly noisy: boolean;
  /** Begins a run. What a run holds, such as checkpoints, is its own. */
  readonly begin: () => ArenaRun;
  /**
   * What a configuration is worth in the end, without noise; NaN if it is worth nothing. In an arena of points it is the value of an
   * evaluation.
   */
  readonly score: (config: Config) => number;
  /** The values of all configurations, where they are known: in a table. */
  readonly population: Float64Array | null;
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
  /** Ends what the run has started, such as a program. Absent if there is nothing. */
  close?(): void;
};

/** The part of a recorded line that says what was asked, and the part that says what came of it. */
export type MeasurementRequest = Pick<EvaluationLine, "x"> | Omit<TrainingLine, "told">;
export type MeasurementAnswer = Omit<EvaluationLine, "x" | "recommended"> | Pick<TrainingLine, "told">;

/**
 * A point: `value` is noise-free; `told` is what the strategy hears, absent where that is the same. Both may be any number. `constraints`
 * are the values of the measured constraints, if the problem has any. `recommended` is there if the strategy is told noisy values: the
 * point that the strategy recommends after this evaluation, and its noise-free value, which is NaN if it is infeasible.
 */
export type EvaluationLine = {
  readonly x: Point;
  readonly value: number;
  readonly told?: number;
  readonly constraints?: readonly number[];
  readonly recommended?: Recommended | null;
};

export type Recommended = { readonly x: Point; readonly value: number };

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
