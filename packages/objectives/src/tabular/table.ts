/**
 * A table: measured values of all configurations of a finite space. Each configuration was trained several times, with different seeds.
 * Rows are numbered by the values of the parameters; the last parameter changes fastest.
 */
import { type Config, countValues, indexOfValue, type ParamValue, type Plain, valueAt } from "@caviar-hpo/core";

/** The numbers of a table. Values are minimised. */
export type Table = {
  /** How often each configuration was trained, at most. */
  readonly seeds: number;
  /** Row by row, one value per seed. Infinity stands for a training that was not made. Each row has at least one value. */
  readonly values: Float64Array;
  /** The mean training time of each row, in seconds. */
  readonly seconds: Float64Array;
};

/** The parameters of a table. Each has finitely many values. */
export type TableAxes = readonly (readonly [name: string, param: Plain])[];

/** The number of configurations. */
export function countRows(axes: TableAxes): number {
  return axes.reduce((product, [, param]) => product * countValues(param), 1);
}

/** The row of a configuration, which must be one of the space. */
export function rowOf(axes: TableAxes, config: Config): number {
  return axes.reduce((row, [name, param]) => row * countValues(param) + indexOfValue(param, config[name]!), 0);
}

/** The configuration of a row. */
export function configOfRow(axes: TableAxes, row: number): Config {
  const values: (readonly [string, ParamValue])[] = [];
  let rest = row;
  for (const [name, param] of [...axes].reverse()) {
    const count = countValues(param);
    values.push([name, valueAt(param, rest % count)]);
    rest = Math.floor(rest / count);
  }
  return Object.fromEntries(values.reverse());
}

/** The values of a row: one per training that was made, in the order of the seeds. */
export function valuesOf({ seeds, values }: Table, row: number): readonly number[] {
  return Array.from(values.subarray(row * seeds, (row + 1) * seeds)).filter(Number.isFinite);
}

/** The mean of the values of each row. */
export function meansOf({ seeds, values }: Table): Float64Array {
  return Float64Array.from({ length: values.length / seeds }, (_, row) => {
    let sum = 0;
    let count = 0;
    for (let k = row * seeds; k < (row + 1) * seeds; k++) {
      if (values[k] === Infinity) continue;
      sum += values[k]!;
      count++;
    }
    return sum / count;
  });
}
