/**
 * Caviar, the recipe of the deep-learning course for much compute: train many models in parallel to the end, and keep the best one. A fish
 * lays many eggs and looks after none of them. The scheduler discards all checkpoints except those of the best model so far.
 */
import { int, type Scheduler, type SchedulerCard } from "@caviar-hpo/core";
import {
  compareStandings,
  type Directive,
  type OptionSpec,
  type OptionSpecs,
  readOptions,
  type Standing,
  standingOf,
} from "@caviar-hpo/core/contract";

export type CaviarOptions = {
  /** How many models train. Null means no limit. A whole number from 1 to 10000000, both included, or null; null by default. */
  readonly models?: number | null;
};

export const caviarOptions: OptionSpecs & Record<keyof CaviarOptions, OptionSpec> = {
  models: { param: int(1, 10_000_000), special: null, formerly: 0, default: null, doc: "How many models train. Null means no limit." },
};

export type CaviarState = { readonly until: number; started: number; running: number; best: Standing | null };

/**
 * Makes a scheduler that trains every trial to the end.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function caviar(options: CaviarOptions = {}): Scheduler<CaviarState> {
  const { models } = readOptions("caviar", caviarOptions, options);
  return {
    name: "caviar",
    version: 1,
    init: (fidelity) => ({ until: fidelity.max, started: 0, running: 0, best: null }),
    rungs: (state) => [state.until],
    next: (state, _context, open) => {
      if (open && (models === null || state.started < models))
        return { kind: "fill", slot: { until: state.until, bracket: 0, rung: 0, below: [] } };
      return { kind: state.running > 0 ? "wait" : "done" };
    },
    filled: (state) => {
      state.started++;
      state.running++;
    },
    tell: (state, _context, report): readonly Directive[] => {
      if (report.kind === "measured") return [];
      state.running--;
      const standing = report.kind === "finished" ? standingOf(report.trial, report.measurement) : null;
      const { best } = state;
      if (standing === null || (best !== null && compareStandings(best, standing) < 0)) return [{ kind: "discard", trial: report.trial }];
      state.best = standing;
      return best === null ? [] : [{ kind: "discard", trial: best[0] }];
    },
  };
}

/** The card of `caviar`. It also takes problems without a fidelity. Then it only decides which checkpoints to keep. */
export const caviarCard: SchedulerCard = {
  name: "caviar",
  doc: "Random points. All of them train to the end, and only the checkpoints of the best one are kept.",
  options: caviarOptions,
  needs: [],
  dependsOn: "nothing",
  cheap: {},
  scheduler: caviar,
};
