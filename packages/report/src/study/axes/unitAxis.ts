/** An axis that carries values to the unit interval, with the ticks there. */
import type { Tick } from "../../svg/scale.ts";

export type UnitAxis<V> = {
  /** What is along the axis: data, such as the name of a parameter. */
  readonly name: string;
  /** From 0 to 1, for values that the axis does not show too. */
  readonly at: (value: V) => number;
  /** In the unit interval, ascending. */
  readonly ticks: readonly Tick[];
};
