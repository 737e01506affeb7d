/**
 * Why a regression takes the criterion of Schwarz for a learned noise, and not the cost by which the optimiser compares its models: a
 * regression is fitted once and must tell small noise from none; the optimiser asks again and again, and a prior that distrusts small noise
 * keeps its choice steady.
 */
import { derive, root, stream } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { learnedNoise } from "../kernels/families.ts";
import type { Data, Model } from "../model/data.ts";
import { momentsAt, queries } from "../model/ensemble.ts";
import { standardOf, toStandard } from "../model/standardise.ts";
import { createProcess } from "../process/process.ts";
import { costOfNoise } from "../surrogate/score.ts";
import { chooseNoise } from "./chooseNoise.ts";
import { fitFromStarts, type ModelFit } from "./fitFromStarts.ts";
import { ard } from "./kernels.ts";

const wave = (x: number): number => Math.sin(5 * x) + x;
const kernel = ard("matern52", 1);
const models = { none: { kernel, noise: null }, learned: { kernel, noise: learnedNoise } } satisfies { [name: string]: Model };
const search = () => ({ starts: 2, key: root("noise"), warm: {}, notes: [] as string[] });

/** `noise`: the standard deviation of a measurement. */
function measured(n: number, noise: number, seed: number): { readonly data: Data; readonly truth: (x: number) => number } {
  const source = stream(derive(root("measured"), n, seed));
  const x = Float64Array.from({ length: n }, source.uniform);
  const y = x.map((at) => wave(at) + noise * source.normal());
  const standard = standardOf(y);
  return { data: { x, y: toStandard(y, standard), d: 1, variance: null }, truth: (at) => (wave(at) - standard.mean) / standard.sd };
}

/** The optimiser's rule: the noise's own cost, and a margin of one nat. */
function asTheOptimiser(data: Data): ModelFit {
  const [none, learned] = [fitFromStarts(models.none, data, search()), fitFromStarts(models.learned, data, search())];
  const gain = learned.fitted!.value - costOfNoise("learned", learned.u) - none.fitted!.value;
  return gain > 1 ? learned : none;
}

/** The mean logarithm of the density that a fit gives the true function: greater is better. */
function density({ model, u }: ModelFit, { data, truth }: ReturnType<typeof measured>): number {
  const process = createProcess(model, { rows: data.y.length, queries, d: 1 });
  expect(process.settle(data, u, 0)).toBe(true);
  const x = Float64Array.from({ length: 50 }, (_, j) => (j + 0.5) / 50);
  const { mean, variance } = momentsAt([process], { data: x, n: 50, d: 1 });
  return x.reduce((sum, at, j) => {
    const spread = variance[j]! + 1e-8;
    return sum - (0.5 * Math.log(2 * Math.PI * spread) + (0.5 * (truth(at) - mean[j]!) ** 2) / spread) / 50;
  }, 0);
}

describe("the criterion of Schwarz", () => {
  const cases = [0.003, 0.01, 0.03, 0.1].flatMap((noise) =>
    [8, 12, 16].flatMap((n) => Array.from({ length: 8 }, (_, seed) => measured(n, noise, seed))),
  );

  it("finds more of the noise, and foretells the function better, than the optimiser's cost does", () => {
    let [ours, theirs, better] = [0, 0, 0];
    for (const one of cases) {
      const [schwarz, other] = [chooseNoise(kernel, "auto", one.data, search()), asTheOptimiser(one.data)];
      if (schwarz.model.noise !== null) ours++;
      if (other.model.noise !== null) theirs++;
      if (schwarz.model !== other.model) better += Math.sign(density(schwarz, one) - density(other, one));
    }
    expect(ours).toBeGreaterThan(theirs);
    expect(better).toBeGreaterThan(0);
  });

  it("finds no noise in exact values", () => {
    for (const n of [6, 12, 24])
      for (let seed = 0; seed < 5; seed++) expect(chooseNoise(kernel, "auto", measured(n, 0, seed).data, search()).model.noise).toBeNull();
  });
});
