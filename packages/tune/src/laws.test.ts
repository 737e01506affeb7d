/**
 * What is composed here obeys the laws, and so does every shipped strategy from the user's side: maximising is minimising with the sign
 * flipped. Samplers, the Bayesian optimiser and whole strategies are held to the laws in their own packages.
 */
import type { Card, Config } from "@caviar-hpo/core";
import { believedSpaces, cardLaws, spaces } from "@caviar-hpo/core/testing";
import { hyperbandCards } from "@caviar-hpo/hyperband";
import { describe, expect, it, test } from "vitest";
import { compositionCards } from "./compositions/cards.ts";
import { gpAshaCard } from "./compositions/gpAsha.ts";
import { gpHyperbandCard } from "./compositions/gpHyperband.ts";
import { overRandom } from "./compositions/overRandom.ts";
import { priorBandCard } from "./compositions/priorBand.ts";
import { choice, createStudy, given, int, real, strategies } from "./index.ts";

const epochs = { unit: "epochs", min: 1, max: 9, whole: true } as const;

const overRandomPoints = hyperbandCards.flatMap((card) => ("create" in card ? [] : [overRandom(card)]));

/** Their sampler walks through all degenerate spaces in its own package, and they do so at night. On a commit they meet drawn ones. */
const overBayesopt: readonly Card[] = [gpHyperbandCard, gpAshaCard];

describe.each([...overRandomPoints, ...compositionCards])("$name", (card) => {
  /** Asks of the Bayesian optimiser are expensive. */
  const dear = Object.hasOwn(card.options, "askEffort");
  const drawn = overBayesopt.includes(card) ? { spaces: spaces() } : {};
  for (const law of cardLaws(card, { ...drawn, runs: dear ? 0.02 : 0.1, seed: 2 }))
    if (!dear || law.name !== "takes every kind of value") test(law.name, law.run);
});

describe("priorBand with beliefs", () => {
  for (const law of cardLaws(priorBandCard, { spaces: believedSpaces(), runs: 0.1, seed: 2 })) test(law.name, law.run);
});

describe.each(strategies)("$name", (card) => {
  const { name, cheap } = card;

  it("maximises as it minimises the negative", async () => {
    const run = async (goal: "minimize" | "maximize"): Promise<{ readonly value: number; readonly configs: readonly Config[] }> => {
      const study = createStudy({
        goal,
        seed: 5,
        strategy: { card, options: cheap },
        ...(card.needs.includes("fidelity") && { fidelity: epochs, resumable: true }),
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
