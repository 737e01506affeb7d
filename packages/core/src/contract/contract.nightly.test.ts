/** The laws again on the stubs of all families, over many times more cases than a commit affords. */
import { describe, test } from "vitest";
import { strategyLaws } from "../testing/index.ts";
import { stubs } from "../testing/stubs.fixture.ts";

describe.each(stubs)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, runs: 10, seed: 2 })) test(law.name, law.run);
});
