/**
 * Checks of the shapes that the linear algebra is given: a count or an array that does not fit is misuse and throws before anything is
 * touched.
 */

/** Throws RangeError unless `value` is a count: an integer from 0 on. */
export function requireCount(name: string, value: number): void {
  if (!isCount(value)) throw notACount(name, value);
}

/** Throws RangeError unless `array` holds `rows` rows of `columns` numbers, the rows `stride` apart. */
export function requireMatrix(name: string, array: Float64Array, rows: number, columns: number, stride: number): void {
  // The names are put together only for an error: these functions run at every evaluation, which should allocate nothing.
  if (!isCount(rows)) throw notACount(`rows of ${name}`, rows);
  if (!isCount(columns)) throw notACount(`columns of ${name}`, columns);
  if (!(Number.isSafeInteger(stride) && stride >= columns)) {
    throw new RangeError(`stride of ${name}: expected an integer >= ${columns}, got ${stride}. Rows must not overlap.`);
  }
  const needed = rows === 0 || columns === 0 ? 0 : (rows - 1) * stride + columns;
  if (array.length < needed) {
    throw new RangeError(
      `${name}: expected a length of at least ${needed} (${rows} x ${columns}, rows ${stride} apart), got ${array.length}. Allocate more.`,
    );
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function notACount(name: string, value: number): RangeError {
  return new RangeError(`${name}: expected an integer >= 0, got ${value}. Pass a count of rows, columns or numbers.`);
}
