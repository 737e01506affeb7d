/**
 * Improves a Latin hypercube by exchanging two levels of one column, which keeps it a Latin hypercube. The search accepts a change
 * for the worse when it is below a random share of a threshold, the rule of Jin, Chen & Sudjianto (2005, J. Stat. Plan. Inference 134:268);
 * the threshold falls geometrically, as in threshold accepting (Dueck & Scheuer 1990; Winker & Fang 1997 for discrepancies). The
 * rule needs no exponential, and effort is counted in exchanges, so every engine makes the same design.
 */
import type { Stream } from "@caviar-hpo/core";
import type { Levels } from "./levels.ts";

/** A criterion to be minimised that knows what one exchange would change in O(points). It owns the levels while it exists. */
export type SwapCriterion = {
  value(): number;
  /** By how much the value would change if `first` and `second`, two different points, exchanged their levels in `column`. */
  change(column: number, first: number, second: number): number;
  swap(column: number, first: number, second: number): void;
  /** Thresholds are fractions of this amount of the criterion. */
  scale(): number;
};

/** `firstThreshold` is a fraction of the criterion's scale; the last one is a hundredth of it. */
export type ExchangeEffort = { readonly exchanges: number; readonly firstThreshold: number };

/** Leaves in `levels` the best design that it visited; the start counts. Needs at least two points. */
export function thresholdAccepting(levels: Levels, criterion: SwapCriterion, effort: ExchangeEffort, source: Stream): void {
  const { at, points, dimensions } = levels;
  const best = at.slice();
  let bestValue = criterion.value();
  let threshold = effort.firstThreshold;
  for (let stage = 0; stage < stages; stage++) {
    for (let exchange = Math.ceil(effort.exchanges / stages); exchange > 0; exchange--) {
      const column = source.integer(dimensions);
      const first = source.integer(points);
      const other = source.integer(points - 1);
      const second = other < first ? other : other + 1;
      const change = criterion.change(column, first, second);
      if (change > threshold * criterion.scale() * source.uniform()) continue;
      criterion.swap(column, first, second);
      if (criterion.value() < bestValue) {
        bestValue = criterion.value();
        best.set(at);
      }
    }
    threshold *= coolingPerStage;
  }
  at.set(best);
}

const stages = 100;
/** The hundredth root of 1/100. */
const coolingPerStage = 0.954992586021436;
