import { type Event, type Strategy, trialId } from "@caviar-hpo/core";
import type { Outlook } from "@caviar-hpo/core/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStudy, type Ending, type OptimizeOptions, real, strategies } from "./index.ts";
import { chanceWithin } from "./outlook.ts";

const space = { x: real(0, 1) };
const random = strategies.find(({ name }) => name === "random")!;
const outlookOf = (said: Partial<Outlook>): Omit<Outlook, "trial"> => ({
  expected: 0.1,
  beyond: 0.01,
  probability: 1,
  quantiles: [
    [0.5, 0.1],
    [0.95, 1],
  ],
  next: 1,
  ...said,
});

/** Random points with the outlook number i at the ask of trial i. */
function foreseeing(said: readonly Partial<Outlook>[]): Strategy {
  const strategy = random.create();
  return {
    ...strategy,
    init: (problem, key) => ({ own: strategy.init(problem, key), outlooks: [] }),
    ask: (state, context, want, next) => {
      const { own, outlooks } = state as { own: never; outlooks: Outlook[] };
      outlooks.push({ trial: next, ...outlookOf(said[Math.min(next, said.length - 1)]!) });
      return strategy.ask(own, context, want, next);
    },
    tell: (state, context, report) => strategy.tell((state as { own: never }).own, context, report),
    outlooks: (state) => (state as unknown as { readonly outlooks: readonly Outlook[] }).outlooks,
  };
}

type Ran = { readonly trials: number; readonly ending: Ending; readonly log: readonly Event[] };

async function run(said: readonly Partial<Outlook>[], options: OptimizeOptions, events: readonly Event[] = []): Promise<Ran> {
  const log = [...events];
  const study = createStudy({ space, strategy: foreseeing(said), events, onEvent: (event) => log.push(event) });
  let ending: Ending | null = null;
  await study.optimize(({ config }) => ({ value: config.x, costSeconds: 2 }), { ...options, onEnd: (how) => (ending = how) });
  return { trials: study.core.started, ending: ending!, log };
}

const often = { probability: 0.5 };
const rarely = { probability: 0.02 };

describe("the rule of no gain", () => {
  it("ends the work once three outlooks in a row say so, and says why", async () => {
    const { trials, ending } = await run([often, rarely, rarely, often, rarely, rarely, rarely, often], { noGain: true });
    expect([trials, ending.rule]).toEqual([7, "noGain"]);
    expect(ending.reason).toBe("Further trials gain more than a hundredth of the gain so far with a probability of at most 0.05.");
  });

  it.each<readonly [string, Partial<Outlook>, NonNullable<OptimizeOptions["noGain"]>, number]>([
    ["the probability may be another one", { probability: 0.2 }, { probability: 0.2 }, 3],
    ["a gain that counts is one beyond minGain: of the quantiles, 95 % gain at most 1", {}, { minGain: 1 }, 3],
    ["a smaller one is likelier", {}, { minGain: 0.9 }, 9],
  ])("%s", async (_, said, noGain, trials) => {
    expect((await run([said], { noGain, trials: 9 })).trials).toBe(trials);
  });
});

describe("the rule of gain per second", () => {
  it("takes the rate that a model of costs says", async () => {
    const { trials, ending } = await run([{ nextPerSecond: 0.5 }, { nextPerSecond: 0.1 }], { minGainPerSecond: 0.1 });
    expect([trials, ending.rule, ending.reason]).toEqual([4, "gainPerSecond", "No trial is expected to gain more than 0.1 per second."]);
  });

  it("else divides by what trials cost in the mean, from the first result on", async () => {
    expect((await run([{ next: 1 }], { minGainPerSecond: 0.5 })).trials).toBe(4);
    expect((await run([{ next: 1 }], { minGainPerSecond: 0.4, trials: 9 })).trials).toBe(9);
  });
});

describe("advice", () => {
  it("says when the rules would have ended the work that something else ended", async () => {
    const { ending } = await run([often, rarely], { trials: 8 });
    expect(ending.rule).toBe("trials");
    expect(ending.advice).toEqual([
      {
        rule: "noGain",
        trials: 4,
        reason: "Further trials gain more than a hundredth of the gain so far with a probability of at most 0.05.",
      },
    ]);
  });

  it("says that a rule has not held yet", async () => {
    const { ending } = await run([often], { trials: 4, minGainPerSecond: 0 });
    expect(ending.advice!.map(({ rule, trials }) => [rule, trials])).toEqual([
      ["noGain", null],
      ["gainPerSecond", null],
    ]);
  });

  it("is not given by strategies without a model, which cannot end the work either", async () => {
    const study = createStudy({ space, strategy: "random" });
    let ending: Ending | null = null;
    await study.optimize(({ config }) => config.x, { trials: 3, onEnd: (how) => (ending = how) });
    expect(ending).toEqual({ rule: "trials", reason: "The budget of 3 trials is spent." });
    await expect(study.optimize(({ config }) => config.x, { noGain: true })).rejects.toThrow("a strategy that foresees gains");
  });
});

it("a study that was interrupted ends at the same trial, with the same log and the same advice", async () => {
  const outlooks = fc.array(fc.constantFrom<Partial<Outlook>>(often, rarely, rarely, { nextPerSecond: 0 }), {
    minLength: 1,
    maxLength: 12,
  });
  const limits = { noGain: true, minGainPerSecond: 0.2, trials: 15 } as const;
  await fc.assert(
    fc.asyncProperty(outlooks, fc.nat(), async (said, cut) => {
      const undisturbed = await run(said, limits);
      const resumed = await run(said, limits, undisturbed.log.slice(0, cut % (undisturbed.log.length + 1)));
      expect(resumed).toEqual(undisturbed);
    }),
    { numRuns: 50 },
  );
});

describe("the probability of a gain", () => {
  const quantiles = [
    [0.5, 0],
    [0.8, 0],
    [0.9, 2],
    [0.99, 4],
  ] as const;
  it.each([
    [0, 0.8],
    [1, 0.85],
    [2, 0.9],
    [4, 0.99],
    [9, 0.99],
  ])("of at most %d is read from the quantiles, linear between them", (gain, chance) => {
    expect(chanceWithin({ trial: trialId(0), ...outlookOf({ quantiles }) }, gain)).toBeCloseTo(chance, 12);
  });
});

it("Bayesian optimisation ends a study by itself near the minimum, by each rule", async () => {
  const ended = await Promise.all(
    [{ noGain: true as const }, { minGainPerSecond: 1e-4 }].map(async (limits) => {
      const study = createStudy({ space, strategy: { name: "bayesopt", options: { askEffort: 200 } }, seed: 3 });
      let ending: Ending | null = null;
      const best = await study.optimize(({ config }) => ({ value: (config.x - 0.3) ** 2, costSeconds: 1 }), {
        ...limits,
        trials: 40,
        onEnd: (how) => (ending = how),
      });
      return { trials: study.core.started, rule: ending!.rule, value: best.value };
    }),
  );
  expect(ended.map(({ rule }) => rule)).toEqual(["noGain", "gainPerSecond"]);
  for (const { trials, value } of ended) {
    expect(trials).toBeLessThan(25);
    expect(value).toBeLessThan(1e-3);
  }
});
