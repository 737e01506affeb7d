/**
 * Ladders: the state of asynchronous halving. Each bracket has a ladder of fidelities, with a rung of results at each fidelity but the
 * last, because trials end there. Brackets share the new trials in proportion to their weights: each new trial joins the bracket that is
 * furthest behind its share (Webster's rule for seats in a parliament). After as many trials as the sum of the weights, each bracket has
 * had exactly its weight.
 *
 * A rung is a threshold. If a trial reports rarely, its first report at or past a rung is its result at that rung. A report past several
 * rungs is its result at each of them, as if the trial had reported it there, lowest rung first (as in Optuna's pruner).
 */
import type { History, Measurement, Report, TrialId } from "@caviar-hpo/core";
import { type Directive, type Move, type PausedTrial, type Slot, standingOf } from "@caviar-hpo/core/contract";
import type { RungPlan } from "./brackets.ts";
import { bestReady, emptyRung, enter, enterFailure, promoteBest, promoteLeader, promoteWaiting, type Rung, waitingAt } from "./rung.ts";

/** `started` counts all trials of the ladder so far, `running` those that run. */
export type Ladder = {
  readonly fidelities: readonly number[];
  readonly weight: number;
  started: number;
  running: number;
  readonly rungs: readonly Rung[];
};

/**
 * `at` holds for each trial id the ladder of the trial and the rung that it is, or was, on the way to: 1 + bracket x fidelities + rung. 0
 * means that the trial is on no ladder. It is a list, because an object that gains and loses trials costs several times as much. `started`
 * counts all trials so far.
 */
export type Ladders = {
  readonly brackets: readonly Ladder[];
  readonly fidelities: readonly number[];
  started: number;
  readonly at: number[];
};

/** How many of a count of results are on top, that is, may be promoted. */
export type Slots = (count: number) => number;

/** @param plan the brackets, the boldest first. Its fidelities include those of all others. */
export function startLadders(plan: readonly (readonly RungPlan[])[]): Ladders {
  const brackets = plan.map((rungs) => ({
    fidelities: rungs.map((rung) => rung.fidelity),
    weight: rungs[0]!.configurations,
    started: 0,
    running: 0,
    rungs: rungs.slice(1).map(emptyRung),
  }));
  return { brackets, fidelities: brackets[0]!.fidelities, started: 0, at: [] };
}

/** The slot for the next new trial. */
export function slotFor(state: Ladders, until: "first rung" | "end"): Slot {
  const { brackets } = state;
  const behind = (a: Ladder, b: Ladder): boolean => (2 * a.started + 1) * b.weight < (2 * b.started + 1) * a.weight;
  const bracket = brackets.reduce((least, ladder, index) => (behind(ladder, brackets[least]!) ? index : least), 0);
  const { fidelities } = brackets[bracket]!;
  return { until: until === "end" ? fidelities.at(-1)! : fidelities[0]!, bracket, rung: 0, below: [] };
}

/** Records that a trial took a slot. */
export function fillLadder(state: Ladders, { bracket }: Slot, trial: TrialId): void {
  state.started++;
  state.brackets[bracket]!.started++;
  begin(state, trial, bracket, 0);
}

/** The next promotion: the best trial on top of the highest rung that has one. It looks at the first `rungs` rungs of each ladder only. */
export function promote(state: Ladders, rungs: number = Infinity): Move | null {
  for (let below = 2; below <= state.fidelities.length; below++) {
    for (let bracket = 0; bracket < state.brackets.length; bracket++) {
      const ladder = state.brackets[bracket]!;
      const index = ladder.fidelities.length - below;
      if (index < 0 || index >= rungs) continue;
      const rung = ladder.rungs[index]!;
      const trial = bestReady(rung);
      if (trial === null) continue;
      promoteBest(rung);
      begin(state, trial, bracket, index + 1);
      return { kind: "resume", trial, until: ladder.fidelities[index + 1]! };
    }
  }
  return null;
}

/** The trials that wait at a rung, and the rung above it. */
export function pausedIn({ brackets }: Ladders): readonly PausedTrial[] {
  return brackets.flatMap(({ fidelities, rungs }) =>
    rungs.flatMap((rung, index) => waitingAt(rung).map((trial) => ({ trial, until: fidelities[index + 1]! }))),
  );
}

/** Promotes one of the trials that wait at a rung, whatever its rank. */
export function promotePaused(state: Ladders, { trial, until }: PausedTrial): Move {
  const index = headingOf(state, trial);
  const bracket = bracketOf(state, trial);
  promoteWaiting(state.brackets[bracket]!.rungs[index]!, trial);
  begin(state, trial, bracket, index + 1);
  return { kind: "resume", trial, until };
}

/**
 * The next promotion where no new trial will come, and no rung promotes by its share. Each rung, the highest first, promotes its best
 * trial, or the next best if that has failed since, up to the third. So the best trial of each ladder is trained to the end, as in a
 * synchronous bracket that ends early. A ladder waits until none of its trials runs. It looks at the first `rungs` rungs of each ladder
 * only.
 */
export function promoteLast(state: Ladders, { trials }: History, rungs: number = Infinity): Move | null {
  const hasFailed = (trial: TrialId): boolean => trials[trial]!.status === "failed";
  for (const [bracket, ladder] of state.brackets.entries()) {
    if (ladder.running > 0) continue;
    for (let index = Math.min(ladder.rungs.length, rungs) - 1; index >= 0; index--) {
      const trial = promoteLeader(ladder.rungs[index]!, hasFailed);
      if (trial === null) continue;
      begin(state, trial, bracket, index + 1);
      return { kind: "resume", trial, until: ladder.fidelities[index + 1]! };
    }
  }
  return null;
}

export function isRunning({ brackets }: Ladders): boolean {
  return brackets.some(({ running }) => running > 0);
}

/** For promotion: a job has ended at its rung, where the trial now waits, or it has failed. */
export function hearPausing(state: Ladders, report: Report, slots: Slots): void {
  if (report.kind === "measured") return;
  const ladder = ladderOf(state, report.trial);
  ladder.running--;
  const rung = ladder.rungs[headingOf(state, report.trial)];
  if (rung === undefined) return;
  if (report.kind === "failed") enterFailure(rung, slots);
  else enter(rung, standingOf(report.trial, report.measurement), slots);
}

/**
 * For stopping: a job that runs to the end has reported. It may be stopped at the rungs that it has reached since its last report. A job at
 * its end cannot be stopped, but its last report too is its result at the rungs that it had not reached before.
 */
export function hearStopping(state: Ladders, report: Report, slots: Slots): readonly Directive[] {
  const ladder = ladderOf(state, report.trial);
  if (report.kind === "failed") {
    ladder.running--;
    const rung = ladder.rungs[headingOf(state, report.trial)];
    if (rung !== undefined) enterFailure(rung, slots);
    return [];
  }
  const stays = passRungs(state, report.trial, report.measurement, slots);
  if (report.kind === "measured" && stays) return [];
  ladder.running--;
  return report.kind === "measured" ? [{ kind: "stop", job: report.job }] : [];
}

/** Enters a result in the rungs from the one that the trial was heading for up to its fidelity. @returns false where it is not on top. */
function passRungs(state: Ladders, trial: TrialId, measurement: Measurement, slots: Slots): boolean {
  const bracket = bracketOf(state, trial);
  const { fidelities, rungs } = state.brackets[bracket]!;
  const standing = standingOf(trial, measurement);
  for (let index = headingOf(state, trial); index < rungs.length && fidelities[index]! <= measurement.fidelity; index++) {
    head(state, trial, bracket, index + 1);
    if (!enter(rungs[index]!, standing, slots)) return false;
  }
  return true;
}

function begin(state: Ladders, trial: TrialId, bracket: number, rung: number): void {
  state.brackets[bracket]!.running++;
  while (state.at.length < trial) state.at.push(0);
  head(state, trial, bracket, rung);
}

/** The rung that a trial is on the way to. */
function headingOf(state: Ladders, trial: TrialId): number {
  return (state.at[trial]! - 1) % state.fidelities.length;
}

function head(state: Ladders, trial: TrialId, bracket: number, rung: number): void {
  state.at[trial] = 1 + bracket * state.fidelities.length + rung;
}

function bracketOf(state: Ladders, trial: TrialId): number {
  return Math.floor((state.at[trial]! - 1) / state.fidelities.length);
}

function ladderOf(state: Ladders, trial: TrialId): Ladder {
  return state.brackets[bracketOf(state, trial)]!;
}
