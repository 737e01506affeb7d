/** The scheduler and the sampler of BOHB rank infeasible trials alike, by the sum of their violations. */
import { createSpace, type Job, type Problem, real, startStudy } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { createStrategy } from "./strategies.ts";

const problem: Problem = {
  space: createSpace({ x: real(0, 1) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: ["memory", "latency"],
  fidelity: { unit: "epoch", min: 1, max: 81, whole: true },
  resumable: true,
};

it("violations of (3, 0) come before (2, 2) in both halves of bohb, whatever the values", () => {
  const study = startStudy({ problem, strategy: createStrategy("bohb", { random: 0 }), seed: 1 });
  const isLow = ({ config }: Job): boolean => (config.x as number) < 0.5;
  const started: Job[] = [];
  const promoted: Job[] = [];
  // One rung of 81 trials, of which the first 27 are random, as nothing is told between them. Then 27 of them are promoted.
  while (promoted.length < 27) {
    for (const job of study.ask({ want: 27 }).jobs) {
      (job.from === null ? started : promoted).push(job);
      study.tell(job.id, isLow(job) ? { values: [1], constraints: [3, 0] } : { values: [0], constraints: [2, 2] });
    }
  }
  const shareOfLow = (jobs: readonly Job[]): number => jobs.filter(isLow).length / jobs.length;
  expect(shareOfLow(started.slice(0, 27))).toBeLessThan(0.7);
  expect(shareOfLow(started.slice(27, 81))).toBeGreaterThan(0.9);
  expect(shareOfLow(promoted)).toBe(1);
});
