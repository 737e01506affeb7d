/**
 * Synchronous successive halving, bracket after bracket. A rung begins when all trials of the rung below have reported, and takes the best
 * of those that succeeded. A failure counts as the worst result at once: a rung takes as many trials as it has slots, or as many as
 * survived, and never waits for a trial that is gone. Which trials train, and how far, depends on the results alone and not on their order,
 * unless brackets overlap and the study ends early.
 */
import { ConfigError, choice, type Fidelity, int, limits, type Report, type Scheduler, type TrialId } from "@caviar-hpo/core";
import {
  type Context,
  compareStandings,
  type Directive,
  type Move,
  type OptionSpec,
  type Standing,
  standingOf,
} from "@caviar-hpo/core/contract";
import type { RungPlan } from "./brackets.ts";
import { leastForBracket } from "./leastTrials.ts";

export type SynchronousOptions = {
  /**
   * How many times the scheduler runs all brackets. Null means no limit. A whole number from 1 to 1000000, both included, or null; null by
   * default.
   */
  readonly iterations?: number | null;
  /**
   * What fills the upper rungs. resume: the best trials of the rung below continue. refill: they continue in the first iteration, and in
   * later iterations the sampler makes new trials from them (DEHB). One of "resume", "refill"; "resume" by default.
   */
  readonly promote?: "resume" | "refill";
  /** Whether idle workers begin the next bracket. Otherwise they wait until the rung ends. false by default. */
  readonly overlap?: boolean;
};

export const synchronousOptions: Record<keyof SynchronousOptions, OptionSpec> = {
  iterations: {
    param: int(1, 1_000_000),
    special: null,
    formerly: 0,
    default: null,
    doc: "How many times the scheduler runs all brackets. Null means no limit.",
  },
  promote: {
    param: choice(["resume", "refill"]),
    default: "resume",
    doc: "What fills the upper rungs. resume: the best trials of the rung below continue. refill: they continue in the first iteration, and in later iterations the sampler makes new trials from them (DEHB).",
  },
  overlap: {
    param: choice([false, true]),
    default: false,
    doc: "Whether idle workers begin the next bracket. Otherwise they wait until the rung ends.",
  },
};

/**
 * A bracket that has begun and not ended. `rung` is the index of its current rung, `started` and `settled` count the trials that began and
 * ended there, and `results` are those that succeeded. `below` are the best of the rung below, best first; the first `resumed` of them have
 * continued.
 */
export type OpenBracket = {
  readonly bracket: number;
  readonly rungs: readonly RungPlan[];
  rung: number;
  started: number;
  settled: number;
  results: Standing[];
  below: readonly TrialId[];
  resumed: number;
};

/**
 * `plan` is one iteration, and `fidelities` are those of all its rungs, ascending. `opened` counts the brackets so far. `at` holds the
 * bracket of each trial that runs. `lost` are the losers of a rung that ended without a report; the scheduler discards them at the next
 * report.
 */
export type SynchronousState = {
  readonly plan: readonly (readonly RungPlan[])[];
  readonly fidelities: readonly number[];
  opened: number;
  readonly open: OpenBracket[];
  readonly at: { [trial: string]: number };
  readonly lost: TrialId[];
};

/** @param plan makes the brackets of one iteration, in the order in which they begin. */
export function synchronous(
  name: string,
  plan: (fidelity: Fidelity) => readonly (readonly RungPlan[])[],
  { iterations, promote, overlap }: Required<SynchronousOptions>,
): Scheduler<SynchronousState> {
  const refills = (state: SynchronousState, { bracket }: OpenBracket): boolean => promote === "refill" && bracket >= state.plan.length;

  const samplerFills = (state: SynchronousState, bracket: OpenBracket): boolean => bracket.rung === 0 || refills(state, bracket);

  const slotsOf = (state: SynchronousState, bracket: OpenBracket): number =>
    samplerFills(state, bracket) ? bracket.rungs[bracket.rung]!.configurations : bracket.below.length;

  const moveOf = (state: SynchronousState, bracket: OpenBracket, open: boolean): Move | null => {
    if (bracket.started >= slotsOf(state, bracket)) return null;
    const until = bracket.rungs[bracket.rung]!.fidelity;
    if (open && samplerFills(state, bracket)) {
      return { kind: "fill", slot: { until, bracket: bracket.bracket, rung: bracket.rung, below: bracket.below } };
    }
    const trial = bracket.below[bracket.resumed];
    if (trial === undefined) return null;
    bracket.resumed++;
    begin(state, bracket, trial);
    return { kind: "resume", trial, until };
  };

  const mayOpen = (state: SynchronousState): boolean =>
    (overlap || state.open.length === 0) && (iterations === null || state.opened < iterations * state.plan.length);

  const next = (state: SynchronousState, _context: Context, open: boolean): Move => {
    for (;;) {
      for (const bracket of state.open) {
        const move = moveOf(state, bracket, open);
        if (move !== null) return move;
      }
      if (!open) {
        // No new trial will come, so a rung that is not full ends with the trials it has.
        const short = state.open.find((bracket) => bracket.settled === bracket.started);
        if (short !== undefined) {
          state.lost.push(...close(state, short, refills(state, short)));
          continue;
        }
      } else if (mayOpen(state)) {
        const { fidelity } = rungsAt(state, state.opened)[0]!;
        return { kind: "fill", slot: { until: fidelity, bracket: state.opened, rung: 0, below: [] } };
      }
      return { kind: state.open.length > 0 ? "wait" : "done" };
    }
  };

  return {
    name,
    version: promote === "refill" ? 2 : 1,
    init: (fidelity) => {
      const brackets = plan(fidelity);
      checkSize(name, brackets);
      const fidelities = [...new Set(brackets.flat().map((rung) => rung.fidelity))].sort((a, b) => a - b);
      return { plan: brackets, fidelities, opened: 0, open: [], at: {}, lost: [] };
    },
    leastTrials: (fidelity) => leastForBracket(plan(fidelity)[0]![0]!.configurations),
    rungs: (state) => state.fidelities,
    next,
    filled: (state, slot, trial) => {
      begin(state, state.open.find((bracket) => bracket.bracket === slot.bracket) ?? openBracket(state), trial);
    },
    tell: (state, _context, report) => {
      const bracket = settle(state, report);
      if (bracket === undefined) return [];
      const gone: readonly TrialId[] = report.kind === "failed" ? [report.trial] : [];
      const losers = bracket.settled === slotsOf(state, bracket) ? close(state, bracket, refills(state, bracket)) : [];
      return [...state.lost.splice(0), ...gone, ...losers].map((trial): Directive => ({ kind: "discard", trial }));
    },
  };
}

function rungsAt({ plan }: SynchronousState, bracket: number): readonly RungPlan[] {
  return plan[bracket % plan.length]!;
}

/** A bracket opens with its first trial, not with the offer of a slot: the sampler may fill that slot much later, or never. */
function openBracket(state: SynchronousState): OpenBracket {
  const bracket = state.opened;
  state.opened++;
  state.open.push({ bracket, rungs: rungsAt(state, bracket), rung: 0, started: 0, settled: 0, results: [], below: [], resumed: 0 });
  return state.open.at(-1)!;
}

function begin(state: SynchronousState, bracket: OpenBracket, trial: TrialId): void {
  bracket.started++;
  state.at[trial] = bracket.bracket;
}

/** The bracket in which a job has ended; undefined while the job still runs. */
function settle(state: SynchronousState, report: Report): OpenBracket | undefined {
  if (report.kind === "measured") return undefined;
  const bracket = state.open.find((one) => one.bracket === state.at[report.trial]);
  if (bracket === undefined) return undefined;
  delete state.at[report.trial];
  bracket.settled++;
  if (report.kind === "finished") bracket.results.push(standingOf(report.trial, report.measurement));
  return bracket;
}

/** Ends a rung and begins the next one, or ends the bracket. @returns the trials that the bracket will not train further. */
function close(state: SynchronousState, bracket: OpenBracket, refills: boolean): readonly TrialId[] {
  const ranked = bracket.results.sort(compareStandings).map(([trial]) => trial);
  const slots = bracket.rungs[bracket.rung + 1]?.configurations ?? ranked.length;
  const losers = [...bracket.below.slice(bracket.resumed), ...ranked.slice(slots)];
  const over = bracket.rung + 1 === bracket.rungs.length || bracket.started === 0 || (ranked.length === 0 && !refills);
  if (over) {
    state.open.splice(state.open.indexOf(bracket), 1);
    return losers;
  }
  Object.assign(bracket, { rung: bracket.rung + 1, started: 0, settled: 0, results: [], below: ranked.slice(0, slots), resumed: 0 });
  return losers;
}

/** A bracket larger than a study is a mistake in the fidelity. Without this check the user would notice only when the budget is spent. */
function checkSize(name: string, plan: readonly (readonly RungPlan[])[]): void {
  const most = Math.max(...plan.map((rungs) => rungs[0]!.configurations));
  if (most <= limits.trials) return;
  throw new ConfigError({
    code: "tooManyTrials",
    what: `brackets of ${name}`,
    expected: `at most ${limits.trials} configurations in one bracket`,
    got: `${most}`,
    remedy: "Raise the least fidelity or eta, or ask for fewer brackets.",
  });
}
