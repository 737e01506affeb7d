/**
 * The laws again on the stubs of all families, over many times more cases than a commit affords. The nightly tests of laws of all packages
 * have 336,000 cases and more, as row C2 of the fault matrix asks for.
 */
import { describe, test } from "vitest";
import { strategyLaws } from "../testing/index.ts";
import { stubs } from "../testing/stubs.fixture.ts";

describe.each(stubs)("$name", ({ name, create, ...options }) => {
  for (const law of strategyLaws(name, create, { ...options, runs: 9, seed: 2 })) test(law.name, law.run);
});
