/**
 * The axes of a Parzen estimator: where the values of a parameter lie for a kernel. All but unordered choices lie on [0, 1], by their
 * scale: a real is a point; a stepped real, an integer and an ordered choice are the middle of one of several equal cells. An integer k on
 * a log scale has the cell [ln(k - 1/2), ln(k + 1/2)], as in Optuna, so that its kernel is at ln k. These cells are not the codec's. The
 * place of an unordered choice is the index of its option.
 */
import { type Config, countValues, type Plain } from "@caviar-hpo/core";
import { exp, log, log1p } from "@caviar-hpo/numerics";

export type DensityAxis =
  | { readonly kind: "interval" }
  | { readonly kind: "cells"; readonly cells: number }
  | { readonly kind: "logCells"; readonly low: number; readonly high: number }
  | { readonly kind: "options"; readonly options: number };

/** The axis of a parameter; null if it has one value only. */
export function axisOf(param: Plain): DensityAxis | null {
  if (param.kind === "choice") {
    const options = param.options.length;
    if (options === 1) return null;
    return param.ordered ? { kind: "cells", cells: options } : { kind: "options", options };
  }
  if (param.low === param.high) return null;
  if (param.kind === "int" && param.scale === "log") return { kind: "logCells", low: param.low, high: param.high };
  if (param.kind === "real" && param.step === undefined) return { kind: "interval" };
  const cells = countValues(param);
  return cells === 1 ? null : { kind: "cells", cells };
}

/** Where a value lies on its axis, given its coordinate by the codec. */
export function place(axis: DensityAxis, unit: number, value: Config[string]): number {
  switch (axis.kind) {
    case "interval":
    case "cells":
      return unit;
    case "logCells":
      return placeOfInteger(axis, value as number);
    case "options":
      return Math.min(axis.options - 1, Math.floor(unit * axis.options));
  }
}

/** The place of the value that a point of [0, 1] stands for: the point itself on an interval, the middle of its cell elsewhere. */
export function snap(axis: Exclude<DensityAxis, { kind: "options" }>, point: number): number {
  switch (axis.kind) {
    case "interval":
      return point;
    case "cells":
      return (Math.min(axis.cells - 1, Math.floor(point * axis.cells)) + 0.5) / axis.cells;
    case "logCells":
      return placeOfInteger(axis, integerAt(axis, point));
  }
}

/** The codec's coordinate of a place. */
export function unitAt(axis: DensityAxis, placed: number): number {
  switch (axis.kind) {
    case "interval":
    case "cells":
      return placed;
    case "logCells":
      return Math.min(1, log((integerAt(axis, placed) + 0.5) / axis.low) / log((axis.high + 1) / axis.low));
    case "options":
      return (placed + 0.5) / axis.options;
  }
}

/** The cell around a place, as its middle and its width. The width is not computed from the edges: at 2^53 both are the same double. */
export function cellAround(
  axis: DensityAxis & { kind: "cells" | "logCells" },
  placed: number,
): { readonly middle: number; readonly width: number } {
  if (axis.kind === "cells") return { middle: placed, width: 1 / axis.cells };
  const value = integerAt(axis, placed);
  const width = log1p(1 / (value - 0.5)) / lengthOf(axis);
  return { middle: (log(value - 0.5) - log(axis.low - 0.5)) / lengthOf(axis) + width / 2, width };
}

function integerAt(axis: DensityAxis & { kind: "logCells" }, point: number): number {
  const value = Math.round(exp(log(axis.low - 0.5) + point * lengthOf(axis)));
  return Math.min(axis.high, Math.max(axis.low, value));
}

function placeOfInteger(axis: DensityAxis & { kind: "logCells" }, value: number): number {
  return (log(value) - log(axis.low - 0.5)) / lengthOf(axis);
}

function lengthOf({ low, high }: DensityAxis & { kind: "logCells" }): number {
  return log(high + 0.5) - log(low - 0.5);
}
