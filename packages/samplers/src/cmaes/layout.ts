/**
 * Which coordinate of the search stands for which parameter. Reals, whole numbers and ordered choices are axes of the normal distribution,
 * in unit coordinates, so that a log scale is searched in log space. An unordered choice has a categorical distribution. A parameter with
 * one value has neither. The coordinate of an inactive parameter exists too, and no value depends on it.
 */
import { countValues, type Plain, plainOf, type Space } from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";

/** The values of a parameter as cells of [0, 1]: value k is between `edge(k)` and `edge(k + 1)`. */
export type Cells = { readonly count: number; edge(cell: number): number; cellAt(unit: number): number };

/** An axis of the normal distribution, for the parameter with the index `param`. `cells` is null for a real without steps. */
export type Axis = { readonly param: number; readonly cells: Cells | null };

/** An unordered choice, for the parameter with the index `param`. */
export type Options = { readonly param: number; readonly count: number };

export type Layout = { readonly space: Space; readonly axes: readonly Axis[]; readonly choices: readonly Options[] };

/** What the search knows of a point: its coordinate on each axis, before any folding or widening, and the option of each unordered choice. */
export type Genotype = { readonly point: readonly number[]; readonly options: readonly number[] };

export function layoutOf(space: Space): Layout {
  const known = layouts.get(space);
  if (known !== undefined) return known;
  const axes: Axis[] = [];
  const choices: Options[] = [];
  space.params.forEach(([, given], param) => {
    const plain = plainOf(given);
    const count = countValues(plain);
    if (count === 1) return;
    if (plain.kind === "choice" && !plain.ordered) choices.push({ param, count });
    else axes.push({ param, cells: count === Infinity ? null : cellsOf(plain, count) });
  });
  const layout = { space, axes, choices };
  layouts.set(space, layout);
  return layout;
}

const layouts = new WeakMap<Space, Layout>();

/** The cells of the codec: equal ones, or those of the integer law where the scale is logarithmic. */
function cellsOf(param: Plain, count: number): Cells {
  const within = (cell: number): number => Math.min(count - 1, Math.max(0, Math.floor(cell)));
  if (param.kind !== "int" || param.scale !== "log") return { count, edge: (cell) => cell / count, cellAt: (unit) => within(unit * count) };
  const { low, high } = param;
  const length = log((high + 1) / low);
  return {
    count,
    edge: (cell) => log((low + cell) / low) / length,
    cellAt: (unit) => within(low * exp(Math.min(1, Math.max(0, unit)) * length) - low),
  };
}
