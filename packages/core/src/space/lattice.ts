/**
 * The lattice of a parameter: how many values it has, and which number each value has, from 0 in ascending order or in the order of the
 * options. This file alone counts: the codec, grids, searches for values not yet tried, and densities ask here.
 */
import type { Int, ParamValue, Plain, Real } from "./param.ts";

/** How many values a parameter has; Infinity for a real number without steps between two different bounds. */
export function countValues(param: Plain): number {
  switch (param.kind) {
    case "choice":
      return param.options.length;
    case "int":
      return Math.floor((param.high - param.low) / (param.step ?? 1)) + 1;
    case "real":
      return param.step === undefined ? (param.low === param.high ? 1 : Infinity) : countSteps(param, param.step) + 1;
  }
}

/** The value with this number, a whole one from 0 to `countValues(param)` - 1. */
export function valueAt(param: Int | Real, index: number): number;
export function valueAt(param: Plain, index: number): ParamValue;
export function valueAt(param: Plain, index: number): ParamValue {
  switch (param.kind) {
    case "choice":
      return param.options[index]!;
    case "int":
      return param.low + (param.step ?? 1) * index;
    case "real":
      return param.step === undefined ? param.low : decimal(param, param.low + param.step * index);
  }
}

/** The number of a value. That of a real need not be exact: the nearest one counts. -1 for what is no option of a choice. */
export function indexOfValue(param: Plain, value: ParamValue): number {
  if (param.kind === "choice") return param.options.indexOf(value);
  const steps = ((value as number) - param.low) / (param.step ?? 1);
  if (param.kind === "int") return Math.round(steps);
  return param.low === param.high ? 0 : Math.min(Math.max(Math.round(steps), 0), countValues(param) - 1);
}

/** Whether `value` is one of the values of a parameter; that of a stepped real may be off by a billionth of the step. */
export function isValueOf(param: Plain, value: unknown): boolean {
  if (param.kind === "choice") return param.options.includes(value as ParamValue);
  if (typeof value !== "number" || !(value >= param.low && value <= param.high)) return false;
  if (param.kind === "int") return Number.isInteger(value) && (value - param.low) % (param.step ?? 1) === 0;
  return param.step === undefined || Math.abs(valueAt(param, indexOfValue(param, value)) - value) <= 1e-9 * param.step;
}

/** (0.3 - 0) / 0.1 counts as 3 steps although it is 2.9999999999999996. */
function countSteps({ low, high }: Real, step: number): number {
  const steps = (high - low) / step;
  const nearest = Math.round(steps);
  return Math.abs(steps - nearest) <= 1e-9 * nearest ? nearest : Math.floor(steps);
}

/** Rounded to 15 significant digits, so that 0.1 + 2 x 0.1 is 0.3, and kept within the bounds. */
function decimal({ low, high }: Real, value: number): number {
  const rounded = Number(value.toPrecision(15));
  return rounded < low ? low : rounded > high ? high : rounded;
}
