import { limits } from "../contract/limits.ts";
import { show } from "./show.ts";

/** The name with the smallest edit distance to `name`. The earlier of two equally near names wins. "" if there are no names. */
export function nearest(name: string, names: readonly string[]): string {
  return ranked(name, names).found;
}

/** The nearest name if it is similar: a third of its letters may differ. */
export function similar(name: string, names: readonly string[]): string | undefined {
  const { found, far, letters } = ranked(name, names);
  return far < letters && 3 * far < letters + 3 ? found : undefined;
}

/** `Did you mean "sobol"?`; `otherwise` if no name is similar. */
export function didYouMean(name: unknown, names: readonly string[], otherwise = "Write one of these."): string {
  const found = similar(typeof name === "string" ? name : "", names);
  return found === undefined ? otherwise : `Did you mean ${show(found)}?`;
}

/** The nearest name, its distance, and the number of letters of the longer of both. */
function ranked(name: string, names: readonly string[]): { readonly found: string; readonly far: number; readonly letters: number } {
  const start = name.slice(0, limits.nameLength).toLowerCase();
  const distances = names.map((candidate) => distance(start, candidate.toLowerCase()));
  const far = Math.min(...distances);
  const found = names[distances.indexOf(far)] ?? "";
  return { found, far, letters: Math.max(start.length, found.length) };
}

/** How many letters to insert, delete, replace or swap with the next one (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const [row, above] = [[i], rows[i - 1]!];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), above[j]! + 1, row[j - 1]! + 1, swapped));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
