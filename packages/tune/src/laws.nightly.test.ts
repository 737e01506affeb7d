/** The laws again, over many times more cases than a commit affords; those of the Bayesian optimiser run in its own package. */
import { type Dependence, strategyLaws } from "@caviar/core/testing";
import { describe, test } from "vitest";
import { strategies } from "./index.ts";

const dependence: { readonly [name: string]: Dependence } = { grid: "losses", coarseToFine: "order" };

describe.each(strategies.filter(({ name }) => name !== "bayesopt"))("$name", ({ name, create }) => {
  for (const law of strategyLaws(name, create, { dependsOn: dependence[name] ?? "nothing", runs: 50, seed: 3 })) test(law.name, law.run);
});
