/** The laws of lbfgsb.laws.test.ts on 2,000 functions of each kind. */
import { expect, it } from "vitest";
import { expectLawful } from "../../testing/minimiserLaws.ts";
import { wildFunctions } from "../../testing/wildFunctions.ts";

it.each(Object.keys(wildFunctions))("keeps its laws on 2,000 cases of %s", (name) => {
  for (let seed = 0; seed < 2_000; seed++) expectLawful(name, seed);
  expect.hasAssertions();
});
