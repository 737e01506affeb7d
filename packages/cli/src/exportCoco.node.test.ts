/** caviar export --coco: the recorded runs of a campaign on BBOB, evaluation by evaluation. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { contentsOf, folders } from "../testing/folders.ts";
import { caviar } from "./caviar.ts";

const { next: newFolder, remove } = folders("coco-");
afterAll(remove);

async function said(...args: readonly string[]): Promise<{ readonly code: number; readonly err: string }> {
  const terminal = fakeTerminal();
  const code = await caviar(args, terminal);
  return { code, err: terminal.stderr.text() };
}

const plan = {
  name: "bbob",
  seeds: { first: 101, count: 2 },
  budget: 6,
  instances: "published",
  strategies: [{ name: "random" }, { name: "sobol", label: "Random!" }, { name: "sobol", label: "CON" }],
  problems: ["bbob-f1-d2-i{seed}", "bbob-f8-d3-i5", "branin"],
};

async function campaign(): Promise<string> {
  const folder = newFolder();
  const path = join(newFolder(), "plan.json");
  writeFileSync(path, JSON.stringify(plan));
  expect(await said("bench", "--plan", path, "--out", folder, "--workers", "1")).toMatchObject({ code: 0 });
  return folder;
}

describe("caviar export --coco", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await campaign();
  });

  test("writes a folder for each strategy, with the best values that its records have", async () => {
    const target = join(newFolder(), "exdata");
    const { code, err } = await said("export", folder, "--coco", target);
    expect([code, err]).toEqual([0, `Left out, because they are no functions of BBOB: branin\nWrote 18 files into ${target}\n`]);
    const files = contentsOf(target);
    expect([...new Set(Object.keys(files).map((name) => name.split("/")[0]))].sort()).toEqual(["con-3", "random", "random-2"]);
    expect(files["random/bbobexp_f1.info"]).toMatch(
      /DIM = 2,.*algId = 'random'.*\n%.*\ndata_f1\/bbobexp_f1_DIM2\.dat, 101:6\|.*, 102:6\|[^,\n]*$/,
    );
    expect(files["random/bbobexp_f8.info"]).toMatch(/DIM = 3,.*\n%.*\n.*, 5:6\|.*, 5:6\|[^,\n]*$/);
    for (const [problem, data] of [
      ["bbob-f1-d2-i-seed", "data_f1/bbobexp_f1_DIM2.dat"],
      ["bbob-f8-d3-i5", "data_f8/bbobexp_f8_DIM3.dat"],
    ] as const) {
      const best = [101, 102].map((seed) => Math.min(...valuesOf(folder, problem, seed)));
      const ends = files[`random/${data}`]!.split(/^%.*\n/m)
        .slice(1)
        .map((run) => run.trimEnd().split("\n").at(-1)!.split(" "));
      const found = ends.map(([, , precision, , value]) => Number(data.includes("f1/") ? precision : value));
      found.forEach((value, run) => expect(value).toBeCloseTo(best[run]!, 6));
      expect(ends.map(([count]) => count)).toEqual(["6", "6"]);
    }
  });

  test("leaves out runs that are missing, and says how many", async () => {
    const part = newFolder();
    cpSync(folder, part, { recursive: true });
    const gone = Object.keys(contentsOf(part)).find((name) => /^runs\/bbob-f1.*\/random\/101\.jsonl$/.test(name))!;
    rmSync(join(part, gone));
    const target = join(newFolder(), "exdata");
    expect((await said("export", part, "--coco", target)).err).toContain("Left out, because they are missing or have not ended: 1 run\n");
    expect(contentsOf(target)["random/bbobexp_f1.info"]).toMatch(/\.dat, 102:6\|[^,]*$/);
  });

  test("reads the runs of an archived campaign", async () => {
    const [archived, target, other] = [newFolder(), join(newFolder(), "exdata"), join(newFolder(), "exdata")];
    cpSync(folder, archived, { recursive: true });
    expect(await said("archive", archived)).toMatchObject({ code: 0 });
    expect(await said("export", archived, "--coco", target)).toMatchObject({ code: 0 });
    expect(await said("export", folder, "--coco", other)).toMatchObject({ code: 0 });
    expect(contentsOf(target)).toEqual(contentsOf(other));
  });

  test("replaces no folder without --force", async () => {
    const target = newFolder();
    writeFileSync(join(target, "notes"), "");
    expect(await said("export", folder, "--coco", target)).toMatchObject({ code: 2 });
    expect(Object.keys(contentsOf(target))).toEqual(["notes"]);
    expect(await said("export", folder, "--coco", target, "--force")).toMatchObject({ code: 0 });
  });

  test.each<readonly [string, object, string]>([
    ["cropped boxes", { instances: "cropped" }, "instances"],
    ["noise", { noise: { model: "additive", sd: 0.1 } }, "noise"],
    ["no function of BBOB", { problems: ["branin"] }, "problems"],
  ])("refuses a campaign with %s", async (_, change, what) => {
    const target = join(newFolder(), "exdata");
    const changed = newFolder();
    for (const name of ["plan.json", "campaign.json"]) cpSync(join(folder, name), join(changed, name));
    const whole = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as object;
    writeFileSync(join(changed, "plan.json"), JSON.stringify({ ...whole, ...change }));
    const { code, err } = await said("export", changed, "--coco", target);
    expect([code, existsSync(target)]).toEqual([2, false]);
    expect(err).toContain(`plan bbob, ${what}`);
  });

  test("refuses a folder without a campaign", async () => {
    const { code, err } = await said("export", newFolder(), "--coco", join(newFolder(), "exdata"));
    expect([code, err]).toEqual([2, expect.stringContaining("without plan.json and campaign.json")]);
  });
});

/** What the record says that the evaluations were worth. */
function valuesOf(folder: string, problem: string, seed: number): readonly number[] {
  const [name] = Object.keys(contentsOf(folder)).filter((path) => new RegExp(`^runs/${problem}[^/]*/random/${seed}\\.jsonl$`).test(path));
  const lines = readFileSync(join(folder, name!), "utf8").split("\n");
  return lines.flatMap((line) => (line.includes('"x"') ? [(JSON.parse(line) as { readonly value: number }).value] : []));
}
