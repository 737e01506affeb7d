/** The code has the plans and suites of this repository, so that the command finds them in any folder, and also in one file. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readPlan } from "@caviar-hpo/bench";
import { expect, it } from "vitest";
import { peerNames } from "../packages/bench/src/parts/peers.ts";
import { suites } from "../packages/bench/src/plan/suites.ts";
import { shippedPlans } from "../packages/cli/src/shippedPlans.generated.ts";
import { workspaceRoot } from "./workspace.ts";

/** The files of a folder of `benchmarks` as an object by their names. */
function filesOf(folder: string): string {
  const path = join(workspaceRoot, "benchmarks", folder);
  const files = readdirSync(path)
    .sort()
    .map((file) => [basename(file, ".json"), JSON.parse(readFileSync(join(path, file), "utf8")) as unknown] as const);
  return JSON.stringify(Object.fromEntries(files), null, 2);
}

it("the plans of the command are those of benchmarks/plans; if a change is meant: npm run test:update", async () => {
  const text = `/** The plans of \`benchmarks/plans\` by name. \`tools/shippedPlans.test.ts\` writes this file. */
import type { Json } from "@caviar-hpo/core";

export const shippedPlans: { readonly [name: string]: Json } = ${filesOf("plans")};
`;
  await expect(text).toMatchFileSnapshot(join(workspaceRoot, "packages/cli/src/shippedPlans.generated.ts"));
});

it("the suites of plans are those of benchmarks/suites; if a change is meant: npm run test:update", async () => {
  const text = `/** The suites of \`benchmarks/suites\` by name. \`tools/shippedPlans.test.ts\` writes this file. */
import type { Suite } from "./suites.ts";

export const shippedSuites: { readonly [name: string]: Suite } = ${filesOf("suites")};
`;
  await expect(text).toMatchFileSnapshot(join(workspaceRoot, "packages/bench/src/plan/suites.generated.ts"));
});

it("the peers of plans are those of benchmarks/peers; if a change is meant: npm run test:update", async () => {
  const path = join(workspaceRoot, "benchmarks", "peers");
  const names = readdirSync(path).filter((name) => /^(serve|\w*spaces|\w+_(peer|oracle))\.py$/.test(name));
  const files = Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(path, name), "utf8")] as const));
  const text = `/** The programs of \`benchmarks/peers\` that serve the peers, by name. \`tools/shippedPlans.test.ts\` writes this file. */
export const peerFiles: { readonly [name: string]: string } = ${JSON.stringify(files, null, 2)};
`;
  await expect(text).toMatchFileSnapshot(join(workspaceRoot, "packages/bench/src/parts/peerFiles.generated.ts"));
  const served = [...files["serve.py"]!.matchAll(/^ {4}"([\w-]+)": \(/gm)].map(([, name]) => name);
  expect(served).toEqual(Object.keys(peerNames));
});

it("each of them is a plan", () => {
  expect(Object.keys(shippedPlans)).toContain("quick");
  for (const [name, plan] of Object.entries(shippedPlans)) expect(readPlan(plan).name).toBe(name);
});

it.each(Object.keys(suites))("%s is a suite of problems that a plan can name", (suite) => {
  const { problems } = readPlan({ name: "one", seeds: { count: 1 }, budget: 2, strategies: [{ name: "random" }], problems: [{ suite }] });
  expect(problems.length).toBeGreaterThan(1);
  expect(problems.every((problem) => typeof problem === "string" && !problem.includes("{"))).toBe(true);
});
