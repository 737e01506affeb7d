/**
 * What a run spent, as its lines tell it. A ledger adds up if every line follows from those above it, the budget is spent, and the end line
 * says the same: then a change of any single number shows. Some honest runs do not add up, for instance because the strategy was done
 * early, or because it stopped jobs at work, whose last steps no line reports. Only running them again decides about those.
 */
import { CaviarError, type Key } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import type { RunCosts } from "@caviar-hpo/report";
import type { Arena } from "../arena/arena.ts";
import type { CellBudget } from "../plan/cells.ts";
import { canonicalWire } from "../record/canonical.ts";
import type { RunEnd } from "../record/record.ts";
import { type RecommendationLine, type RecordLine, toldIn } from "../run/transcript.ts";
import { type AskedMeasurement, askedIn, isMeasurement } from "./measurements.ts";

export type RunLedger = {
  readonly measurements: number;
  /** In units of fidelity; evaluations where evaluations are counted. */
  readonly spent: number;
  /** Every run spends less. */
  readonly bound: number;
  readonly addsUp: boolean;
};

export type EndedRecord = { readonly lines: readonly RecordLine[]; readonly end: RunEnd };

export function ledgerOf({ lines, end }: EndedRecord, budget: CellBudget, arena: Arena): RunLedger {
  const measured = lines.filter(isMeasurement).map((line, index) => ({ ...askedIn(line, index, arena.problem), told: toldIn(line) }));
  const recommended = lines.filter((line) => "from" in line);
  const max = arena.problem.fidelity?.max ?? 1;
  const spent = measured.at(-1)?.resource ?? 0;
  const costs = attempt(() => costsOf(measured, budget, arena));
  const leaders = arena.problem.fidelity === null ? [] : leadersOf(measured);
  const addsUp =
    end.failed === null &&
    spent >= budget.units * max &&
    costs !== null &&
    (end.spent === null || sameJson(costs, end.spent)) &&
    sameJson(leaders, recommended.map(withoutValue)) &&
    recommendsEvaluated(lines, arena.noisy);
  // A job begins while less than the budget is spent and promised, and costs one full training at most.
  return { measurements: measured.length, spent, bound: (budget.units + 1) * max, addsUp };
}

/** A configuration that the problem does not have costs nothing that is known. */
function attempt<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof CaviarError) return null;
    throw error;
  }
}

type MeasuredLine = AskedMeasurement & { readonly told: number };

/** No problem of a campaign draws the duration of a training. */
const noKey: Key = [0, 0, 0, 0];

/**
 * The costs of a run in which trials are numbered in the order of their first lines, every line is a job that continues its trial, and
 * every line has spent what this costs. null for any other run, and for one of several workers, whose jobs overlap. If a trial has two
 * lines in a row, only the strategy knows whether they are one job or two. Here they count as two. If they are one, the costs from scratch
 * differ.
 */
function costsOf(measured: readonly MeasuredLine[], { workers, stragglerSigma }: CellBudget, { problem, seconds }: Arena): RunCosts | null {
  if (workers > 1 || stragglerSigma > 0) return null;
  const trials: MeasuredLine[] = [];
  const configs = new Set<string>();
  let [resource, saved, time] = [0, 0, 0];
  for (const line of measured) {
    const before = trials[line.trial];
    const from = problem.resumable ? (before?.fidelity ?? 0) : 0;
    resource += line.fidelity - from;
    saved += from;
    time += seconds(line.config, from, line.fidelity, noKey);
    trials[line.trial] = line;
    configs.add(canonicalWire(line.config));
    const isNew = before === undefined && line.trial === trials.length - 1;
    const follows = isNew ? problem.fidelity === null || configs.size === trials.length : before !== undefined && continues(before, line);
    if (line.resource !== resource || !follows) return null;
  }
  return { evaluations: measured.length, resource, scratch: resource + saved, time };
}

function continues(before: MeasuredLine, line: MeasuredLine): boolean {
  return line.fidelity > before.fidelity && Number.isFinite(before.told) && sameJson(line.config, before.config);
}

/** Whether a strategy that hears noisy values recommends one of the evaluated points after each evaluation. */
function recommendsEvaluated(lines: readonly RecordLine[], noisy: boolean): boolean {
  const evaluated = new Set<string>();
  return lines.every((line) => {
    if (!("x" in line)) return true;
    evaluated.add(canonicalWire(line.x));
    if (!noisy || !line.recommended) return "recommended" in line === noisy;
    return evaluated.has(canonicalWire(line.recommended.x));
  });
}

type LeaderLine = Omit<RecommendationLine, "value">;

/** The best trial of the highest fidelity that any has reached, each time it is another one or has trained further. */
function leadersOf(measured: readonly MeasuredLine[]): readonly LeaderLine[] {
  const latest = new Map<number, MeasuredLine>();
  const leaders: LeaderLine[] = [];
  let best = null as MeasuredLine | null;
  for (const line of measured) {
    latest.set(line.trial, line);
    const lost: boolean = line.trial === best?.trial && !Number.isFinite(line.told);
    const before: MeasuredLine | null = best;
    best = lost ? [...latest.values()].reduce(better, null) : better(best, line);
    if (best !== null && best !== before) leaders.push({ from: line.resource, trial: best.trial, fidelity: best.fidelity });
  }
  return leaders;
}

/** A failed trial leads nothing. */
function better(best: MeasuredLine | null, line: MeasuredLine): MeasuredLine | null {
  if (!Number.isFinite(line.told)) return best;
  if (best === null || line.fidelity !== best.fidelity) return best === null || line.fidelity > best.fidelity ? line : best;
  return line.told < best.told || (line.told === best.told && line.trial < best.trial) ? line : best;
}

function withoutValue({ from, trial, fidelity }: RecommendationLine): LeaderLine {
  return { from, trial, fidelity };
}
