import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bin, run } from "../testing/caviar.ts";
import { folders } from "../testing/folders.ts";

const { next: newFolder, remove } = folders("memory-");
afterAll(remove);

test("a worker that runs out of memory is an error with its cell, and what to do", async () => {
  const cwd = newFolder();
  const plan = { name: "long", seeds: { count: 2 }, budget: 1_000_000, strategies: [{ name: "random" }], problems: ["branin"] };
  writeFileSync(join(cwd, "plan.json"), JSON.stringify(plan));
  const args = ["--max-old-space-size=32", bin, "bench", "--plan", "plan.json", "--out", "out", "--workers", "2"];
  const { code, stderr } = await run(args, { cwd, file: process.execPath });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^branin, random, seed 1: the worker\n.*\n.*memory.*\n.*fewer workers.*\n$/) as string,
  });
  expect(existsSync(join(cwd, "out", "report.html"))).toBe(false);
});
