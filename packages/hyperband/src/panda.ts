/**
 * The panda, the deep-learning course's recipe for little compute: look after one model for days. The model trains in segments. Before each
 * segment the panda nudges one hyperparameter. If the segment made the model worse, the model returns to its last checkpoint and the panda
 * tries another nudge. After `patience` such nudges in a row the model trains a segment without a nudge, and keeps the result even if it is
 * worse, so that the training always reaches its end.
 *
 * The panda uses one worker. Without checkpoints, a nudged model trains from scratch. When no new trial may start, the model continues
 * without a nudge.
 */
import { type Card, choice, derive, int, type Key, real, type Strategy, type TrialId, uniformConfig } from "@caviar-hpo/core";
import {
  compareMerits,
  type OptionSpec,
  type OptionSpecs,
  type Proposal,
  readOptions,
  type Standing,
  standingOf,
} from "@caviar-hpo/core/contract";
import { type Explored, nudge } from "./explore.ts";
import { evaluation, everything } from "./populationBased.ts";
import { evenFidelities } from "./segments.ts";

export type PandaOptions = {
  /** How many segments of equal length (the days) the training has. A whole number from 1 to 1000, both included; 10 by default. */
  readonly segments?: number;
  /**
   * How many nudges in a row may make the model worse. Then the model trains a segment without a nudge. A whole number from 0 to 1000, both
   * included; 3 by default.
   */
  readonly patience?: number;
  /**
   * Which parameters are nudged. reals: real parameters only. all: sizes and choices too, for models whose checkpoints stay valid. One of
   * "reals", "all"; "reals" by default.
   */
  readonly explore?: Explored;
  /** A nudge multiplies a hyperparameter by 1 + step or by 1 - step. A number from 0.001 to 0.9, both included; 0.2 by default. */
  readonly step?: number;
};

export const pandaOptions: OptionSpecs & Record<keyof PandaOptions, OptionSpec> = {
  segments: { param: int(1, 1000), default: 10, doc: "How many segments of equal length (the days) the training has." },
  patience: {
    param: int(0, 1000),
    default: 3,
    doc: "How many nudges in a row may make the model worse. Then the model trains a segment without a nudge.",
  },
  explore: {
    param: choice(["reals", "all"]),
    default: "reals",
    doc: "Which parameters are nudged. reals: real parameters only. all: sizes and choices too, for models whose checkpoints stay valid.",
  },
  step: { param: real(0.001, 0.9), default: 0.2, doc: "A nudge multiplies a hyperparameter by 1 + step or by 1 - step." },
};

/** The last checkpoint that was kept. `lost` means that its trial has failed since, so only a copy of it can continue. */
type Checkpoint = { readonly trial: TrialId; readonly fidelity: number; readonly standing: Standing; lost: boolean };

/** `tries` counts the nudges in a row that made the model worse. `nudged` is whether the running segment has a nudge. */
export type PandaState = {
  readonly key: Key;
  turns: number;
  readonly ends: readonly number[];
  running: TrialId | null;
  nudged: boolean;
  tries: number;
  kept: Checkpoint | null;
};

/**
 * Makes the strategy.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function panda(options: PandaOptions = {}): Strategy<PandaState> {
  const { segments, patience, explore, step } = readOptions("panda", pandaOptions, options);
  const isOver = (state: PandaState): boolean => state.kept !== null && state.kept.fidelity >= state.ends.at(-1)!;

  return {
    name: "panda",
    version: 2,
    can: everything,
    init: ({ fidelity }, key) => ({
      key,
      turns: 0,
      ends: evenFidelities(fidelity ?? evaluation, segments),
      running: null,
      nudged: false,
      tries: 0,
      kept: null,
    }),
    leastTrials: () => ({
      trials: 2,
      observed: false,
      because: "each nudge is a new trial",
      remedy: `Allow at least ${Math.max(2, segments)} trials, one for each segment.`,
    }),
    ask: (state, { problem, history, starts = 1 }, want, nextTrial) => {
      const nothing = { proposals: [], directives: [] };
      if (isOver(state)) return { ...nothing, then: "done" };
      if (state.running !== null || want === 0) return { ...nothing, then: state.running === null ? "more" : "wait" };
      const { kept } = state;
      if (starts === 0 && (kept === null || kept.lost)) return { ...nothing, then: "wait" };
      state.turns++;
      const key = derive(state.key, state.turns);
      const until = state.ends.find((end) => end > (kept?.fidelity ?? 0))!;
      const config = kept === null ? null : history.trials[kept.trial]!.config;
      const tries = starts > 0 && state.tries < patience;
      const nudged = config === null || !tries ? null : nudge(problem.space, config, key, { explore, step });
      state.nudged = nudged !== null;
      let proposal: Proposal;
      if (kept === null || config === null) proposal = { kind: "start", config: uniformConfig(problem.space, key), until };
      else if (nudged === null && !kept.lost) proposal = { kind: "resume", trial: kept.trial, until };
      else if (problem.resumable) proposal = { kind: "clone", parent: kept.trial, at: kept.fidelity, config: nudged ?? config, until };
      else proposal = { kind: "start", config: nudged ?? config, until };
      state.running = proposal.kind === "resume" ? proposal.trial : nextTrial;
      return { proposals: [proposal], directives: [], then: "wait" };
    },
    tell: (state, _context, report) => {
      if (report.kind === "measured" || report.trial !== state.running) return [];
      state.running = null;
      const { kept, nudged } = state;
      const standing = report.kind === "finished" ? standingOf(report.trial, report.measurement) : null;
      if (standing === null || (kept !== null && nudged && isWorse(standing, kept.standing))) {
        state.tries = nudged ? state.tries + 1 : 0;
        if (kept?.trial !== report.trial) return [{ kind: "discard", trial: report.trial }];
        kept.lost = true;
        return [];
      }
      state.kept = { trial: report.trial, fidelity: report.kind === "finished" ? report.measurement.fidelity : 0, standing, lost: false };
      state.tries = 0;
      return kept === null || kept.trial === report.trial ? [] : [{ kind: "discard", trial: kept.trial }];
    },
  };
}

export const pandaCard: Card = {
  name: "panda",
  doc: "One model trains in segments. A nudge changes it before each segment, and the model goes back to its last checkpoint if the nudge made it worse.",
  options: pandaOptions,
  needs: ["fidelity"],
  adaptive: true,
  random: true,
  dependsOn: "results",
  cheap: {},
  create: panda,
};

/** Compares the measurements only. An equal one is not worse. */
function isWorse(a: Standing, b: Standing): boolean {
  return compareMerits(a[1], a[2], b[1], b[2]) > 0;
}
