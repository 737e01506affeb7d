/** The declared tuning set is in the code of campaigns, and the optimiser's benches are inside it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mixedFunction, testFunction } from "@caviar-hpo/objectives";
import { describe, expect, it } from "vitest";
import { tuningSet } from "../packages/bench/src/arena/tuningSet.generated.ts";
import { isTuned } from "../packages/bench/src/arena/tuningSet.ts";
import { shippedPlans } from "../packages/cli/src/shippedPlans.generated.ts";
import { workspaceRoot } from "./workspace.ts";

describe("the tuning set", () => {
  it("is that of benchmarks/tuning-set.json; if a change is meant: npm run test:update", async () => {
    const declared = JSON.parse(readFileSync(join(workspaceRoot, "benchmarks", "tuning-set.json"), "utf8")) as object;
    const text = `/** What \`benchmarks/tuning-set.json\` declares. \`tools/tuningSet.test.ts\` writes this file. */
export type TuningSet = {
  readonly about: string;
  /** Ids of problems. */
  readonly problems: readonly string[];
  /** Suites that are numbered like BBOB, and the instances on which defaults were chosen. */
  readonly bbob: { readonly families: readonly string[]; readonly instances: { readonly first: number; readonly last: number } };
  /** The rugged problems on which defaults were chosen. */
  readonly rugged: { readonly instances: { readonly first: number; readonly last: number } };
};

export const tuningSet: TuningSet = ${JSON.stringify(declared, null, 2)};
`;
    await expect(text).toMatchFileSnapshot(join(workspaceRoot, "packages/bench/src/arena/tuningSet.generated.ts"));
  });

  it("names problems that exist", () => {
    for (const id of tuningSet.problems)
      expect(
        [testFunction, mixedFunction].some((find) => exists(() => find(id))),
        id,
      ).toBe(true);
  });

  it("holds what the benches of the optimiser compare, apart from BBOB, whose instances have numbers", () => {
    const benches = readFileSync(join(workspaceRoot, "packages", "bayesopt", "bench", "suites.mjs"), "utf8");
    const named = [...benches.matchAll(/synthetic\(\s*"([\w-]+)"/g), ...benches.matchAll(/\["([\w-]+)", \d+, -?[\d.]+\]/g)].map(
      ([, id]) => id!,
    );
    expect(named.length).toBeGreaterThanOrEqual(20);
    for (const id of named) expect(isTuned(id), id).toBe(true);
  });

  it.each<[string, boolean]>([
    ["branin", true],
    ["six-hump-camel", false],
    ["branin-in-d100", false],
    ["bbob-f8-d5-i1", true],
    ["bbob-f8-d40-i15", true],
    ["bbob-f8-d5-i16", false],
    ["bbob-f8-d5-i101", false],
    ["bbob-mixint-f8-d5-i3", true],
    ["bbob-mixint-f8-d5-i103", false],
    ["rugged-i1", true],
    ["rugged-i24", true],
    ["rugged-i25", false],
    ["rugged-i101", false],
    ["table-protein", false],
  ])("%s: %s", (id, tuned) => {
    expect(isTuned(id)).toBe(tuned);
  });
});

it.each(["quick", "held-out", "tables", "rugged"])("the plan %s uses no problem of the tuning set", (name) => {
  const { problems } = shippedPlans[name] as { readonly problems: readonly string[] };
  for (const id of problems) expect(isTuned(id), id).toBe(false);
});

function exists(find: () => unknown): boolean {
  try {
    find();
    return true;
  } catch {
    return false;
  }
}
