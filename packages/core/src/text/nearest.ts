import { limits } from "../contract/limits.ts";

/**
 * The name that the fewest edits lead to, for "did you mean"; the earlier of two equally near ones. An edit adds, drops or replaces a letter,
 * or swaps two neighbours (the optimal string alignment distance).
 */
export function nearest(name: string, names: readonly string[]): string {
  const start = name.slice(0, limits.nameLength).toLowerCase();
  const far = names.map((candidate) => distance(start, candidate.toLowerCase()));
  return names[far.indexOf(Math.min(...far))] ?? "";
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  let above: number[] = [];
  for (let i = 1; i <= a.length; i++) {
    const twoAbove = above;
    above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? twoAbove[j - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, swapped, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[b.length]!;
}
