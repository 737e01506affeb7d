/** The laws again on the stubs of all families, over many times more cases than a commit affords. */
import { describe, test } from "vitest";
import { stubs } from "./stubs.fixture.ts";
import { strategyLaws } from "./testing/index.ts";

describe.each(stubs)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, runs: 10, seed: 2 })) test(law.name, law.run);
});
