import { believe, type Config, choice, createSpace, type Problem, real, root, type Space, type Trial, trialId } from "@caviar-hpo/core";
import type { Suggestion } from "@caviar-hpo/core/contract";
import { contextOf } from "@caviar-hpo/core/testing";
import { describe, expect, it } from "vitest";
import { priorBandSampler } from "./priorBand.ts";

const plain = createSpace({ x: real(0, 1), kind: choice(["a", "b", "c"]) });
const rungs = [1, 3, 9, 27];

function problemOf(space: Space): Problem {
  return {
    space,
    objectives: [{ name: "loss", goal: "minimize" }],
    constraints: [],
    fidelity: { unit: "epoch", min: 1, max: 27, whole: true },
    resumable: true,
  };
}

/** Where the next 3000 points at `until` come from, after trials at these places that all reached the first rung and are best in order. */
function sources(space: Space, until: number, best: readonly number[] = []): { readonly [by: string]: number } {
  const problem = problemOf(space);
  const trials = best.map((x, id): Trial => {
    const curve = [{ fidelity: 1, values: [id], constraints: [], costSeconds: 0, atMilestone: true }];
    return { id: trialId(id), config: { x, kind: "a" }, parent: null, status: "paused", curve };
  });
  const context = contextOf(problem, { version: 0, running: [], trials });
  const sampler = priorBandSampler();
  const state = sampler.init(problem, root(1));
  const counts: { [by: string]: number } = { uniform: 0, belief: 0, best: 0 };
  for (let index = 0; index < 3000; index++) {
    const slot = { until, bracket: 0, rung: 0, below: [] };
    const suggestion = sampler.suggest(state, context, { slot, rungs, trial: trialId(trials.length + index) });
    counts[sourceOf(suggestion)]! += 1 / 3000;
  }
  return counts;
}

function sourceOf(suggestion: Suggestion): string {
  return ((suggestion as Exclude<Suggestion, string>).note as { readonly by: string }).by;
}

const believed = believe(plain, { params: { x: { near: 0.8, sd: 0.1 } } });

describe("without results", () => {
  it.each(rungs)("a point that trains to %d is uniform with the probability 1 / (1 + that), else of the belief", (until) => {
    const { uniform, belief, best } = sources(believed, until);
    expect(Math.abs(uniform! - 1 / (1 + until))).toBeLessThan(0.03);
    expect([belief! + uniform!, best]).toEqual([expect.closeTo(1, 9), 0]);
  });
});

describe("with results", () => {
  const spread = [0.1, 0.2, 0.3, 0.5, 0.6, 0.9];
  it("a belief that the best trials contradict has hardly a share", () => {
    const { belief, best } = sources(believed, 9, [0.1, 0.12, ...spread]);
    expect(belief! / (belief! + best!)).toBeLessThan(0.01);
  });

  it("a belief that the best trials fulfil has the greater share: it is narrower than the neighbourhood of the best", () => {
    const { belief, best } = sources(believed, 9, [0.8, 0.79, ...spread]);
    expect(belief! / (belief! + best!)).toBeGreaterThan(0.5);
  });

  it("fewer than eta results at a rung decide nothing", () => {
    expect(sources(believed, 9, [0.1, 0.2]).best).toBe(0);
  });
});

it("points near the best trial keep half of its values, and all keep to the space", () => {
  const problem = problemOf(plain);
  const curve = [{ fidelity: 27, values: [0], constraints: [], costSeconds: 0, atMilestone: true }];
  const trials = [0.3, 0.31, 0.32].map(
    (x, id): Trial => ({
      id: trialId(id),
      config: { x, kind: "b" },
      parent: null,
      status: "finished",
      curve: [{ ...curve[0]!, values: [id] }],
    }),
  );
  const sampler = priorBandSampler();
  const state = sampler.init(problem, root(2));
  const near: Config[] = [];
  for (let index = 0; index < 1000; index++) {
    const slot = { until: 27, bracket: 0, rung: 0, below: [] };
    const suggestion = sampler.suggest(state, contextOf(problem, { version: 0, running: [], trials }), {
      slot,
      rungs,
      trial: trialId(3 + index),
    });
    if (sourceOf(suggestion) === "best") near.push((suggestion as { readonly config: Config }).config);
  }
  const share = near.filter(({ x }) => x === 0.3).length / near.length;
  expect(near.length).toBeGreaterThan(200);
  // Half of the draws keep x, and three of four the option. Those that keep both have been tried: (1/2 1/4) / (1 - 1/2 3/4) = 1/5.
  expect(Math.abs(share - 0.2)).toBeLessThan(0.05);
});
