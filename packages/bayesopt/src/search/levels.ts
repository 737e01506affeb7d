/** The values of a parameter that is not smooth, by number. */
import { decode, type ParamValue, type Plain, type Space } from "@caviar-hpo/core";

export type ParameterLevels = {
  readonly count: number;
  /** Value number `index`, ascending or in the order of the options, as the codec gives it. */
  at(index: number): ParamValue;
  indexOf(value: ParamValue): number;
};

/** null where a parameter has all values of an interval. */
export function levelsOf(param: Plain): ParameterLevels | null {
  if (param.kind === "choice") {
    const { options } = param;
    return { count: options.length, at: (index) => options[index]!, indexOf: (value) => options.indexOf(value) };
  }
  const { low, high } = param;
  if (low === high) return { count: 1, at: () => low, indexOf: () => 0 };
  if (param.kind === "real" && param.step === undefined) return null;
  const step = param.step ?? 1;
  const indexOf = (value: ParamValue): number => Math.round(((value as number) - low) / step);
  if (param.kind === "int") return { count: Math.floor((high - low) / step) + 1, at: (index) => low + index * step, indexOf };
  const space: Space = { params: [["value", param]], dims: 1, where: [] };
  const valueAt = (p: number): number => decode(space, Float64Array.of(p)).value as number;
  const count = indexOf(valueAt(1)) + 1;
  return { count, at: (index) => valueAt((index + 0.5) / count), indexOf };
}
