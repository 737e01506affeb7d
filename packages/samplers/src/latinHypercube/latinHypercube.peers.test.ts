/** Latin hypercube designs compared with SciPy's in the same run, by bench/latinHypercube.py. */
// python: scipy
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { centredDiscrepancy } from "../discrepancy.ts";
import { type LatinHypercubeCriterion, latinHypercube } from "./latinHypercube.ts";

type Row = {
  readonly name: string;
  readonly dimensions: number;
  readonly points: number;
  readonly discrepancy: number;
  readonly distance: number;
};

const cases = [
  [2, 16],
  [5, 16],
  [5, 64],
  [10, 64],
] as const;
const seeds = 20;
const script = fileURLToPath(new URL("../../bench/latinHypercube.py", import.meta.url));
const peers: readonly Row[] = JSON.parse(
  execFileSync(process.env.CAVIAR_PYTHON || "python3", [script], { input: JSON.stringify({ cases, seeds }), encoding: "utf8" }),
);

describe.each(cases)("in %i dimensions with %i points, means of 20 designs:", (dimensions, points) => {
  const peer = (name: string): Row => peers.find((row) => row.name === name && row.dimensions === dimensions && row.points === points)!;
  const designs = (criterion: LatinHypercubeCriterion): Float64Array[] =>
    Array.from({ length: seeds }, (_, seed) => latinHypercube(points, dimensions, root(seed), { criterion }));

  test("plain designs are as uniform as SciPy's plain ones", () => {
    const values = designs("plain").map((design) => centredDiscrepancy(design, dimensions));
    const { discrepancy } = peer("SciPy");
    const spread = Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
    // Both means stray: five standard errors of their difference.
    expect(Math.abs(mean(values) - discrepancy)).toBeLessThan(5 * spread * Math.sqrt(2 / seeds));
  });

  test("the centred discrepancy is no larger than that of SciPy's random-cd", () => {
    const ours = mean(designs("centredDiscrepancy").map((design) => centredDiscrepancy(design, dimensions)));
    const { discrepancy } = peer("SciPy random-cd");
    console.log(
      `d ${dimensions}, n ${points}: centred discrepancy: ours ${ours.toPrecision(4)}, SciPy random-cd ${discrepancy.toPrecision(4)}`,
    );
    expect(ours).toBeLessThanOrEqual(discrepancy);
  });

  test("the least distance is larger than that of the best of five random designs, and of random-cd", () => {
    const ours = mean(designs("maximin").map((design) => leastDistance(design, points, dimensions)));
    const [ofFive, ofScipy] = [peer("best of 5").distance, peer("SciPy random-cd").distance];
    console.log(
      `d ${dimensions}, n ${points}: least distance: ours ${ours.toFixed(4)}, best of 5 ${ofFive.toFixed(4)}, random-cd ${ofScipy.toFixed(4)}`,
    );
    // Maximin levels reach from 0 to 1, which alone stretches distances by points / (points - 1): that does not count.
    expect((ours * (points - 1)) / points).toBeGreaterThan(Math.max(ofFive, ofScipy));
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function leastDistance(design: Float64Array, points: number, dimensions: number): number {
  let least = Infinity;
  for (let i = 0; i < points; i++) {
    for (let j = 0; j < i; j++) {
      const differences = Array.from({ length: dimensions }, (_, k) => design[i * dimensions + k]! - design[j * dimensions + k]!);
      least = Math.min(least, Math.hypot(...differences));
    }
  }
  return least;
}
