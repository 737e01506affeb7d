/** The horizontal axis of figures over the budget: linear from 0 for evaluations, logarithmic for resource. */
import type { CurveAxis } from "../analysis/axis.ts";
import { log10 } from "../statistics/logRegret.ts";
import { linearScale, linearTicks, plainLogTicks, type Tick } from "../svg/scale.ts";

export type BudgetScale = {
  /** From a position to pixels. */
  (position: number): number;
  readonly left: number;
  readonly right: number;
  /** The values at both ends, or their log10. */
  readonly values: readonly [number, number];
  readonly scale: "linear" | "log";
  /** Places are in pixels. */
  ticks(most: number): readonly Tick[];
};

export function budgetScale({ kind, positions }: CurveAxis, range: readonly [number, number]): BudgetScale {
  const [left, right] = range;
  const last = positions[positions.length - 1]!;
  if (kind === "evaluations") {
    const x = linearScale([0, last], range);
    return Object.assign((position: number) => x(position), {
      left,
      right,
      values: x.domain,
      scale: "linear" as const,
      ticks: (most: number) => linearTicks(x.domain, most).map(({ at, label }) => ({ at: x(at), label })),
    });
  }
  const x = linearScale([log10(positions[0]!), log10(last)], range);
  return Object.assign((position: number) => x(log10(position)), {
    left,
    right,
    values: x.domain,
    scale: "log" as const,
    ticks: (most: number) => plainLogTicks(x.domain, most).map(({ at, label }) => ({ at: x(at), label })),
  });
}
