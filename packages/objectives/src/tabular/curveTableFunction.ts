/**
 * A table of learning curves as a function of several fidelities: the fidelity is the number of training points, and the parameter chooses
 * the learner. The value is that of the largest measured size which is not above the fidelity, so every value was measured. A learner is
 * trained again for each size. Its time is the mean over the splits; where a larger size took less time than a smaller one, the time of the
 * smaller one counts for both.
 */
import { type Config, checkConfig, createSpace, derive, type Key, stream } from "@caviar-hpo/core";
import { checkFidelity, firstRun, type MultiFidelityFunction } from "../multiFidelity/multiFidelityFunction.ts";
import type { CurveTableFacts } from "./curveTables.ts";
import { configOfRow, countRows, meansOf, rowOf, type Table } from "./table.ts";

/** mean: the mean over all splits. one: the value of one split, which the run draws for all learners and sizes. */
export type Splits = "mean" | "one";

/** Runs are judged by the mean over all splits in both cases. The minimum is exact. */
export function curveTableFunction(facts: CurveTableFacts, table: Table, splits: Splits): MultiFidelityFunction {
  const { name, title, axes, sizes, source } = facts;
  const learners = axes.slice(0, 1);
  const space = createSpace(learners);
  const fidelity = { unit: "training points", min: sizes[0]!, max: sizes.at(-1)!, whole: true };
  const id = splits === "mean" ? `lcdb-${name}` : `lcdb-${name}-split`;
  const means = meansOf(table);
  const seconds = risingSeconds(table, sizes.length);
  const rowAt = (config: Config, points: number): number => {
    checkFidelity(id, fidelity, points);
    return rowOf(axes, { ...checkConfig(space, config), size: sizes.filter((size) => size <= points).at(-1)! });
  };
  const truth = (config: Config): number => means[rowAt(config, fidelity.max)]!;
  const configs = Array.from({ length: countRows(learners) }, (_, row) => configOfRow(learners, row));
  const value = Math.min(...configs.map(truth));
  return {
    id,
    title: splits === "mean" ? title : `${title}, of one split`,
    space,
    fidelity,
    resumable: false,
    evaluate: (config, points, run = firstRun) => {
      const row = rowAt(config, points);
      return splits === "mean" ? means[row]! : table.values[row * table.seeds + splitOf(run, name, table.seeds)]!;
    },
    truth,
    feasible: (config) => rowAt(config, fidelity.max) >= 0,
    costSeconds: (config, points) => seconds[rowAt(config, points)]!,
    optimum: { value, tolerance: 0 },
    minimisers: configs.filter((config) => truth(config) === value),
    minimisersComplete: true,
    source,
  };
}

function splitOf(run: Key, name: string, count: number): number {
  return Math.floor(stream(derive(run, "split", name)).uniform() * count);
}

/** The largest mean time of a learner up to each size. */
function risingSeconds({ seconds }: Table, sizes: number): Float64Array {
  const rising = Float64Array.from(seconds);
  for (let row = 0; row < rising.length; row++) if (row % sizes > 0) rising[row] = Math.max(rising[row]!, rising[row - 1]!);
  return rising;
}
