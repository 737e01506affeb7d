/** The command has the plans of this repository in its code, so that it finds them in any folder, and also in one file. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readPlan } from "@caviar-hpo/bench";
import { expect, it } from "vitest";
import { shippedPlans } from "../packages/cli/src/shippedPlans.generated.ts";
import { workspaceRoot } from "./workspace.ts";

const folder = join(workspaceRoot, "benchmarks", "plans");

it("the plans of the command are those of benchmarks/plans; if a change is meant: npm run test:update", async () => {
  const plans = readdirSync(folder)
    .sort()
    .map((file) => [basename(file, ".json"), JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown] as const);
  const text = `/** The plans of \`benchmarks/plans\` by name. \`tools/shippedPlans.test.ts\` writes this file. */
import type { Json } from "@caviar-hpo/core";

export const shippedPlans: { readonly [name: string]: Json } = ${JSON.stringify(Object.fromEntries(plans), null, 2)};
`;
  await expect(text).toMatchFileSnapshot(join(workspaceRoot, "packages/cli/src/shippedPlans.generated.ts"));
});

it("each of them is a plan", () => {
  expect(Object.keys(shippedPlans)).toContain("quick");
  for (const [name, plan] of Object.entries(shippedPlans)) expect(readPlan(plan).name).toBe(name);
});
