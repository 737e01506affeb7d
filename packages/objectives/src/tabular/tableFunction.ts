/** A table as a function to minimise: the value of a configuration is the mean over its trainings. */
import { type Config, checkConfig, createSpace, derive, type Key, stream } from "@caviar-hpo/core";
import type { MixedFunction } from "../mixed/mixedFunction.ts";
import { configOfRow, meansOf, rowOf, type Table, valuesOf } from "./table.ts";
import type { TableFacts } from "./tableFacts.ts";

export type TableFunction = MixedFunction & {
  /** The mean training time of a configuration, in seconds. */
  readonly seconds: (config: Config) => number;
  /**
   * The value of one training, drawn by the key, the configuration and the replicate. So the noise of a table is real: it is what another
   * seed of the training changes.
   */
  readonly oneSeed: (config: Config, replicate: number, key: Key) => number;
  /** The values of all configurations, by row. */
  readonly means: Float64Array;
};

/** The minimum is exact, because every configuration is in the table. */
export function tableFunction(facts: TableFacts, table: Table): TableFunction {
  const { name, title, axes, source } = facts;
  const space = createSpace(axes);
  const means = meansOf(table);
  const rowAt = (config: Config): number => rowOf(axes, checkConfig(space, config));
  const value = means.reduce((least, mean) => Math.min(least, mean), Infinity);
  return {
    id: `table-${name}`,
    title,
    space,
    evaluate: (config) => means[rowAt(config)]!,
    optimum: { value, tolerance: 0 },
    minimisers: Array.from(means.keys())
      .filter((row) => means[row] === value)
      .map((row) => configOfRow(axes, row)),
    minimisersComplete: true,
    source,
    seconds: (config) => table.seconds[rowAt(config)]!,
    oneSeed: (config, replicate, key) => {
      const row = rowAt(config);
      const values = valuesOf(table, row);
      return values[Math.floor(stream(derive(key, "seed", name, row, replicate)).uniform() * values.length)]!;
    },
    means,
  };
}
