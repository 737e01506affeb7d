/**
 * Parts of the space that a search can miss: where one discrete parameter has a value that it does not have at the best point. Every second
 * cautious ask looks in one of them, and improves upon the best point there, not upon the best of all. So each value of each such parameter
 * is tried with other parameters that suit it, however bad it looked at first.
 *
 * The turn goes to the stratum of the least n sqrt(r): n trials are in it, and it comes r-th by its best value. A stratum with a trial that
 * is nearly as good as the best of all has no turn: the parameter may do nothing, and the other asks look there anyway.
 */
import { levelsOf } from "../search/levels.ts";
import { unitOf } from "../search/neighbours.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";

export type Stratum = {
  readonly axis: number;
  /** The coordinate of the value in the unit cube. */
  readonly at: number;
  /** Whether each observed trial is in it. */
  readonly inside: readonly boolean[];
};

/** null where there is no discrete parameter with few values, or nothing feasible. @param pending points that still run. */
export function stratumInTurn(model: ProblemModel, pending: readonly Float64Array[]): Stratum | null {
  const rows = bestRows(model);
  const [best] = rows;
  if (best === undefined) return null;
  const { features, units, feasible, values } = model;
  const sorted = rows.map((row) => values.z[row]!);
  const asGood = sorted[0]! + nearly * (sorted[Math.floor(sorted.length / 2)]! - sorted[0]!);
  const strata = features.axes.flatMap((_, axis) =>
    valuesOf(model, axis)
      .filter((at) => at !== units[best]![axis])
      .map((at) => {
        const inside = units.map((unit) => unit[axis] === at);
        const count = inside.filter((one) => one).length + pending.filter((unit) => unit[axis] === at).length;
        const least = values.z.reduce((low, value, row) => (inside[row]! && feasible[row]! ? Math.min(low, value) : low), Infinity);
        return { axis, at, inside, count, least };
      }),
  );
  const ranked = strata.filter(({ least }) => least > asGood).sort((a, b) => (a.least === b.least ? 0 : a.least - b.least));
  const turns = ranked.map(({ count }, rank) => count * Math.sqrt(rank + 1));
  return ranked[turns.indexOf(Math.min(...turns))] ?? null;
}

/** The values of a discrete parameter that always exists, as coordinates; none where there are many or it is real. */
function valuesOf({ features }: ProblemModel, axis: number): readonly number[] {
  const { param } = features.axes[axis]!;
  const levels = levelsOf(param);
  if (levels === null || levels.count < 2 || levels.count > mostValues || features.space.params[axis]![1].kind === "given") return [];
  return Array.from({ length: levels.count }, (_, index) => unitOf(param, levels.at(index)));
}

const mostValues = 8;
/** A share of the distance from the best value to the median. */
const nearly = 0.02;

/** Feasible rows, best first by their values: the cautious model's noise is too large to tell means apart. */
function bestRows({ values: { z }, feasible }: ProblemModel): readonly number[] {
  return Array.from(z.keys())
    .filter((row) => feasible[row]!)
    .sort((a, b) => z[a]! - z[b]! || a - b);
}

/** The best three points of the stratum, and the best three others, moved into it. */
export function eliteOf(model: ProblemModel, { axis, at, inside }: Stratum): readonly Float64Array[] {
  const rows = bestRows(model);
  const chosen = [...rows.filter((row) => inside[row]!).slice(0, 3), ...rows.filter((row) => !inside[row]!).slice(0, 3)];
  return chosen.map((row) => {
    const unit = model.units[row]!.slice();
    unit[axis] = at;
    return model.features.canonical(unit);
  });
}
