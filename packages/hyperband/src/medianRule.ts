/**
 * The median stopping rule (Golovin, Solnik, Moitra, Kochanski, Karro and Sculley, Google Vizier, KDD 2017): a trial is
 * stopped at a step when its best value so far is strictly worse than the median, over all completed trials, of the running averages of their
 * values up to that step. It assumes nothing about the shape of curves. (Optuna's median pruner compares values instead of averages; Syne
 * Tune and Ray count all trials that have come as far, which is `among: "reached"`.)
 *
 * Steps are milestones, so that it does not matter how often an objective measures in between. Only feasible measurements count, in the
 * best and in the averages; a trial that has none yet is not judged.
 */
import {
  choice,
  type Directive,
  int,
  isFeasible,
  type Measurement,
  type OptionSpec,
  type OptionSpecs,
  readOptions,
  type Scheduler,
  type SchedulerCard,
  type TrialId,
} from "@caviar-hpo/core";
import { describeRungs } from "./rungText.ts";
import { addToMedian, medianOf, type RunningMedian, sizeOfMedian } from "./runningMedian.ts";
import { evenFidelities } from "./segments.ts";

export type MedianRuleOptions = {
  readonly steps?: number;
  readonly startup?: number;
  readonly among?: "completed" | "reached";
  readonly configurations?: number;
};

export const medianRuleOptions: OptionSpecs & Record<keyof MedianRuleOptions, OptionSpec> = {
  steps: { param: int(1, 1000), default: 10, doc: "At how many fidelities, equally far apart, a trial is judged; it is not at the last." },
  startup: { param: int(1, 1_000_000), default: 5, doc: "How many trials a median must be made of before anything is stopped." },
  among: {
    param: choice(["completed", "reached"]),
    default: "completed",
    doc: "Whose averages the median is of: trials that were trained to the end, or all that have come to this step.",
  },
  configurations: { param: int(0, 10_000_000), default: 0, doc: "How many trials start; 0 means without end." },
};

/** `best`, `mean` and `count` of the steps measured so far; `averages` is the running mean as it stood at each step, null where none was measured. */
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

  const judge = (state: MedianRuleState, step: number, { best, averages }: Progress): "stop" | "go on" => {
    const medians = state.medians[step]!;
    const median = sizeOfMedian(medians) >= startup ? medianOf(medians) : null;
    const average = averages[step];
    if (among === "reached" && typeof average === "number") addToMedian(medians, average);
    return best !== null && median !== null && best > median ? "stop" : "go on";
  };

  return {
    name: "medianRule",
    version: 1,
    init: (fidelity) => {
      const fidelities = evenFidelities(fidelity, steps);
      return { fidelities, medians: fidelities.slice(1).map(() => ({ low: [], high: [] })), started: 0, running: 0, progress: {} };
    },
    rungs: (state) => state.fidelities,
    next: (state, _context, open) => {
      const until = state.fidelities.at(-1)!;
      if (open && (configurations === 0 || state.started < configurations))
        return { kind: "fill", slot: { until, bracket: 0, rung: 0, below: [] } };
      return { kind: state.running > 0 ? "wait" : "done" };
    },
    filled: (state, _slot, trial) => {
      state.started += 1;
      state.running += 1;
      state.progress[trial] = { best: null, mean: 0, count: 0, averages: state.medians.map(() => null) };
    },
    tell: (state, _context, report): readonly Directive[] => {
      const progress = state.progress[report.trial]!;
      if (report.kind === "measured") {
        const step = state.fidelities.indexOf(report.measurement.fidelity);
        if (step < 0) return [];
        note(progress, step, report.measurement);
        if (judge(state, step, progress) === "go on") return [];
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
  doc: "Random points, each stopped when it is worse than the median of the others so far.",
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
  progress.count += 1;
  progress.best = progress.best === null ? value : Math.min(progress.best, value);
  // Each term is below the largest double, whatever the values.
  progress.mean = progress.mean * ((progress.count - 1) / progress.count) + value / progress.count;
  progress.averages[step] = progress.mean;
}

function leave(state: MedianRuleState, trial: TrialId): void {
  delete state.progress[trial];
  state.running -= 1;
}
