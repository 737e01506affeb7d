/** The axis of fidelities: logarithmic if the highest is at least eight times the lowest. */
import type { Fidelity } from "@caviar-hpo/core";
import { log10 } from "../../statistics/logRegret.ts";
import { linearTicks, logTicks, plainLogTicks } from "../../svg/scale.ts";
import type { UnitAxis } from "../axes/unitAxis.ts";

export function fidelityAxis({ unit, min, max }: Fidelity): UnitAxis<number> {
  const logarithmic = max / min >= 8;
  const onAxis = (fidelity: number): number => (logarithmic ? log10(fidelity) : fidelity);
  const [low, high] = [onAxis(min), onAxis(max)];
  const at = (place: number): number => 0.02 + 0.96 * (high > low ? (place - low) / (high - low) : 0.5);
  const plain = plainLogTicks([low, high], 9);
  const ticks = !logarithmic ? linearTicks([low, high], 9) : plain.length > 0 ? plain : logTicks([low, high], 9);
  return {
    name: unit,
    at: (fidelity) => Math.max(0, Math.min(1, at(onAxis(fidelity)))),
    ticks: ticks.map(({ at: place, label }) => ({ at: at(place), label })),
  };
}
