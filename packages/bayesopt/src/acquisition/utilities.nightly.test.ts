/** The laws again, on many more cases than a commit affords. */
import { describe, it } from "vitest";
import { utilityLaws } from "../../testing/utilityLaws.ts";

describe("on 10^6 cases", () => {
  for (const law of utilityLaws) it(law.name, () => law.run(1_000_000));
});
