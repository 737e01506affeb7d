import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { autoFigure, handOverLines } from "./autoFigure.ts";
import { batchNormFigures, firstEpochAccuracies, runs, shares, usable, withTables } from "./batchNormPage.ts";
import { beliefsFigure, believingMoments } from "./beliefsFigure.ts";
import { cmaesFigure, distributionPanels } from "./cmaesFigure.ts";
import { failingMoments, failuresFigure } from "./failuresFigure.ts";
import { figures, flatBasinTrials, moments, warpPanels } from "./figures.ts";
import { freezeThawFigure } from "./freezeThawFigure.ts";
import { crews, howFarFigures, speedUps } from "./howFarFigures.ts";
import { studyPageFigures } from "./studyPageFigures.ts";

const speedUpLines = speedUps();
const studyPages = await studyPageFigures();

/** `npm run docs:figures` rewrites the files, as does `npm run test:update`. */
describe("the pictures of the documentation", () => {
  it.each([
    ...figures(),
    ...howFarFigures(speedUpLines),
    ...freezeThawFigure(),
    ...batchNormFigures(),
    ...cmaesFigure(),
    ...autoFigure(),
    failuresFigure(),
    ...studyPages,
    beliefsFigure(),
  ])("%s is what the command draws", async (name, svg) => {
    await expect(svg).toMatchFileSnapshot(`../docs/figures/${name}`);
  });

  it.each(moments().map((moment) => [moment.panel.title, moment] as const))("with %s show what the ask saw", (_title, { panel, job }) => {
    expect(job.note).toMatchObject({ decided: "model", warp: "identity", noise: "none" });
    // The suggested point is the summit: no point of the grid is worth more, and its neighbours there are worth nearly as much.
    const [x, utility] = panel.next;
    const highest = Math.max(...panel.acquisition);
    expect(highest).toBeLessThanOrEqual(utility + 1e-6);
    const nearest = panel.x.reduce((best, at, index) => (Math.abs(at - x) < Math.abs(panel.x[best]! - x) ? index : best), 0);
    expect(panel.acquisition[nearest]).toBeGreaterThan(utility - 1);
  });

  it.each(believingMoments().map((moment) => [moment.panel.title, moment] as const))(
    "of a belief after %s show what the ask saw",
    (_title, { panel }) => {
      const [, utility] = panel.next;
      expect(Math.max(...panel.acquisition)).toBeLessThanOrEqual(utility + 1e-4);
    },
  );

  it.each(failingMoments().map((moment) => [moment.panel.title, moment] as const))(
    "of failures after %s show what the ask saw",
    (_title, { panel }) => {
      const [, utility] = panel.next;
      expect(Math.max(...panel.acquisition)).toBeLessThanOrEqual(utility + 1e-6);
    },
  );

  it("with a running trial have its point, certainty there, and no less anywhere else than there was", () => {
    const [, alone, beside] = moments();
    expect(beside!.panel.pending).toEqual([alone!.job.config.x]);
    expect(beside!.panel.observed).toEqual(alone!.panel.observed);
    const [pending] = beside!.panel.pending;
    const near = beside!.panel.x.findIndex((x) => x >= pending!);
    expect(beside!.panel.sd[near]).toBeLessThan(0.2 * alone!.panel.sd[near]!);
    beside!.panel.sd.forEach((sd, index) => {
      expect(sd).toBeLessThanOrEqual(alone!.panel.sd[index]! * (1 + 1e-9) + 1e-9);
    });
  });

  it("of speed-ups show what their page says", () => {
    const at = (name: string, workers: number): number => speedUpLines.find((one) => one.name === name)!.speedUps[crews.indexOf(workers)]!;
    for (const name of ["asha, promotion", "asha, stopping"]) {
      expect(at(name, 10)).toBeGreaterThan(8);
      expect(at(name, 500)).toBeGreaterThan(40);
    }
    expect(at("hyperband, overlap", 500)).toBeGreaterThan(30);
    expect(at("hyperband", 500)).toBeLessThan(1.1);
  });

  it("of the flat basin show that a cautious ask leaves it, and that the model then follows", () => {
    const trials = flatBasinTrials();
    const left = trials.findIndex(({ excess }) => excess < 0.0083);
    expect(trials.slice(0, left).filter(({ excess }) => excess < 0.0086).length).toBeGreaterThan(5);
    expect(trials[left]!.kind).toBeGreaterThanOrEqual(2);
    expect(Math.min(...trials.filter(({ kind }) => kind === 1).map(({ excess }) => excess))).toBeLessThan(1e-4);
  });

  it("of CMA-ES show a distribution that leans along the valley, and reaches its minimum", () => {
    const panels = distributionPanels();
    const [first, last] = [panels[0]!, panels.at(-1)!];
    expect([first.mean, first.covariance]).toEqual([
      [0.5, 0.5],
      [expect.closeTo(0.04, 12), 0, 0, expect.closeTo(0.04, 12)],
    ]);
    const [a, b, , d] = last.covariance;
    expect(b / Math.sqrt(a * d)).toBeGreaterThan(0.6);
    expect(Math.abs(last.mean[0] - 0.7) + Math.abs(last.mean[1] - 0.3)).toBeLessThan(0.1);
  });

  it("of hand-overs show that fewer than 300 trials with the Gaussian process are worse, at every budget from 300 trials on", () => {
    const { after, lines } = handOverLines();
    const longest = lines.get("bayesopt, cmaes after 300")!;
    for (const y of lines.values()) y.forEach((regret, at) => expect(regret).toBeGreaterThanOrEqual(after[at]! < 300 ? 0 : longest[at]!));
  });

  it("of warps mark one as chosen", () => {
    expect(warpPanels().filter(({ chosen }) => chosen)).toHaveLength(1);
  });
});

describe("the page on batch norm", () => {
  const page = readFileSync(new URL("../docs/batch-norm-measured.md", import.meta.url), "utf8");
  const watched = (network: string, rate: number) => runs.watch.filter((run) => run.network === network && run.rate === rate);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  it("has the tables that its runs make", async () => {
    await expect(withTables(page)).toMatchFileSnapshot("../docs/batch-norm-measured.md");
  });

  it("says of shifts what was measured: distributions move least after batch norm, gradients shift least with noise", () => {
    const moved = (network: string): number => mean(watched(network, 0.1).map(({ movedAfter }) => movedAfter[3]!));
    expect(moved("noisy")).toBeGreaterThan(100 * moved("batchNorm"));
    expect(moved("none")).toBeGreaterThan(10 * moved("batchNorm"));
    for (const rate of [0.03, 0.1, 0.3]) {
      const shift = (network: string): number => mean(watched(network, rate).flatMap(({ relativeGradientShift }) => relativeGradientShift));
      expect(shift("batchNorm")).toBeLessThan(shift("none"));
      expect(shift("noisy")).toBeLessThan(shift("batchNorm"));
    }
  });

  it("says of learning rates what was measured: three quarters of a decade more, at the upper end", () => {
    for (const optimiser of ["sgd", "adam"] as const) {
      const [without, batchNorm] = [usable(optimiser, "none"), usable(optimiser, "batchNorm")];
      expect(batchNorm.decades - without.decades).toBe(0.75);
      expect(batchNorm.near[0]).toBe(without.near[0]);
      expect(batchNorm.diverged).toBe(0);
    }
  });

  it("says of recomputed statistics what was measured: not a digit depends on the decay", () => {
    for (const steps of [8, 16, 32]) {
      const [short, long] = [0.9, 0.99].map((decay) => firstEpochAccuracies(steps, "recomputed", decay));
      expect(short).toEqual(long);
      expect(mean(firstEpochAccuracies(steps, "raw", 0.9)) - mean(firstEpochAccuracies(steps, "raw", 0.99))).toBeGreaterThan(0.03);
    }
  });

  it.each(["digits", "teacher"] as const)("says of hyperparameters what was measured: on the %s the learning rate comes first", (data) => {
    const names = [...shares(data, 2, false, 0).whole.keys()];
    expect(names.slice(0, 2)).toEqual(["learningRate", "batchSize"]);
  });
});
