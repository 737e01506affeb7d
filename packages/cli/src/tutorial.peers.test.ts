/** The tutorial docs/own-sampler.md with its two peers, by the built command: run `npm run build` first. */
// python: optuna torch
import { join } from "node:path";
import type { CampaignResults } from "@caviar-hpo/report";
import { afterAll, expect, test } from "vitest";
import { run } from "../testing/caviar.ts";
import { folders } from "../testing/folders.ts";
import { campaignIn, saveTutorial } from "../testing/tutorial.ts";

const { next: newFolder, remove } = folders("tutorial-");
afterAll(remove);

async function campaign(cwd: string, out: string, workers: number): Promise<CampaignResults> {
  const { code, stderr } = await run(["bench", "--plan", "plan.json", "--out", out, "--seeds", "2", "--workers", `${workers}`], { cwd });
  if (code !== 0) throw new Error(stderr);
  return campaignIn(join(cwd, out));
}

test("the whole tutorial runs, peers included, with the same data for any number of workers", async () => {
  const folder = newFolder();
  saveTutorial(folder, (plan) => ({ ...plan, budget: 16 }));
  const { strategies, runs, dataHash } = await campaign(folder, "one", 1);
  const peers = strategies.filter(({ origin }) => origin === "peer");
  expect(peers.map(({ label, version }) => [label, typeof version])).toEqual([
    ["optuna-tpe", "string"],
    ["optuna-gp", "string"],
  ]);
  expect(runs).toHaveLength(7 * 4 * 2);
  for (const { values, failed } of runs) expect([values.length, failed]).toEqual([16, undefined]);
  const designs = runs.filter(({ problem, seed }) => problem === "hartmann3" && seed === 1).map(({ values }) => values.slice(0, 4));
  for (const design of designs) expect(design).toEqual(designs[0]);
  expect((await campaign(folder, "two", 2)).dataHash).toBe(dataHash);
});
