/** The tutorial docs/own-sampler.md without its peers: a folder with a sampler, a problem and a plan becomes a report. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { folders } from "../testing/folders.ts";
import { campaignIn, saveTutorial } from "../testing/tutorial.ts";
import { caviar } from "./caviar.ts";

const { next: newFolder, remove } = folders("tutorial-");
const folder = newFolder();
const [plan, out] = [join(folder, "plan.json"), join(folder, "report")];
afterAll(remove);

async function said(...args: readonly string[]): Promise<string> {
  const terminal = fakeTerminal();
  const code = await caviar(args, terminal);
  if (code !== 0) throw new Error(terminal.stderr.text());
  return terminal.stdout.text();
}

beforeAll(async () => {
  const names = saveTutorial(folder, (whole) => ({
    ...whole,
    budget: 10,
    strategies: whole.strategies.filter(({ name = "" }) => !name.startsWith("peer:")),
  }));
  expect(names).toEqual(["my-sampler.mjs", "my-problem.mjs", "plan.json"]);
  await said("bench", "--plan", plan, "--out", out, "--seeds", "2", "--workers", "1");
});

test("the campaign has the sampler, the problem and a twin, and no run has failed", async () => {
  const { strategies, problems, runs } = await campaignIn(out);
  expect(strategies.map(({ label, origin = "Caviar", version }) => `${label}: ${origin} ${version}`)).toEqual([
    expect.stringMatching(/^random: Caviar /),
    expect.stringMatching(/^tpe: Caviar /),
    "my-sampler: module 1001",
    "wide steps: module 1001",
    expect.stringMatching(/^random again: Caviar /),
  ]);
  expect(problems.map(({ id }) => id)).toEqual(["hartmann3", "bbob-f8-d5-i101", "bbob-f15-d5-i101", "my-problem"]);
  expect(problems[3]).toMatchObject({ title: "Crispness of a pizza", measure: "distance to the bound", dimensions: 3 });
  expect(runs).toHaveLength(5 * 4 * 2);
  for (const { values, failed } of runs) expect([values.length, failed]).toEqual([10, undefined]);
});

test("the report is written again without the modules", async () => {
  const before = readFileSync(join(out, "report.html"), "utf8");
  for (const name of ["my-sampler.mjs", "my-problem.mjs"]) rmSync(join(folder, name));
  await said("report", out);
  expect(readFileSync(join(out, "report.html"), "utf8")).toBe(before);
});
