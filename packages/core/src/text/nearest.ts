import { limits } from "../contract/limits.ts";

/** The name with the smallest Levenshtein distance to `name`, for "did you mean". The earlier of two equally near names wins. */
export function nearest(name: string, names: readonly string[]): string {
  const start = name.slice(0, limits.nameLength).toLowerCase();
  const far = names.map((candidate) => distance(start, candidate.toLowerCase()));
  return names[far.indexOf(Math.min(...far))] ?? "";
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[b.length]!;
}
