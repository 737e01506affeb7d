/**
 * ASHA with 500 simulated workers and a million jobs: how many are promoted, and that a job costs no more at the end than at the beginning.
 */
import { compose, createSpace, real, simulate, startStudy } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { uniformPoints } from "../testing/samplers.ts";
import { asha } from "./asynchronous.ts";

test("a million jobs on 500 workers: each rung has its third, give or take what chance does, and the last jobs cost like the first", () => {
  const jobs = 1_000_000;
  const laps: number[] = [];
  let heard = 0;
  let lapBegan = 0;
  const study = startStudy(
    {
      problem: {
        space: createSpace({ quality: real(0, 1) }),
        objectives: [{ name: "loss", goal: "minimize" }],
        constraints: [],
        fidelity: { unit: "epoch", min: 1, max: 81, whole: true },
        resumable: true,
      },
      strategy: compose(asha(), uniformPoints()),
      seed: 1,
    },
    (event) => {
      if (event.kind === "asked") return;
      heard++;
      if (heard % (jobs / 10) !== 0) return;
      const now = processorSeconds();
      laps.push(now - lapBegan);
      lapBegan = now;
    },
  );
  lapBegan = processorSeconds();
  const { end, resource, busySeconds, idleSeconds, seconds, ...run } = simulate(
    study,
    {
      seconds: (_config, from, to) => to - from,
      evaluate: ({ config }, fidelity) => ({ values: [(config.quality as number) + 1 / fidelity] }),
    },
    { workers: 500, trials: Math.round((jobs * 81) / 121) + 1000, stragglerSigma: 0.5 },
  );
  expect(end).toBe("trials");
  expect(run.jobs).toBeGreaterThanOrEqual(jobs);
  expect(Math.abs(busySeconds + idleSeconds - 500 * seconds)).toBeLessThan(1e-9 * 500 * seconds);
  expect(resource).toMatchObject({ repeated: 0, wasted: 0 });
  const reached = [1, 3, 9, 27, 81].map(
    (fidelity) => study.history.trials.filter(({ curve }) => curve.at(-1)!.fidelity >= fidelity).length,
  );
  reached.slice(1).forEach((count, index) => {
    const below = reached[index]!;
    expect(count).toBeGreaterThanOrEqual(Math.floor(below / 3));
    expect(count).toBeLessThan(below / 3 + 6 * Math.sqrt(below));
  });
  // Ten times as many jobs may cost log(10^6) / log(10^5) = 1.2 times as much each; a cost that grows with n would be 7 times as much by
  // then.
  const mean = (part: readonly number[]): number => part.reduce((sum, one) => sum + one, 0) / part.length;
  expect(mean(laps.slice(-3))).toBeLessThan(2 * mean(laps.slice(1, 4)));
});

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
