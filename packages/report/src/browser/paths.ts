/** The paths that figures draw, as points: straight lines between absolute places, with the commands M, L, H, V and Z. */

export type PathPoint = readonly [x: number, y: number];

/** The points of each stretch of a path; a closed stretch ends where it begins. */
export function readPath(path: string): readonly (readonly PathPoint[])[] {
  const stretches: PathPoint[][] = [];
  for (const [, command, numbers] of path.matchAll(/([MLHVZ])([^MLHVZ]*)/g)) {
    const [first = 0, second = 0] = numbers!
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const open = stretches.at(-1) ?? [];
    const [x, y] = open.at(-1) ?? [0, 0];
    if (command === "M") stretches.push([[first, second]]);
    else if (command === "L") open.push([first, second]);
    else if (command === "H") open.push([first, y]);
    else if (command === "V") open.push([x, first]);
    else open.push(open[0] ?? [0, 0]);
  }
  return stretches;
}

/** A path through the points of all stretches. */
export function writePath(stretches: readonly (readonly PathPoint[])[]): string {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return stretches.map((points) => points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("")).join("");
}

/** The height of a curve at `x`: where it jumps, the later one. null outside the curve. */
export function heightAt(stretches: readonly (readonly PathPoint[])[], x: number): number | null {
  for (const points of stretches) {
    const after = points.findIndex(([at]) => at > x);
    const [last, lastY] = points.at(-1)!;
    if (after < 0 && last === x) return lastY;
    if (after < 1) continue;
    const [left, leftY] = points[after - 1]!;
    const [right, rightY] = points[after]!;
    return leftY + ((rightY - leftY) * (x - left)) / (right - left);
  }
  return null;
}
