/** The laws again, over many times more cases than a commit affords. */
import { strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { cases } from "../testing/cases.ts";

describe.each(cases)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, runs: 20, seed: 2 })) test(law.name, law.run);
});
