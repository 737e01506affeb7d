/**
 * The median stopping rule (Golovin, Solnik, Moitra, Kochanski, Karro and Sculley, Google Vizier, KDD 2017): the rule
 * stops a trial at a step when the trial's best value so far is strictly worse than a median. The median is over all completed trials, of
 * the running average of a trial's values up to that step. The rule assumes nothing about the shape of curves. (Optuna's median pruner
 * compares values instead of averages. Syne Tune and Ray count all trials that have reached the step, which is `among: "reached"`.)
 *
 * Steps are milestones, so it does not matter how often an objective measures between them. Only feasible measurements count, in the best
 * value and in the averages. The rule does not judge a trial that has none yet.
 */
import { choice, int, type Measurement, type Scheduler, type SchedulerCard, type TrialId } from "@caviar-hpo/core";
import { type Directive, isFeasible, type OptionSpec, type OptionSpecs, readOptions } from "@caviar-hpo/core/contract";
import { leastForMedian } from "./leastTrials.ts";
import { describeRungs } from "./rungText.ts";
import { addToMedian, medianOf, type RunningMedian, sizeOfMedian } from "./runningMedian.ts";
import { evenFidelities } from "./segments.ts";

export type MedianRuleOptions = {
  readonly steps?: number;
  readonly startup?: number;
  readonly among?: "completed" | "reached";
  readonly configurations?: number | null;
};

export const medianRuleOptions: OptionSpecs & Record<keyof MedianRuleOptions, OptionSpec> = {
  steps: {
    param: int(1, 1000),
    default: 10,
    doc: "How many equal steps a training has. The rule judges a trial at the end of each step but the last.",
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
 * `best`, `mean` and `count` are over the steps measured so far. `averages` is the running mean at each step; null if it was not measured.
 */
type Progress = { best: number | null; mean: number; count: number; readonly averages: (number | null)[] };

export type MedianRuleState = {
  readonly fidelities: readonly number[];
  readonly medians: readonly RunningMedian[];
  started: number;
  running: number;
  readonly progress: { [trial: string]: Progress };
};

/** @throws ConfigError for a bad option. */
export function medianRule(options: MedianRuleOptions = {}): Scheduler<MedianRuleState> {
  const { steps, startup, among, configurations } = readOptions("medianRule", medianRuleOptions, options);

  const judge = (state: MedianRuleState, step: number, { best, averages }: Progress): "stop" | "continue" => {
    const medians = state.medians[step]!;
    const median = sizeOfMedian(medians) >= startup ? medianOf(medians) : null;
    const average = averages[step];
    if (among === "reached" && typeof average === "number") addToMedian(medians, average);
    return best !== null && median !== null && best > median ? "stop" : "continue";
  };

  return {
    name: "medianRule",
    version: 1,
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
      state.progress[trial] = { best: null, mean: 0, count: 0, averages: state.medians.map(() => null) };
    },
    tell: (state, _context, report): readonly Directive[] => {
      const progress = state.progress[report.trial]!;
      if (report.kind === "measured") {
        const step = state.fidelities.indexOf(report.measurement.fidelity);
        if (step < 0) return [];
        note(progress, step, report.measurement);
        if (judge(state, step, progress) === "continue") return [];
        leave(state, report.trial);
        return [{ kind: "stop", job: report.job }];
      }
      leave(state, report.trial);
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

function note(progress: Progress, step: number, measurement: Measurement): void {
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
