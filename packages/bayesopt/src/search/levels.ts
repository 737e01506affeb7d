/** The values of a parameter that is not smooth, by number. */
import { countValues, indexOfValue, type ParamValue, type Plain, valueAt } from "@caviar-hpo/core";

export type ParameterLevels = {
  readonly count: number;
  /** Value number `index`, ascending or in the order of the options, as the codec gives it. */
  at(index: number): ParamValue;
  indexOf(value: ParamValue): number;
};

/** null where a parameter has all values of an interval. */
export function levelsOf(param: Plain): ParameterLevels | null {
  const count = countValues(param);
  if (count === Infinity) return null;
  return { count, at: (index) => valueAt(param, index), indexOf: (value) => indexOfValue(param, value) };
}
