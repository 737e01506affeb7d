/**
 * A data set: one row an example, one column a feature, in single precision as the network trains on it. What the best possible rule would
 * still get wrong is part of the data where it is known, so that a curve can be read against the floor it cannot pass.
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

export type ClassificationData = DatasetRows & {
  readonly kind: "classification";
  /** n class indices, whole numbers from 0 to `classes` - 1. */
  readonly labels: Float32Array;
  readonly classes: number;
  /** The error rate of the best possible rule on fresh rows; null if it is unknown. */
  readonly bayesError: number | null;
};

export type RegressionData = DatasetRows & {
  readonly kind: "regression";
  /** Row-major n x `outputs`. */
  readonly targets: Float32Array;
  readonly outputs: number;
  /**
   * The mean squared error, per target, of the best possible rule on fresh rows; null if it is unknown. The loss "squaredError" of a
   * network is half of that, summed over its targets.
   */
  readonly noiseVariance: number | null;
};

export type Dataset = ClassificationData | RegressionData;

/**
 * The rows with these indices, in this order, as a data set of their own; an index may come twice.
 *
 * @throws ConfigError for an index that is none of the rows.
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
