/** The laws again, over many times more cases than a commit affords; those of the Bayesian optimiser run in its own package. */
import { strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { lawCases } from "../testing/lawCases.ts";
import { strategies } from "./index.ts";

describe.each(strategies.filter(({ name }) => lawCases[name]!.commit >= 0.1))("$name", ({ name, create }) => {
  for (const law of strategyLaws(name, create, { dependsOn: lawCases[name]!.dependsOn, runs: 50, seed: 3 })) test(law.name, law.run);
});
