/**
 * Which rows train a network, which ones choose hyperparameters, and which ones are kept for the final test. A split depends on the number
 * of rows and the key. A stratified split also depends on the labels. It never depends on the inputs.
 */
import { ConfigError, derive, type Key, permutation, stream } from "@caviar-hpo/core";
import { anything, boolean, optionReader } from "@caviar-hpo/core/read";
import { checkKey } from "../check.ts";
import { type Dataset, rowsOf } from "./dataset.ts";

/** How many rows each part gets, as whole numbers. Their sum may be less than the number of rows. */
export type SplitSizes = { readonly train: number; readonly validation: number; readonly test?: number };
/** The indices of the rows of each part. */
export type SplitRows = { readonly train: Int32Array; readonly validation: Int32Array; readonly test: Int32Array };
/** The three parts as data sets. */
export type Split<D extends Dataset = Dataset> = { readonly train: D; readonly validation: D; readonly test: D };
export type SplitOptions = {
  /**
   * Whether each part has the class shares of all rows: within one row in `train`, two in `validation`, and three in `test`. false by
   * default.
   */
  readonly stratified?: boolean;
};

/**
 * Splits a data set into three data sets.
 *
 * @param key determines the order of the rows. null keeps their order: first the training rows, then the validation rows, then the test
 * rows.
 * @throws ConfigError for sizes that are not whole, an empty training or validation part, or more rows than there are. Also for
 * `stratified` with a regression or without a key.
 */
export function split<D extends Dataset>(dataset: D, sizes: SplitSizes, key: Key | null, options: SplitOptions = {}): Split<D> {
  const { train, validation, test } = splitRows(dataset, sizes, key, options);
  return { train: rowsOf(dataset, train), validation: rowsOf(dataset, validation), test: rowsOf(dataset, test) };
}

/** Does what `split` does, and returns the row indices. */
export function splitRows(dataset: Dataset, sizes: SplitSizes, key: Key | null, options: SplitOptions = {}): SplitRows {
  const { train: first, validation: second, test: third = 0 } = readSizes(sizes);
  const { stratified = false } = readSplitOptions(options);
  const counts = [first, second, third] as const;
  requireSizes(dataset, counts);
  if (key !== null) checkKey(`split of ${dataset.name}`, key);
  const order = key === null ? inOrder(dataset.n) : permutation(stream(derive(key, "split")), dataset.n);
  const arranged = stratified ? stratify(dataset, order, counts, key) : order;
  const [train, validation, test] = counts;
  return {
    train: arranged.slice(0, train),
    validation: arranged.slice(train, train + validation),
    test: arranged.slice(train + validation, train + validation + test),
  };
}

function requireSizes(dataset: Dataset, counts: readonly [number, number, number]): void {
  const [train, validation] = counts;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const whole = counts.every((count) => Number.isInteger(count) && count >= 0);
  if (whole && train > 0 && validation > 0 && total <= dataset.n) return;
  throw new ConfigError({
    code: "badSplit",
    what: `split of ${dataset.name}`,
    expected: `whole numbers of rows, at least 1 for training and for validation, and at most ${dataset.n} in total`,
    got: counts.join(" + "),
    remedy: "Ask for fewer rows, or draw a larger data set.",
  });
}

function inOrder(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => row);
}

/** The rows in an order of which each part takes a block: within a part they stand as in `order`. */
function stratify(dataset: Dataset, order: Int32Array, counts: readonly number[], key: Key | null): Int32Array {
  if (dataset.kind !== "classification" || key === null) {
    throw new ConfigError({
      code: "cannotStratify",
      what: `split of ${dataset.name}`,
      expected: "classes and a key",
      got: key === null ? "no key" : "a regression",
      remedy: "Omit `stratified`.",
    });
  }
  const left = new Array<number>(dataset.classes).fill(0);
  for (const label of dataset.labels) left[label]!++;
  const part = new Int8Array(dataset.n).fill(counts.length);
  counts.forEach((count, which) => {
    const share = apportion(count, left);
    for (const row of order) {
      const label = dataset.labels[row]!;
      if (part[row] !== counts.length || share[label] === 0) continue;
      part[row] = which;
      share[label]!--;
      left[label]!--;
    }
  });
  const arranged = [...counts.keys(), counts.length].flatMap((which) => [...order].filter((row) => part[row] === which));
  return Int32Array.from(arranged);
}

/** `count` seats for parties with these votes by the largest remainder, ties to the earlier; no party gets more seats than votes. */
function apportion(count: number, votes: readonly number[]): number[] {
  const total = votes.reduce((sum, vote) => sum + vote, 0);
  const seats = votes.map((vote) => (total === 0 ? 0 : Math.floor((count * vote) / total)));
  const remainder = (party: number): number => count * votes[party]! - seats[party]! * total;
  const missing = count - seats.reduce((sum, seat) => sum + seat, 0);
  const byRemainder = [...votes.keys()].sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const party of byRemainder.slice(0, missing)) seats[party]!++;
  return seats;
}

const readSizes = optionReader<SplitSizes>("split", { train: anything, validation: anything, test: anything });
const readSplitOptions = optionReader<SplitOptions>("split", { stratified: boolean });
