/** The axis of trials in the order in which they began. */
import { linearTicks } from "../../svg/scale.ts";
import type { UnitAxis } from "./unitAxis.ts";

export function trialAxis(count: number): UnitAxis<number> {
  const last = Math.max(1, count - 1);
  const at = (trial: number): number => 0.01 + (0.98 * trial) / last;
  const ticks = linearTicks([0, last], 10).filter(({ at: trial }) => Number.isInteger(trial));
  return { name: "trial", at, ticks: ticks.map(({ at: trial }) => ({ at: at(trial), label: String(trial) })) };
}
