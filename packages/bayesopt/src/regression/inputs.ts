/**
 * The kinds of points and values that a fit takes, and how they become flat arrays: `Points`, rows of numbers, or a matrix of ml-matrix.
 */
import { ConfigError, NumericalError } from "@caviar-hpo/core";
import { counted, show } from "@caviar-hpo/core/text";
import type { Points } from "../model/surrogate.ts";

/** A matrix whose rows are points, such as the matrices and views of ml-matrix. */
export type MatrixLike = { readonly rows: number; readonly columns: number; get(row: number, column: number): number };
/** n points of d coordinates. */
export type Inputs = Points | MatrixLike | readonly ArrayLike<number>[];

/**
 * @param d how many coordinates points must have; null where that is still open.
 * @throws ConfigError for shapes that do not fit, NumericalError for numbers that are not finite.
 */
export function pointsOf(x: Inputs, d: number | null): Points {
  const points = flat(x, d ?? 0);
  if (points.n > 0 && d !== null && points.d !== d) throw misfit("inputs", `points of ${d} coordinates`, `points of ${points.d}`);
  requireFinite("inputs", points.data, points.n * points.d);
  return points;
}

/** A copy, of length n. Throws as `pointsOf`. */
export function valuesOf(what: string, y: ArrayLike<number>, n: number): Float64Array {
  if (y.length !== n) throw misfit(what, `${n}, one for each point`, String(y.length));
  const values = Float64Array.from(y);
  requireFinite(what, values, n);
  return values;
}

function flat(x: Inputs, d: number): Points {
  if ("data" in x && "n" in x) {
    if (x.data.length < x.n * x.d) throw misfit("inputs", `${x.n} x ${x.d} numbers`, String(x.data.length));
    return x;
  }
  if ("rows" in x) {
    const data = new Float64Array(x.rows * x.columns);
    for (let i = 0; i < x.rows; i++) for (let f = 0; f < x.columns; f++) data[i * x.columns + f] = x.get(i, f);
    return { data, n: x.rows, d: x.columns };
  }
  const columns = x[0]?.length ?? d;
  const data = new Float64Array(x.length * columns);
  for (const [i, row] of x.entries()) {
    if (row?.length !== columns)
      throw misfit("inputs", `rows of ${counted(columns, "number")}, as the first`, `${row?.length ?? "none"} in row ${i}`);
    data.set(row, i * columns);
  }
  return { data, n: x.length, d: columns };
}

function requireFinite(what: string, values: Float64Array, count: number): void {
  for (let at = 0; at < count; at++) {
    if (Number.isFinite(values[at])) continue;
    throw new NumericalError({
      code: "notFinite",
      what,
      expected: "finite numbers",
      got: `${show(values[at])} at index ${at}`,
      remedy: "Omit such points, or give them a finite value.",
    });
  }
}

function misfit(what: string, expected: string, got: string): ConfigError {
  return new ConfigError({ code: "shape", what, expected, got, remedy: "Each row is a point. Pass one value per row." });
}
