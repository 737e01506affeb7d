/** Every scheduler and strategy obeys the laws, in its variants too. */
import { spaces, strategyLaws } from "@caviar-hpo/core/testing";
import { describe, test } from "vitest";
import { cases } from "../testing/cases.ts";

/** Where the sampler chooses points, drawn spaces will do: the walk through all degenerate ones is for those that choose their own. */
const drawn = { spaces: spaces() };

describe.each(cases)("$name", ({ name, create, ...options }) => {
  const own = create().name.includes("+") ? drawn : {};
  for (const law of strategyLaws(name, create, { ...options, ...own, runs: 0.25 })) test(law.name, law.run);
});
