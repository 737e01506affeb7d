/**
 * Every strategy that has a name obeys the laws, and maximising is minimising with the sign flipped, from the user's side too. The Bayesian optimiser,
 * whose asks are dear, is held to the laws in its own package, at counts of its own, and under Hyperband here, where only values of every kind are left out.
 */
import type { Config } from "@caviar-hpo/core";
import { strategyLaws } from "@caviar-hpo/core/testing";
import { describe, expect, it, test } from "vitest";
import { lawCases } from "../testing/lawCases.ts";
import { choice, createStudy, given, int, real, strategies } from "./index.ts";

const epochs = { unit: "epochs", min: 1, max: 9, whole: true } as const;

describe.each(strategies)("$name", ({ name, multiFidelity, create }) => {
  const { dependsOn, commit, cheap = {} } = lawCases[name]!;
  if (commit > 0) {
    for (const law of strategyLaws(name, () => create(cheap), { dependsOn, runs: commit, seed: 2 }))
      if (name !== "gpHyperband" || law.name !== "takes every kind of value") test(law.name, law.run);
  }

  it("maximises as it minimises the negative", async () => {
    const run = async (goal: "minimize" | "maximize"): Promise<{ readonly value: number; readonly configs: readonly Config[] }> => {
      const study = createStudy({
        goal,
        seed: 5,
        strategy: { name, options: cheap },
        ...(multiFidelity && { fidelity: epochs, resumable: true }),
        space: {
          rate: real(1e-4, 1, { scale: "log" }),
          layers: int(1, 8),
          optimiser: choice(["sgd", "adam"]),
          momentum: given("optimiser", ["sgd"], real(0, 1)),
        },
      });
      const sign = goal === "maximize" ? 1 : -1;
      const { value } = await study.optimize(
        ({ config, trial, until }) => {
          if (trial % 7 === 3) throw new Error("out of memory");
          return sign * (config.layers + Math.sin(config.rate * 50) - (config.momentum ?? 0.5) - 1 / until);
        },
        { trials: 50, workers: 3 },
      );
      return { value, configs: study.core.history.trials.map((trial) => trial.config) };
    };
    const most = await run("maximize");
    const least = await run("minimize");
    expect(least.configs).toEqual(most.configs);
    expect(least.value).toBe(-most.value);
    expect(most.value).toBeGreaterThan(name === "panda" ? 2 : 6);
  });
});
