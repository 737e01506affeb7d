/**
 * The median stopping rule (Golovin, Solnik, Moitra, Kochanski, Karro and Sculley, Google Vizier, KDD 2017). At each step, the rule
 * computes the running average of the values up to that step for every completed trial, and the median of these averages. It stops a trial
 * if the trial's best value so far is strictly worse than the median. The rule assumes nothing about the shape of curves. (Optuna's median
 * pruner compares values instead of averages. Syne Tune and Ray count all trials that have reached the step, which is `among: "reached"`.)
 *
 * Steps are thresholds: a trial's value at a step is its first measurement at or past it. If a measurement passes several steps, it is the
 * value at each of them. So it does not matter how often an objective measures between steps. Only feasible measurements count, in the best
 * value and in the averages. The rule does not judge a trial that has no feasible measurement yet.
 */
import { choice, int, type Measurement, type Report, type Scheduler, type SchedulerCard, type TrialId } from "@caviar-hpo/core";
import { type Directive, isFeasible, type OptionSpec, type OptionSpecs, readOptions } from "@caviar-hpo/core/contract";
import { leastForMedian } from "./leastTrials.ts";
import { describeRungs } from "./rungText.ts";
import { addToMedian, medianOf, type RunningMedian, sizeOfMedian } from "./runningMedian.ts";
import { evenFidelities } from "./segments.ts";

export type MedianRuleOptions = {
  /**
   * How many equal steps a training has. The rule judges a trial at its first report at or past the end of each step except the last. A
   * whole number from 1 to 1000, both included; 10 by default.
   */
  readonly steps?: number;
  /** How many trials a median needs before the rule stops a trial. A whole number from 1 to 1000000, both included; 5 by default. */
  readonly startup?: number;
  /**
   * Which trials the median is over. completed: the trials that trained to the end. reached: all trials that have reached the step. One of
   * "completed", "reached"; "completed" by default.
   */
  readonly among?: "completed" | "reached";
  /** How many trials start. Null means no limit. A whole number from 1 to 10000000, both included, or null; null by default. */
  readonly configurations?: number | null;
};

export const medianRuleOptions: OptionSpecs & Record<keyof MedianRuleOptions, OptionSpec> = {
  steps: {
    param: int(1, 1000),
    default: 10,
    doc: "How many equal steps a training has. The rule judges a trial at its first report at or past the end of each step except the last.",
  },
  startup: { param: int(1, 1_000_000), default: 5, doc: "How many trials a median needs before the rule stops a trial." },
  among: {
    param: choice(["completed", "reached"]),
    default: "completed",
    doc: "Which trials the median is over. completed: the trials that trained to the end. reached: all trials that have reached the step.",
  },
  configurations: {
    param: int(1, 10_000_000),
    special: null,
    formerly: 0,
    default: null,
    doc: "How many trials start. Null means no limit.",
  },
};

/**
 * `reached` is how many steps the trial has reached. `best`, `mean` and `count` are over those at which it was feasible. `averages` is the
 * running mean at each step; null if the trial did not reach it, or was not feasible there.
 */
type TrialCourse = { reached: number; best: number | null; mean: number; count: number; readonly averages: (number | null)[] };

/** A report that is no failure. */
type Measured = Exclude<Report, { readonly kind: "failed" }>;

export type MedianRuleState = {
  readonly fidelities: readonly number[];
  readonly medians: readonly RunningMedian[];
  started: number;
  running: number;
  readonly progress: { [trial: string]: TrialCourse };
};

/**
 * Makes the scheduler.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function medianRule(options: MedianRuleOptions = {}): Scheduler<MedianRuleState> {
  const { steps, startup, among, configurations } = readOptions("medianRule", medianRuleOptions, options);

  const stops = (state: MedianRuleState, step: number, { best, averages }: TrialCourse): boolean => {
    const medians = state.medians[step]!;
    const median = sizeOfMedian(medians) >= startup ? medianOf(medians) : null;
    const average = averages[step];
    if (among === "reached" && typeof average === "number") addToMedian(medians, average);
    return best !== null && median !== null && best > median;
  };

  /** Takes in the steps that a trial has reached with this report. @returns whether one of them stops it; a trial at its end is never. */
  const stopsAt = (state: MedianRuleState, progress: TrialCourse, { kind, measurement }: Measured): boolean => {
    while (progress.reached < state.medians.length && state.fidelities[progress.reached]! <= measurement.fidelity) {
      const step = progress.reached++;
      note(progress, step, measurement);
      if (stops(state, step, progress) && kind === "measured") return true;
    }
    return false;
  };

  return {
    name: "medianRule",
    version: 2,
    init: (fidelity) => {
      const fidelities = evenFidelities(fidelity, steps);
      return { fidelities, medians: fidelities.slice(1).map(() => ({ low: [], high: [] })), started: 0, running: 0, progress: {} };
    },
    leastTrials: () => leastForMedian(startup),
    rungs: (state) => state.fidelities,
    next: (state, _context, open) => {
      const until = state.fidelities.at(-1)!;
      if (open && (configurations === null || state.started < configurations))
        return { kind: "fill", slot: { until, bracket: 0, rung: 0, below: [] } };
      return { kind: state.running > 0 ? "wait" : "done" };
    },
    filled: (state, _slot, trial) => {
      state.started++;
      state.running++;
      state.progress[trial] = { reached: 0, best: null, mean: 0, count: 0, averages: state.medians.map(() => null) };
    },
    tell: (state, _context, report): readonly Directive[] => {
      const progress = state.progress[report.trial]!;
      const stopped = report.kind !== "failed" && stopsAt(state, progress, report);
      if (report.kind === "measured" && !stopped) return [];
      leave(state, report.trial);
      if (stopped) return [{ kind: "stop", job: report.job }];
      if (among === "completed" && report.kind === "finished") {
        for (const [step, average] of progress.averages.entries()) if (average !== null) addToMedian(state.medians[step]!, average);
      }
      return [];
    },
  };
}

export const medianRuleCard: SchedulerCard = {
  name: "medianRule",
  doc: "Random points. A trial stops when it is worse than the median of the other trials so far.",
  options: medianRuleOptions,
  needs: ["fidelity"],
  dependsOn: "order",
  cheap: {},
  scheduler: medianRule,
  describePlan: (fidelity, options) => describeRungs(medianRule(options), fidelity),
};

function note(progress: TrialCourse, step: number, measurement: Measurement): void {
  if (!isFeasible(measurement)) return;
  const value = measurement.values[0]!;
  progress.count++;
  progress.best = progress.best === null ? value : Math.min(progress.best, value);
  // Both terms stay below the largest double, however large the values are.
  progress.mean = progress.mean * ((progress.count - 1) / progress.count) + value / progress.count;
  progress.averages[step] = progress.mean;
}

function leave(state: MedianRuleState, trial: TrialId): void {
  delete state.progress[trial];
  state.running--;
}
