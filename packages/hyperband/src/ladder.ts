/**
 * Ladders: the state of asynchronous halving. Each bracket has a ladder of fidelities, with a rung of results at each fidelity but the
 * last, because trials end there. Brackets share the new trials in proportion to their weights: each new trial joins the bracket that is
 * furthest behind its share (Webster's rule for seats in a parliament). After as many trials as the sum of the weights, each bracket has
 * had exactly its weight.
 */
import type { Report, TrialId } from "@caviar-hpo/core";
import { type Directive, type Move, type Slot, standingOf } from "@caviar-hpo/core/contract";
import type { RungPlan } from "./brackets.ts";
import { bestReady, emptyRung, enter, enterFailure, promoteBest, type Rung } from "./rung.ts";

export type Ladder = { readonly fidelities: readonly number[]; readonly weight: number; started: number; readonly rungs: readonly Rung[] };

/**
 * `at` holds for each trial id the ladder of the trial and the rung that it is, or was, on the way to: 1 + bracket x fidelities + rung. 0
 * means that the trial is on no ladder. It is a list, because an object that gains and loses trials costs several times as much. `running`
 * counts the trials that run, `started` all trials so far.
 */
export type Ladders = {
  readonly brackets: readonly Ladder[];
  readonly fidelities: readonly number[];
  started: number;
  running: number;
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
    rungs: rungs.slice(1).map(emptyRung),
  }));
  return { brackets, fidelities: brackets[0]!.fidelities, started: 0, running: 0, at: [] };
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

/** For promotion: a job has ended at its rung, where the trial now waits, or it has failed. */
export function hearPausing(state: Ladders, report: Report, slots: Slots): void {
  if (report.kind === "measured") return;
  const bracket = bracketOf(state, report.trial);
  const rung = state.brackets[bracket]!.rungs[end(state, report.trial)];
  if (rung === undefined) return;
  if (report.kind === "failed") enterFailure(rung, slots);
  else enter(rung, standingOf(report.trial, report.measurement), slots);
}

/**
 * For stopping: a job that runs to the end has reached a rung, and may be stopped there. A rung that it does not report decides nothing.
 */
export function hearStopping(state: Ladders, report: Report, slots: Slots): readonly Directive[] {
  const bracket = bracketOf(state, report.trial);
  const { fidelities, rungs } = state.brackets[bracket]!;
  if (report.kind === "failed") {
    const heading = end(state, report.trial);
    if (heading < rungs.length) enterFailure(rungs[heading]!, slots);
    return [];
  }
  const index = fidelities.indexOf(report.measurement.fidelity);
  if (report.kind === "finished") end(state, report.trial);
  if (report.kind === "finished" || index < 0) return [];
  head(state, report.trial, bracket, index + 1);
  if (enter(rungs[index]!, standingOf(report.trial, report.measurement), slots)) return [];
  end(state, report.trial);
  return [{ kind: "stop", job: report.job }];
}

function begin(state: Ladders, trial: TrialId, bracket: number, rung: number): void {
  state.running++;
  while (state.at.length < trial) state.at.push(0);
  head(state, trial, bracket, rung);
}

/** Takes a trial out of those that run, and returns the rung that it was on the way to. */
function end(state: Ladders, trial: TrialId): number {
  state.running--;
  return (state.at[trial]! - 1) % state.fidelities.length;
}

function head(state: Ladders, trial: TrialId, bracket: number, rung: number): void {
  state.at[trial] = 1 + bracket * state.fidelities.length + rung;
}

function bracketOf(state: Ladders, trial: TrialId): number {
  return Math.floor((state.at[trial]! - 1) / state.fidelities.length);
}
