/** The laws in full, in every variant. */
import { strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { allCases } from "../testing/lawCases.ts";

describe.each(allCases)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, seed: 4 })) test(law.name, law.run);
});
