/** What L-BFGS-B promises on any function in any box, for the tests at commit and by night. */

import { expect } from "vitest";
import { minimise } from "./minimise.ts";
import { wildCase } from "./wildFunctions.ts";

const MOST = 300;

/** Runs the minimiser on the case and expects what it promises. */
export function expectLawful(name: string, seed: number): void {
  const { f, start, bounds } = wildCase(name, seed);
  const best: number[] = [];
  const tells: { readonly value: number; readonly usable: boolean }[] = [];
  const { minimiser, points } = minimise(
    (x, g) => {
      const value = f(x, g);
      tells.push({ value, usable: Number.isFinite(value) && g.every(Number.isFinite) });
      return value;
    },
    start,
    bounds,
    { maxEvaluations: MOST },
    (value) => best.push(value),
  );

  expect(minimiser.status).not.toBe("running");
  expect(minimiser.evaluations).toBe(tells.length);
  expect(minimiser.evaluations).toBeLessThanOrEqual(MOST);
  if (minimiser.status === "exhausted") expect(minimiser.evaluations).toBe(MOST);
  const inside = (point: readonly number[]) => point.every((x, i) => Number.isFinite(x) && x >= bounds.lower[i]! && x <= bounds.upper[i]!);
  expect(points.filter((point) => !inside(point))).toEqual([]);
  expect(best.filter((value, i) => value > (best[i - 1] ?? Infinity))).toEqual([]);
  // It ends at a point it asked for, the best of those it could use; never worse than its start.
  const usable = tells.filter((told) => told.usable);
  const least = Math.min(...usable.map(({ value }) => value));
  if (tells[0]!.usable) {
    expect(minimiser.value).toBe(least);
    expect(minimiser.value).toBeLessThanOrEqual(tells[0]!.value);
    const at = tells.findIndex((told) => told.usable && told.value === least);
    expect([...minimiser.point]).toEqual(points[at]);
  } else {
    expect(minimiser.status).toBe("stalled");
    expect(minimiser.evaluations).toBe(1);
    expect([...minimiser.point]).toEqual(points[0]);
  }

  const asked = points.flat();
  const again = wildCase(name, seed);
  const second = minimise(again.f, again.start, again.bounds, { maxEvaluations: MOST });
  expect(second.points.flat().every((x, i) => Object.is(x, asked[i]))).toBe(true);
  expect(second.points.length).toBe(points.length);
}
