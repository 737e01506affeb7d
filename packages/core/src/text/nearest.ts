import { limits } from "../contract/limits.ts";
import { show } from "./show.ts";

/** The name with the smallest edit distance to `name`. The earlier of two equally near names wins. "" if there are no names. */
export function nearest(name: string, names: readonly string[]): string {
  return nearestOf(name, names, () => true) ?? "";
}

/** The nearest name of those that are similar: a third of the letters may differ. */
export function similar(name: string, names: readonly string[]): string | undefined {
  return nearestOf(name, names, (far, letters) => far < letters && 3 * far < letters + 3);
}

/** `Did you mean "sobol"?`; `otherwise` if no name is similar. */
export function didYouMean(name: unknown, names: readonly string[], otherwise = "Write one of these."): string {
  const found = similar(typeof name === "string" ? name : "", names);
  return found === undefined ? otherwise : `Did you mean ${show(found)}?`;
}

function nearestOf(name: string, names: readonly string[], fits: (far: number, letters: number) => boolean): string | undefined {
  const start = name.slice(0, limits.nameLength).toLowerCase();
  let found: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const far = distance(start, candidate.toLowerCase());
    if (far < least && fits(far, Math.max(start.length, candidate.length))) [found, least] = [candidate, far];
  }
  return found;
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
