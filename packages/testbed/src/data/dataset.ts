/**
 * A data set in single precision, which is what the network trains on. Each row is an example, and each column is a feature. Where the
 * error of the best possible rule is known, the data states it. So you can compare a learning curve with the lowest error that is possible.
 */
import { refuse } from "../check.ts";

type DatasetRows = {
  readonly name: string;
  /** Rows. */
  readonly n: number;
  /** Columns. */
  readonly d: number;
  /** Row-major n x d. */
  readonly inputs: Float32Array;
};

/** Rows with a class for each. */
export type ClassificationData = DatasetRows & {
  readonly kind: "classification";
  /** n class indices: whole numbers from 0 to `classes` - 1. */
  readonly labels: Float32Array;
  readonly classes: number;
  /** The error rate of the best possible rule on new rows. null if it is unknown. */
  readonly bayesError: number | null;
};

/** Rows with target numbers for each. */
export type RegressionData = DatasetRows & {
  readonly kind: "regression";
  /** Row-major n x `outputs`. */
  readonly targets: Float32Array;
  readonly outputs: number;
  /**
   * The mean squared error per target of the best possible rule on new rows. null if it is unknown. The loss "squaredError" of a network is
   * half of it, summed over the targets.
   */
  readonly noiseVariance: number | null;
};

/** A data set of either kind. */
export type Dataset = ClassificationData | RegressionData;

/**
 * The rows with these indices, in this order, as a new data set. An index may occur more than once.
 *
 * @throws ConfigError for an index that is not a row.
 */
export function rowsOf<D extends Dataset>(dataset: D, indices: ArrayLike<number>): D;
export function rowsOf(dataset: Dataset, indices: ArrayLike<number>): Dataset {
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row]!;
    if (!(Number.isInteger(index) && index >= 0 && index < dataset.n))
      refuse("badRow", `index ${row} into ${dataset.name}`, `a row 0 ... ${dataset.n - 1}`, String(index), "Ask for an existing row.");
  }
  const inputs = gather(dataset.inputs, dataset.d, indices);
  return dataset.kind === "classification"
    ? { ...dataset, n: indices.length, inputs, labels: gather(dataset.labels, 1, indices) }
    : { ...dataset, n: indices.length, inputs, targets: gather(dataset.targets, dataset.outputs, indices) };
}

function gather(table: Float32Array, width: number, indices: ArrayLike<number>): Float32Array {
  const rows = new Float32Array(indices.length * width);
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row]! * width;
    rows.set(table.subarray(from, from + width), row * width);
  }
  return rows;
}
