/**
 * PASHA (Bohdal, Balles, Wistuba, Ermis, Archambeau and Zappella, ICLR 2023): ASHA by promotion that trains trials no further than it must.
 * It begins with two rungs, and adds the next rung only when the two highest rungs disagree about the order of the trials that reached
 * both. Small disagreements do not count: at each place, the trials of the two orders may differ by epsilon on the lower rung. Epsilon is
 * the 90th percentile of the distances between trials whose curves criss-cross (one is better, then worse, then better again), because only
 * noise explains such curves. Epsilon is 0 at first, and changes only when such a pair appears.
 *
 * If no new trial will start, PASHA trains the best trial to the highest rung. That result can add a rung, too.
 *
 * The curves are what the objective measured: noise shows only if the objective reports often, such as at each epoch. A report to the
 * highest rung compares the trial with all m trials there, in O(m) times the length of a curve.
 */
import { type History, int, type Measurement, type Scheduler, type SchedulerCard, type TrialId } from "@caviar-hpo/core";
import {
  compareStandings,
  type OptionSpec,
  type OptionSpecs,
  readOptions,
  type Standing,
  sameFidelity,
  standingOf,
} from "@caviar-hpo/core/contract";
import { bracketOptions, bracketTable } from "./brackets.ts";
import { fillLadder, hearPausing, isRunning, type Ladders, promote, promoteLast, slotFor, startLadders } from "./ladder.ts";
import { leastForRung } from "./leastTrials.ts";
import { wholeShare } from "./ratio.ts";
import { describeRungs } from "./rungText.ts";

export type PashaOptions = {
  /** One of eta trials is promoted. It trains eta times as far. A number from 2 to 1000000, both included; 3 by default. */
  readonly eta?: number;
  /**
   * How many trials start. Promotions continue after the last start, until the best trial is trained to the highest rung. Null means no
   * limit. A whole number from 1 to 10000000, both included, or null; null by default.
   */
  readonly configurations?: number | null;
};

export const pashaOptions: OptionSpecs & Record<keyof PashaOptions, OptionSpec> = {
  eta: bracketOptions.eta,
  configurations: {
    param: int(1, 10_000_000),
    special: null,
    formerly: 0,
    default: null,
    doc: "How many trials start. Promotions continue after the last start, until the best trial is trained to the highest rung. Null means no limit.",
  },
};

/** `highest` is the index of the highest rung so far. `distances` are those of its criss-crossing pairs, ascending. */
export type PashaState = Ladders & { highest: number; epsilon: number; distances: number[] };

/**
 * Makes the scheduler.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function pasha(options: PashaOptions = {}): Scheduler<PashaState> {
  const { eta, configurations } = readOptions("pasha", pashaOptions, options);
  const slots = wholeShare(eta);
  return {
    name: "pasha",
    version: 2,
    init: (fidelity) => {
      const ladders = startLadders([bracketTable(fidelity, { eta }).brackets[0]!.rungs]);
      return { ...ladders, highest: Math.min(1, ladders.fidelities.length - 1), epsilon: 0, distances: [] };
    },
    leastTrials: () => leastForRung(eta),
    rungs: (state) => state.fidelities,
    next: (state, { history }, open) => {
      const promotion = promote(state, state.highest);
      if (promotion !== null) return promotion;
      if (open && (configurations === null || state.started < configurations)) return { kind: "fill", slot: slotFor(state, "first rung") };
      return promoteLast(state, history, state.highest) ?? { kind: isRunning(state) ? "wait" : "done" };
    },
    filled: fillLadder,
    tell: (state, { history }, report) => {
      hearPausing(state, report, slots);
      const top = state.fidelities[state.highest]!;
      const grows = state.highest > 0 && state.highest < state.fidelities.length - 1;
      if (!grows || report.kind !== "finished" || report.measurement.fidelity !== top) return [];
      const { trials } = state.brackets[0]!.rungs[state.highest]!;
      noteNoise(state, history, report.trial, trials);
      if (!isStable(history, trials, state.fidelities[state.highest - 1]!, top, state.epsilon)) {
        state.highest++;
        state.distances = [];
      }
      return [];
    },
  };
}

export const pashaCard: SchedulerCard = {
  name: "pasha",
  doc: "Asynchronous successive halving of random points. It adds a rung only while the highest two rungs rank the trials differently.",
  options: pashaOptions,
  needs: ["fidelity"],
  dependsOn: "order",
  stopsShort: true,
  cheap: {},
  scheduler: pasha,
  describePlan: (fidelity, options) => describeRungs(pasha(options), fidelity),
};

/** Whether both rungs order these trials alike, apart from places whose trials differ by at most epsilon on the lower rung. */
function isStable(history: History, trials: readonly TrialId[], lower: number, upper: number, epsilon: number): boolean {
  const ranked = (fidelity: number): readonly Standing[] =>
    trials.map((trial) => standingOf(trial, measuredAt(history, trial, fidelity))).sort(compareStandings);
  const below = ranked(lower);
  const standings = new Map(below.map((standing) => [standing[0], standing]));
  return ranked(upper).every(([trial], place) => {
    const [, violation, value] = standings.get(trial)!;
    const rival = below[place]!;
    return violation === rival[1] && (violation > 0 || distance(value, rival[2]) <= epsilon);
  });
}

/** Looks for trials whose curves criss-cross with the newcomer's, and computes epsilon again if there are any. */
function noteNoise(state: PashaState, history: History, newcomer: TrialId, trials: readonly TrialId[]): void {
  const top = state.fidelities[state.highest]!;
  const found = trials.flatMap((other) => {
    const [a, b] = [history.trials[newcomer]!.curve, history.trials[other]!.curve];
    return other !== newcomer && crissCross(a, b, top) ? [distance(valueAt(a, top), valueAt(b, top))] : [];
  });
  if (found.length === 0) return;
  state.distances = [...state.distances, ...found].sort((a, b) => a - b);
  state.epsilon = percentile(state.distances, 0.9);
}

/**
 * Whether two curves have the same order at `top` and at some earlier fidelity, and the opposite order between them. Only fidelities at
 * which both were measured count, because values of different fidelities could cross without noise.
 */
function crissCross(a: readonly Measurement[], b: readonly Measurement[], top: number): boolean {
  const order = Math.sign(valueAt(a, top) - valueAt(b, top));
  let turned = false;
  let [i, j] = [a.length - 1, b.length - 1];
  while (order !== 0 && i >= 0 && j >= 0) {
    const [one, other] = [a[i]!, b[j]!];
    const same = sameFidelity(one.fidelity, other.fidelity);
    if (same && one.fidelity < top) {
      const now = Math.sign(one.values[0]! - other.values[0]!);
      if (turned && now === order) return true;
      turned ||= now === -order;
    }
    if (same || one.fidelity > other.fidelity) i--;
    if (same || other.fidelity > one.fidelity) j--;
  }
  return false;
}

function measuredAt(history: History, trial: TrialId, fidelity: number): Measurement {
  return history.trials[trial]!.curve.find((measurement) => measurement.fidelity === fidelity)!;
}

function valueAt(curve: readonly Measurement[], fidelity: number): number {
  return curve.find((measurement) => measurement.fidelity === fidelity)!.values[0]!;
}

/** Finite, because a state holds finite numbers only. */
function distance(a: number, b: number): number {
  return Math.min(Math.abs(a - b), Number.MAX_VALUE);
}

/** The percentile of ascending numbers, with linear interpolation. */
function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}
