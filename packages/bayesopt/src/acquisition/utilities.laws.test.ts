import { describe, it } from "vitest";
import { utilityLaws } from "../../testing/utilityLaws.ts";

describe("on 4,000 cases", () => {
  for (const law of utilityLaws) it(law.name, () => law.run(4000));
});
