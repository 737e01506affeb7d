/**
 * The scheduler of freeze-thaw optimisation (Swersky, Snoek and Adams 2014): every trial pauses at each rung, and a model compares what the
 * paused trials and a new trial are worth. This file decides whose turn it is; the model is the sampler's (`Sampler.prefer`).
 *
 * - Ranks have a guaranteed share of the resource. While the promotions by rank have cost less than this share of all training, the highest
 *   rung that can promotes its best trial, by the rule of ASHA. So the search makes progress although a model may be wrong.
 * - Otherwise the model chooses: it continues one of the paused trials to the next rung, or it starts a new trial at the first rung.
 *
 * If no new trial will start, ranks decide alone, as in ASHA, until the best trial is trained to the end.
 */
import { int, real, type Scheduler, type SchedulerCard } from "@caviar-hpo/core";
import { type Context, type Move, type OptionSpec, type OptionSpecs, readOptions } from "@caviar-hpo/core/contract";
import { bracketOptions, bracketTable } from "./brackets.ts";
import {
  fillLadder,
  hearPausing,
  isRunning,
  type Ladders,
  pausedIn,
  promote,
  promoteLast,
  promotePaused,
  slotFor,
  startLadders,
} from "./ladder.ts";
import { leastForRung } from "./leastTrials.ts";
import { wholeShare } from "./ratio.ts";
import { describeRungs } from "./rungText.ts";

export type FreezeThawOptions = {
  /** Each rung trains eta times as far as the rung below. A number from 2 to 1000000, both included; 3 by default. */
  readonly eta?: number;
  /**
   * The share of the resource that promotions by rank may use, whatever the model says. A number from 0 to 1, both included; 0.25 by
   * default.
   */
  readonly rankShare?: number;
  /**
   * How many trials start. Promotions continue after the last start, until the best trial is trained to the end. Then the study is done.
   * Null means no limit. A whole number from 1 to 10000000, both included, or null; null by default.
   */
  readonly configurations?: number | null;
};

export const freezeThawOptions: OptionSpecs & Record<keyof FreezeThawOptions, OptionSpec> = {
  eta: { ...bracketOptions.eta, doc: "Each rung trains eta times as far as the rung below." },
  rankShare: {
    param: real(0, 1),
    default: 0.25,
    doc: "The share of the resource that promotions by rank may use, whatever the model says.",
  },
  configurations: {
    param: int(1, 10_000_000),
    special: null,
    default: null,
    doc: "How many trials start. Promotions continue after the last start, until the best trial is trained to the end. Then the study is done. Null means no limit.",
  },
};

/** `spent` is the resource of all jobs so far, and `byRank` that of the promotions by rank. */
export type FreezeThawState = Ladders & { spent: number; byRank: number };

/**
 * Makes the scheduler. With a sampler that has no `prefer`, it is ASHA whose promotions wait for their share of the resource.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function freezeThaw(options: FreezeThawOptions = {}): Scheduler<FreezeThawState> {
  const { eta, rankShare, configurations } = readOptions("freezeThaw", freezeThawOptions, options);
  const slots = wholeShare(eta);
  return {
    name: "freezeThaw",
    version: 1,
    init: (fidelity) => ({ ...startLadders([bracketTable(fidelity, { eta }).brackets[0]!.rungs]), spent: 0, byRank: 0 }),
    leastTrials: () => leastForRung(eta),
    rungs: (state) => state.fidelities,
    next: (state, context, open, prefer) => {
      const mayStart = open && (configurations === null || state.started < configurations);
      if (!mayStart) return byRank(state, context) ?? { kind: isRunning(state) ? "wait" : "done" };
      if (state.byRank < rankShare * state.spent) {
        const promotion = promote(state);
        if (promotion !== null) return counted(state, context, promotion, "rank");
      }
      const paused = pausedIn(state);
      const preferred = paused.length > 0 && prefer !== undefined ? prefer(paused) : null;
      const chosen = paused.find(({ trial }) => trial === preferred);
      if (chosen !== undefined) return counted(state, context, promotePaused(state, chosen), "model");
      return { kind: "fill", slot: slotFor(state, "first rung") };
    },
    filled: (state, slot, trial) => {
      state.spent += slot.until;
      fillLadder(state, slot, trial);
    },
    tell: (state, _context, report) => {
      hearPausing(state, report, slots);
      return [];
    },
  };
}

export const freezeThawCard: SchedulerCard = {
  name: "freezeThaw",
  doc: "Random points that pause at every rung. A share of the resource continues them by rank.",
  options: freezeThawOptions,
  needs: ["fidelity"],
  dependsOn: "order",
  cheap: {},
  scheduler: freezeThaw,
  describePlan: (fidelity, options) => describeRungs(freezeThaw(options), fidelity),
};

function byRank(state: FreezeThawState, context: Context): Move | null {
  const move = promote(state) ?? promoteLast(state, context.history);
  return move === null ? null : counted(state, context, move, "rank");
}

/** Adds what a promotion costs. */
function counted(state: FreezeThawState, { history, problem }: Context, move: Move, by: "rank" | "model"): Move {
  if (move.kind !== "resume") return move;
  const cost = move.until - (problem.resumable ? (history.trials[move.trial]!.curve.at(-1)?.fidelity ?? 0) : 0);
  state.spent += cost;
  if (by === "rank") state.byRank += cost;
  return move;
}
