/** The axis of a parameter, on its scale: the unit coordinate of `encode`. */
import { countValues, createSpace, decode, encode, type Param, type ParamValue, type Plain, plainOf, valueAt } from "@caviar-hpo/core";
import { pow } from "@caviar-hpo/numerics";
import { valueCell } from "../../configCell.ts";
import { log10 } from "../../statistics/logRegret.ts";
import { linearTicks, plainLogTicks, type Tick } from "../../svg/scale.ts";
import { numberWords, valueWords } from "../numberWords.ts";
import type { UnitAxis } from "./unitAxis.ts";

export type ParamAxis = UnitAxis<ParamValue> & {
  readonly param: Plain;
  /** Whether the options of a choice lie along the axis, each in a stretch of its own. */
  readonly options: number | null;
  /** The value at a unit coordinate, or at the index of an option that has no order. */
  readonly valueAt: (coordinate: number) => string | number;
};

export function paramAxis(name: string, given: Param): ParamAxis {
  const param = plainOf(given);
  const space = createSpace([["value", param]]);
  const at = (value: ParamValue): number => encode(space, { value })[0]!;
  if (param.kind === "choice") {
    const count = param.options.length;
    const ticks = param.options.map((option, index) => ({ at: (index + 0.5) / count, label: valueWords(option) }));
    const optionAt = (coordinate: number): string | number =>
      valueCell(param.options[param.ordered ? Math.min(count - 1, Math.floor(coordinate * count)) : coordinate]!);
    return { name, param, options: count, at: (value) => (param.options.indexOf(value) + 0.5) / count, ticks, valueAt: optionAt };
  }
  const ticks = new Map<string, Tick>();
  for (const value of roundValues(param)) {
    if (value < param.low || value > param.high || (param.kind === "int" && !Number.isInteger(value))) continue;
    const label = numberWords(value, 6);
    ticks.set(label, { at: at(value), label });
  }
  if (ticks.size < 2) {
    for (const place of [0, 0.5, 1]) {
      const value = decode(space, Float64Array.of(place)).value as number;
      ticks.set(numberWords(value, 3), { at: at(value), label: numberWords(value, 3) });
    }
  }
  const valueOn = (coordinate: number): number => decode(space, Float64Array.of(coordinate)).value as number;
  return { name, param, options: null, at, ticks: [...ticks.values()].sort((a, b) => a.at - b.at), valueAt: valueOn };
}

/** Values that are short to write, and lie evenly on the scale as far as possible. */
function roundValues(param: Exclude<Plain, { kind: "choice" }>): readonly number[] {
  const { low, high, scale, step } = param;
  if (step !== undefined) return everySo(0, countValues(param) - 1).map((index) => valueAt(param, index));
  switch (scale) {
    case "linear":
      return high - low < Infinity ? linearTicks([low, high], 6).map(({ at }) => Number(at.toPrecision(12))) : [];
    case "log":
      return decadeValues(low, high);
    case "oneMinusLog":
      return decadeValues(1 - high, 1 - low).map((distance) => Number((1 - distance).toPrecision(12)));
    case "mirroredLog":
      return decadeValues(low, high).map((distance) => Number((high + low - distance).toPrecision(6)));
  }
}

function decadeValues(low: number, high: number): readonly number[] {
  const [from, to] = [log10(low), log10(high)];
  const ticks = plainLogTicks([from, to], 7);
  const shown = ticks.length > 0 ? ticks : everySo(Math.ceil(from), Math.floor(to)).map((at) => ({ at }));
  return shown.map(({ at }) => Number(pow(10, at).toPrecision(6)));
}

/** At most seven whole numbers from `first` to `last`, equally far apart. */
function everySo(first: number, last: number): readonly number[] {
  const stride = Math.max(1, Math.ceil((last - first) / 6));
  return Array.from({ length: Math.max(0, Math.floor((last - first) / stride) + 1) }, (_, index) => first + index * stride);
}
