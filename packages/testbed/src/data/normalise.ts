/**
 * Input normalisation. It is computed from the training rows alone, and then applied to all rows. The network must not learn anything from
 * the validation rows before it is judged on them.
 */
import { ConfigError } from "@caviar-hpo/core";
import { checkName } from "../check.ts";
import type { Dataset } from "./dataset.ts";
import type { Split } from "./split.ts";

/**
 * "standard": mean 0 and standard deviation 1 (divisor n) on the training rows. "unit": from 0 to 1 on the training rows. "none": no
 * change.
 */
export type NormalisationKind = "standard" | "unit" | "none";
/** x becomes (x - shift) / scale in each column. */
export type Normalisation = { readonly shift: readonly number[]; readonly scale: readonly number[] };

/**
 * Normalises all three parts of a split with the normalisation of its training rows.
 *
 * @throws ConfigError for an unknown kind, and for an input that is not finite.
 */
export function normaliseSplit<D extends Dataset>(parts: Split<D>, kind: NormalisationKind): Split<D> {
  const normalisation = fitNormalisation(parts.train, kind);
  return {
    train: normalise(parts.train, normalisation),
    validation: normalise(parts.validation, normalisation),
    test: normalise(parts.test, normalisation),
  };
}

/**
 * Computes shift and scale of each column in double precision. A column that is constant on these rows has scale 1, and becomes 0 on them.
 *
 * @throws ConfigError for an unknown kind, and for an input that is not finite.
 */
export function fitNormalisation(train: Dataset, kind: NormalisationKind): Normalisation {
  checkName("kind of normalisation", kind, ["standard", "unit", "none"]);
  const columns = Array.from({ length: train.d }, (_, column) => fitColumn(train, column, kind));
  return { shift: columns.map(({ shift }) => shift), scale: columns.map(({ scale }) => scale) };
}

/** Applies a normalisation to all rows, as a new data set. */
export function normalise<D extends Dataset>(dataset: D, { shift, scale }: Normalisation): D {
  const { n, d, inputs } = dataset;
  const normalised = new Float32Array(n * d);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < d; column++) {
      normalised[row * d + column] = (inputs[row * d + column]! - shift[column]!) / scale[column]!;
    }
  }
  return { ...dataset, inputs: normalised };
}

function fitColumn({ name, n, d, inputs }: Dataset, column: number, kind: NormalisationKind): { shift: number; scale: number } {
  if (kind === "none") return { shift: 0, scale: 1 };
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (let row = 0; row < n; row++) {
    const x = inputs[row * d + column]!;
    if (!Number.isFinite(x)) {
      throw new ConfigError({
        code: "inputNotFinite",
        what: `${name}, row ${row}, column ${column}`,
        expected: "a finite input",
        got: String(x),
        remedy: "Drop the row, or fill in the value, before you normalise.",
      });
    }
    low = Math.min(low, x);
    high = Math.max(high, x);
    sum += x;
  }
  if (low === high) return { shift: low, scale: 1 };
  if (kind === "unit") return { shift: low, scale: high - low };
  const mean = sum / n;
  let squares = 0;
  for (let row = 0; row < n; row++) {
    const difference = inputs[row * d + column]! - mean;
    squares += difference * difference;
  }
  return { shift: mean, scale: Math.sqrt(squares / n) };
}
