/** Caviar and Optuna search on the same task: `benchmarks/peers/digits`, in small. */
// python: optuna
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { courseSpace, loadTask, openRun } from "@caviar-hpo/testbed";
import { createStudy } from "@caviar-hpo/tune";
import { expect, it } from "vitest";
import { workspaceRoot } from "./workspace.ts";

const digits = (file: string): string => join(workspaceRoot, "benchmarks/peers/digits", file);
const seed = Number(process.env.CAVIAR_PEERS_SEED ?? 1) % 2 ** 31;

it("the trainer that Optuna drives measures the bits that Caviar measures", async () => {
  const run = openRun(await loadTask("digits-course"));
  const jobs = createStudy({ space: courseSpace, strategy: "random", seed }).ask({ want: 5 });
  const requests = jobs.flatMap(({ config }) => [{ config }, { epoch: 1 }, { epoch: 2 }]);
  const output = execFileSync(process.execPath, [digits("trainer.mjs")], {
    input: requests.map((request) => JSON.stringify(request)).join("\n"),
    encoding: "utf8",
  });
  const measured = jobs.flatMap((job) => [
    {},
    ...[1, 2].map((epoch) => {
      const result = run.measure(job, epoch);
      return "values" in result ? { value: result.values[0] } : { infeasible: true };
    }),
  ]);
  expect(
    output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual(measured);
});

it("every search trains as many epochs as it may, and is in the table", () => {
  const folder = mkdtempSync(join(tmpdir(), "caviar-digits-"));
  const out = join(folder, "records");
  const table = execFileSync(process.execPath, [digits("compare.mjs"), "--seeds", "1", "--epochs", "45", "--out", out], {
    encoding: "utf8",
    env: { ...process.env, CAVIAR_PYTHON: process.env.CAVIAR_PYTHON || "python3" },
  });
  const records: readonly { readonly name: string; readonly trained: number; readonly validation: readonly number[] }[] = readFileSync(
    out,
    "utf8",
  )
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  rmSync(folder, { recursive: true });
  expect(records.filter(({ name }) => name.startsWith("Caviar "))).toHaveLength(5);
  expect(records.filter(({ name }) => name.startsWith("Optuna "))).toHaveLength(3);
  for (const { name, trained, validation } of records) {
    expect(trained, name).toBe(45);
    expect(validation[1], name).toBeLessThanOrEqual(validation[0]!);
    expect(table).toContain(`| ${name} | `);
  }
});
