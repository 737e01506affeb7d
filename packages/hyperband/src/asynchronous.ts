/**
 * Asynchronous successive halving (Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht and Talwalkar, MLSys 2020): no rung waits for
 * its last trial. Two variants are in use, and they promise different things.
 *
 * Promotion (Algorithm 2 of the paper):
 * - If a worker is free, the highest rung that can promotes its best trial. The trial must be in the top 1 / eta of the rung, and must not
 *   have been promoted yet. If there is no such trial, a new trial starts.
 * - A trial that reaches a rung pauses there, and may be promoted later.
 * - It needs checkpoints. Without them, a promoted trial starts again from scratch.
 * - The first trials wait until eta of them have reported.
 *
 * Stopping:
 * - If a worker is free, a new trial starts.
 * - A trial that reaches a rung continues if it is in the top 1 / eta of the results so far. Otherwise it ends for good.
 * - It needs no checkpoints.
 * - The first trials continue, because the first trial of a rung is the best so far.
 *
 * A trial's result at a rung is its first report at or past it. A failure counts as the worst result of the next rung that the trial would
 * have reached. Each bracket compares only its own trials. If no new trial will start, each bracket trains its best trial to the end.
 */
import { choice, type Fidelity, int, type Scheduler, type SchedulerCard } from "@caviar-hpo/core";
import { type OptionSpec, type OptionSpecs, readOptions } from "@caviar-hpo/core/contract";
import { type BracketOptions, bracketOptions, bracketTable, type RungPlan } from "./brackets.ts";
import { describeBrackets } from "./bracketText.ts";
import { fillLadder, hearPausing, hearStopping, isRunning, type Ladders, promote, promoteLast, slotFor, startLadders } from "./ladder.ts";
import { leastForRung } from "./leastTrials.ts";
import { wholeShare } from "./ratio.ts";
import { describeRungs } from "./rungText.ts";

export type AshaOptions = {
  /** One of eta trials is promoted. It trains eta times as far. A number from 2 to 1000000, both included; 3 by default. */
  readonly eta?: number;
  /**
   * What a trial does at a rung. promotion: it pauses until it is promoted. stopping: it continues until the scheduler stops it, at its
   * first report at or past a rung. One of "promotion", "stopping"; "promotion" by default.
   */
  readonly variant?: "promotion" | "stopping";
  /**
   * How many trials start. Promotions continue after the last start, until the best trial is trained to the end. Then the study is done.
   * Null means no limit. A whole number from 1 to 10000000, both included, or null; null by default.
   */
  readonly configurations?: number | null;
};

export const ashaOptions: OptionSpecs & Record<keyof AshaOptions, OptionSpec> = {
  eta: bracketOptions.eta,
  variant: {
    param: choice(["promotion", "stopping"]),
    default: "promotion",
    doc: "What a trial does at a rung. promotion: it pauses until it is promoted. stopping: it continues until the scheduler stops it, at its first report at or past a rung.",
  },
  configurations: {
    param: int(1, 10_000_000),
    special: null,
    formerly: 0,
    default: null,
    doc: "How many trials start. Promotions continue after the last start, until the best trial is trained to the end. Then the study is done. Null means no limit.",
  },
};

export type AsynchronousHyperbandOptions = AshaOptions & BracketOptions;

export const asynchronousHyperbandOptions: OptionSpecs & Record<keyof AsynchronousHyperbandOptions, OptionSpec> = {
  ...bracketOptions,
  ...ashaOptions,
};

/**
 * ASHA: one bracket, the boldest.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function asha(options: AshaOptions = {}): Scheduler<Ladders> {
  const read = readOptions("asha", ashaOptions, options);
  return asynchronous("asha", (fidelity) => bracketTable(fidelity, { eta: read.eta }).brackets.slice(0, 1).map(rungsOf), read);
}

/**
 * Asynchronous Hyperband: ASHA in all brackets at once. Each bracket gets a share of the new trials that is proportional to the size of its
 * first rung in Hyperband. `Slot.bracket` numbers the brackets; the boldest is 0.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function asynchronousHyperband(options: AsynchronousHyperbandOptions = {}): Scheduler<Ladders> {
  const read = readOptions("asynchronousHyperband", asynchronousHyperbandOptions, options);
  const { eta, convention, brackets } = read;
  return asynchronous(
    "asynchronousHyperband",
    (fidelity) => bracketTable(fidelity, { eta, convention, brackets }).brackets.map(rungsOf),
    read,
  );
}

export const ashaCard: SchedulerCard = {
  name: "asha",
  doc: "Asynchronous successive halving of random points: no rung waits for its last trial.",
  options: ashaOptions,
  needs: ["fidelity"],
  dependsOn: "order",
  cheap: {},
  scheduler: asha,
  describePlan: (fidelity, options) => describeRungs(asha(options), fidelity),
};

export const asynchronousHyperbandCard: SchedulerCard = {
  name: "asynchronousHyperband",
  doc: "Asynchronous successive halving of random points in all brackets of Hyperband at once.",
  options: asynchronousHyperbandOptions,
  needs: ["fidelity"],
  dependsOn: "order",
  cheap: {},
  scheduler: asynchronousHyperband,
  describePlan: (fidelity, options) => `${describeBrackets(fidelity, options)}\n${whatIsKept(options)}`,
};

/** How asynchronous Hyperband uses its bracket table. The sentence says "stage" because the printed table above it does. */
function whatIsKept({ variant }: AshaOptions): string {
  const rule = variant === "stopping" ? "every trial trains on until it is stopped" : "a promotion never waits";
  return `New trials are shared among the brackets as in stage 0; ${rule}, so that later stages come out as large or somewhat larger.`;
}

function rungsOf({ rungs }: { readonly rungs: readonly RungPlan[] }): readonly RungPlan[] {
  return rungs;
}

function asynchronous(
  name: string,
  plan: (fidelity: Fidelity) => readonly (readonly RungPlan[])[],
  { eta, variant, configurations }: Required<AshaOptions>,
): Scheduler<Ladders> {
  const share = wholeShare(eta);
  const stops = variant === "stopping";
  const slots = stops ? (count: number) => Math.max(1, share(count)) : share;
  return {
    name: stops ? `${name}Stopping` : name,
    version: 2,
    init: (fidelity) => startLadders(plan(fidelity)),
    leastTrials: () => leastForRung(eta),
    rungs: (state) => state.fidelities,
    next: (state, { history }, open) => {
      const promotion = stops ? null : promote(state);
      if (promotion !== null) return promotion;
      if (open && (configurations === null || state.started < configurations))
        return { kind: "fill", slot: slotFor(state, stops ? "end" : "first rung") };
      return (stops ? null : promoteLast(state, history)) ?? { kind: isRunning(state) ? "wait" : "done" };
    },
    filled: fillLadder,
    tell: (state, _context, report) => {
      if (stops) return hearStopping(state, report, slots);
      hearPausing(state, report, slots);
      return [];
    },
  };
}
