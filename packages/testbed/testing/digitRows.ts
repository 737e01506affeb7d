/** The digits as everybody trains on them: the first 8,000 rows, judged by the other 2,000. */
import { rowsOf } from "../src/data/dataset.ts";
import { loadDigits } from "../src/data/digits.ts";
import type { Examples } from "../src/training/examples.ts";

export async function digitRows(size: 28 | 14): Promise<{ readonly training: Examples; readonly validation: Examples }> {
  const digits = await loadDigits({ size });
  const rows = (from: number, to: number): Examples =>
    rowsOf(
      digits,
      Array.from({ length: to - from }, (_, row) => from + row),
    );
  return { training: rows(0, 8000), validation: rows(8000, 10_000) };
}
