/** A budget with which a strategy is no more than random search is noticed, and the notice says what to ask for. */
import type { Card, Config, Notice } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { type ChosenStrategy, createStudy, real } from "./index.ts";
import { createStrategy, strategies } from "./strategies.ts";

const space = { x: real(0, 1), y: real(0, 1) };
const fidelity = { unit: "epochs", min: 1, max: 9 };

type Run = { readonly notices: readonly Notice[]; readonly configs: readonly Config[]; readonly takeOvers: number };

/** Optimises a bowl, or its negative. */
async function run(strategy: ChosenStrategy, trials: number, { sign = 1, observed = 0, workers = 1 } = {}): Promise<Run> {
  const notices: Notice[] = [];
  const study = createStudy({ space, fidelity, resumable: true, strategy, onNotice: (notice) => notices.push(notice) });
  for (let index = 0; index < observed; index++) study.observe({ x: index / 40, y: 0.5 }, index);
  const bowl = ({ x, y }: { readonly x: number; readonly y: number }): number => (x - 0.3) ** 2 + (y - 0.6) ** 2;
  await study.optimize(async ({ config, until }) => sign * bowl(config) + 1 / until, { trials, workers });
  const started = study.core.history.trials.slice(observed);
  return { notices, configs: started.map(({ config }) => config), takeOvers: started.filter(({ parent }) => parent !== null).length };
}

const learnsByProcesses = ["auto", "bayesopt", "gpHyperband", "gpAsha", "freezeThaw"];
const cheap = Object.fromEntries(learnsByProcesses.map((name) => [name, { askEffort: 64 }]));
const named = (name: string): ChosenStrategy => ({ name, options: { ...cheap[name] } });
const leastOf = (card: Card, options = {}): number | undefined =>
  createStrategy(card, options).leastTrials?.(createStudy({ space, fidelity, strategy: card }).core.problem)?.trials;

const table: { readonly [name: string]: number } = {
  coarseToFine: 4,
  tpe: 11,
  differentialEvolution: 21,
  cmaes: 7,
  bayesopt: 6,
  successiveHalving: 9,
  hyperband: 9,
  asha: 3,
  asynchronousHyperband: 3,
  pasha: 3,
  medianRule: 6,
  populationBased: 21,
  panda: 2,
  bohb: 9,
  dehb: 9,
  gpHyperband: 9,
  gpAsha: 6,
  freezeThaw: 6,
  auto: 9,
  priorBand: 9,
};

test("every strategy that learns, or compares trials, says how many trials it needs; designs and random points serve every budget", () => {
  const all = strategies.map((card) => [card.name, leastOf(card)] as const).filter(([, least]) => least !== undefined);
  expect(Object.fromEntries(all)).toEqual(table);
  for (const card of strategies) if (card.adaptive) expect(table).toHaveProperty(card.name);
});

describe.each(Object.entries(table))("%s, which needs %d trials", (name, least) => {
  it("is noticed once below them, and not from them on", async () => {
    for (const trials of [1, least - 1, least, least + 5]) {
      const found = (await run(named(name), trials)).notices.filter(({ code }) => code === "fewTrials");
      expect([trials, found.length]).toEqual([trials, trials < least ? 1 : 0]);
      if (found[0] !== undefined) {
        expect(found[0]).toMatchObject({
          what: `trials of ${name}`,
          message: expect.stringMatching(`^${trials} are too few, because \\w`) as string,
        });
        expect(found[0].remedy).toMatch(/^Allow .*\.$/);
      }
    }
  });
});

describe.each(
  strategies.filter(
    ({ adaptive, needs, name }) =>
      adaptive && name !== "coarseToFine" && name !== "auto" && (needs.length === 0 || name === "populationBased" || name === "panda"),
  ),
)("the points of $name", ({ name }) => {
  it("do not depend on results with fewer trials than it needs, and do with more", async () => {
    const least = table[name]!;
    const both = async (trials: number): Promise<readonly (readonly Config[])[]> => [
      (await run(named(name), trials)).configs,
      (await run(named(name), trials, { sign: -1 })).configs,
    ];
    const [few, fewToo] = await both(least - 1);
    expect(fewToo).toEqual(few);
    const [many, manyToo] = await both(least + 12);
    expect(manyToo).not.toEqual(many);
  });
});

describe("what counts towards the trials that a strategy needs", () => {
  it.each(["tpe", "differentialEvolution", "bayesopt"])("are observed results for %s, which learns from them", async (name) => {
    expect((await run(named(name), 3, { observed: 30 })).notices).toEqual([]);
  });

  it.each(["hyperband", "populationBased", "medianRule"])("are no observed results for %s, which trains its own", async (name) => {
    expect((await run(named(name), 1, { observed: 30 })).notices.map(({ code }) => code)).toEqual(["fewTrials"]);
  });

  it.each<readonly [string, ChosenStrategy, number]>([
    ["a design that is larger than the budget", { name: "latinHypercube", options: { points: 40 } }, 39],
    ["more coarse trials than the budget", { name: "coarseToFine", options: { trials: 100 } }, 40],
    ["one stage, which never zooms in", { name: "coarseToFine", options: { stages: 1 } }, 500],
    ["a large startup", { name: "tpe", options: { startup: 50 } }, 50],
    ["a large bracket", { name: "successiveHalving", options: { configurations: 81 } }, 80],
  ])("are set by the options: %s", async (_name, strategy, trials) => {
    const found = (await run(strategy, trials)).notices.filter(({ code }) => code === "fewTrials");
    expect(found).toHaveLength(1);
  });
});

describe("population-based training", () => {
  it("of 20 members in 20 trials says that none takes over, and how many trials to allow", async () => {
    const { notices, takeOvers } = await run({ name: "populationBased", options: { population: 20, segments: 9 } }, 20);
    expect(takeOvers).toBe(0);
    expect(notices.filter(({ code }) => code === "fewTrials")).toEqual([
      {
        code: "fewTrials",
        what: "trials of populationBased",
        message: "20 are too few, because the population takes the first 20, and each take-over is a new trial",
        remedy: "Allow about 60 trials for all take-overs, or lower the option population.",
      },
    ]);
    const enough = await run({ name: "populationBased", options: { population: 20, segments: 9 } }, 60);
    expect(enough.takeOvers).toBeGreaterThan(20);
    expect(enough.notices).toEqual([]);
  });

  it.each([2, 3, 5])("of %d members has take-overs too", async (population) => {
    expect((await run({ name: "populationBased", options: { population } }, 40)).takeOvers).toBeGreaterThan(2);
  });
});
