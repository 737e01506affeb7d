/**
 * Every strategy that has a name obeys the laws, and maximising is minimising with the sign flipped, from the user's side too. The Bayesian optimiser,
 * whose asks are dear, is held to the laws in its own package, at counts of its own.
 */
import type { Config } from "@caviar/core";
import { type Dependence, strategyLaws } from "@caviar/core/testing";
import { describe, expect, it, test } from "vitest";
import { choice, createStudy, given, int, real, type StrategyOptions, strategies } from "./index.ts";

/** Those that are not named here promise to depend on nothing but the problem and the seed. */
const dependence: { readonly [name: string]: Dependence } = { grid: "losses", coarseToFine: "order" };
/** Options of strategies whose asks are dear. */
const dear: { readonly [name: string]: StrategyOptions } = { bayesopt: { askEffort: 64 } };

describe.each(strategies)("$name", ({ name, create }) => {
  if (dear[name] === undefined)
    for (const law of strategyLaws(name, create, { dependsOn: dependence[name] ?? "nothing", runs: 0.3, seed: 2 })) test(law.name, law.run);

  it("maximises as it minimises the negative", async () => {
    const run = async (goal: "minimize" | "maximize"): Promise<{ readonly value: number; readonly configs: readonly Config[] }> => {
      const study = createStudy({
        goal,
        seed: 5,
        strategy: { name, options: dear[name] ?? {} },
        space: {
          rate: real(1e-4, 1, { scale: "log" }),
          layers: int(1, 8),
          optimiser: choice(["sgd", "adam"]),
          momentum: given("optimiser", ["sgd"], real(0, 1)),
        },
      });
      const sign = goal === "maximize" ? 1 : -1;
      const { value } = await study.optimize(
        ({ config, trial }) => {
          if (trial % 7 === 3) throw new Error("out of memory");
          return sign * (config.layers + Math.sin(config.rate * 50) - (config.momentum ?? 0.5));
        },
        { trials: 50, workers: 3 },
      );
      return { value, configs: study.core.history.trials.map((trial) => trial.config) };
    };
    const most = await run("maximize");
    const least = await run("minimize");
    expect(least.configs).toEqual(most.configs);
    expect(least.value).toBe(-most.value);
    expect(most.value).toBeGreaterThan(7);
  });
});
