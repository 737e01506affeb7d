/**
 * What a run spent, as its lines tell it. A ledger adds up if every line follows from those above it and the budget is spent: then a change
 * of any single number shows. Some honest runs do not add up, for instance because the strategy was done early, or stopped jobs at work,
 * whose last steps no line reports. Only running them again decides about those.
 */
import type { Problem } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import type { TrainingLine } from "../arena/arena.ts";
import type { CellBudget } from "../plan/cells.ts";
import { canonicalJson } from "../record/canonical.ts";
import type { RecommendationLine, RecordLine } from "../run/transcript.ts";

export type Ledger = {
  readonly measurements: number;
  /** In units of fidelity; evaluations where evaluations are counted. */
  readonly spent: number;
  /** Every run spends less. */
  readonly bound: number;
  readonly addsUp: boolean;
};

export function ledgerOf(lines: readonly RecordLine[], { units }: CellBudget, { fidelity, resumable }: Problem): Ledger {
  if (fidelity === null) {
    const { length } = lines;
    return { measurements: length, spent: length, bound: units + 1, addsUp: length === units };
  }
  const measured = lines.filter((line) => "resource" in line);
  const recommended = lines.filter((line) => "from" in line);
  const spent = measured.at(-1)?.resource ?? 0;
  return {
    measurements: measured.length,
    spent,
    // A job begins while less than the budget is spent and promised, and costs one full training at most.
    bound: (units + 1) * fidelity.max,
    addsUp: spent >= units * fidelity.max && follows(measured, resumable) && sameJson(leadersOf(measured), recommended.map(withoutValue)),
  };
}

/**
 * Whether trials are numbered in the order of their first lines, each with a configuration that no other has, whether each continues where
 * it was, and whether each line has spent what this costs.
 */
function follows(measured: readonly TrainingLine[], resumable: boolean): boolean {
  const trials: TrainingLine[] = [];
  const configs = new Set<string>();
  let spent = 0;
  return measured.every((line) => {
    const before = trials[line.trial];
    spent += line.fidelity - (resumable ? (before?.fidelity ?? 0) : 0);
    if (line.resource !== spent) return false;
    trials[line.trial] = line;
    if (before !== undefined) return line.fidelity > before.fidelity && before.told !== null && sameJson(line.config, before.config);
    configs.add(canonicalJson(line.config));
    return line.trial === trials.length - 1 && configs.size === trials.length;
  });
}

type Leader = Omit<RecommendationLine, "value">;

/** The best trial of the highest fidelity that any has reached, each time it is another one or has trained further. */
function leadersOf(measured: readonly TrainingLine[]): readonly Leader[] {
  const latest = new Map<number, TrainingLine>();
  const leaders: Leader[] = [];
  let best: TrainingLine | null = null;
  for (const line of measured) {
    latest.set(line.trial, line);
    const lost = line.trial === best?.trial && line.told === null;
    const before = best;
    best = lost ? [...latest.values()].reduce(better, null) : better(best, line);
    if (best !== null && best !== before) leaders.push({ from: line.resource, trial: best.trial, fidelity: best.fidelity });
  }
  return leaders;
}

/** A failed trial leads nothing. */
function better(best: TrainingLine | null, line: TrainingLine): TrainingLine | null {
  if (line.told === null) return best;
  if (best === null || line.fidelity !== best.fidelity) return best === null || line.fidelity > best.fidelity ? line : best;
  return line.told < best.told! || (line.told === best.told && line.trial < best.trial) ? line : best;
}

function withoutValue({ from, trial, fidelity }: RecommendationLine): Leader {
  return { from, trial, fidelity };
}
