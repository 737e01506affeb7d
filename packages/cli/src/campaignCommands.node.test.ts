/** The commands that take the folders of campaigns: verify, merge and archive, and shards of bench. */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { contentsOf, folders } from "../testing/folders.ts";
import { caviar } from "./caviar.ts";

const { next: newFolder, remove } = folders("campaigns-");
afterAll(remove);

const planPath = join(newFolder(), "plan.json");
writeFileSync(
  planPath,
  JSON.stringify({
    name: "tiny",
    seeds: { count: 2 },
    budget: 5,
    strategies: [{ name: "random" }, { name: "sobol" }, { label: "random again", name: "random" }],
    problems: ["branin", "bbob-f8-d2-i{seed}"],
  }),
);

async function said(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const terminal = fakeTerminal();
  const code = await caviar(args, terminal);
  return { code, out: terminal.stdout.text(), err: terminal.stderr.text() };
}

/** All files but those that are no part of the results: the times. */
function lasting(folder: string): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(contentsOf(folder)).filter(([path]) => !path.startsWith("times/")));
}

const whole = newFolder();
beforeAll(async () => {
  expect((await said("bench", "--plan", planPath, "--out", whole)).code).toBe(0);
});

describe("caviar verify", () => {
  test("says that a campaign is sound, with its Merkle root", async () => {
    const { data } = JSON.parse(readFileSync(join(whole, "manifest.json"), "utf8")) as { readonly data: { readonly root: string } };
    expect(await said("verify", whole, "--share", "0.25")).toMatchObject({
      code: 0,
      out: `The campaign is sound.\nRuns: 12 of 12. Measurements: 60, of which 60 were computed again. Runs made again: 12.\nMerkle root: ${data.root}\n`,
    });
    expect(JSON.parse((await said("verify", whole, "--json")).out)).toMatchObject({ runs: 12, repeated: 12, root: data.root, faults: [] });
  });

  test("names what is wrong, and exits with 3", async () => {
    const path = join(whole, "runs", "branin", "sobol", "2.jsonl");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/"value":(-?)\d/, '"value":$17'));
    const { code, out } = await said("verify", whole);
    writeFileSync(path, text);
    expect(code).toBe(3);
    expect(out).toMatch(/^The campaign does not verify: \d faults\.\n/);
    expect(out).toContain(`${path}, line 2: expected a line that continues the line above`);
  });

  test.each([
    ["2", "a number from 0 to 1"],
    ["x", "a number from 0 to 1"],
  ])("refuses the share %s", async (share, expected) => {
    expect(await said("verify", whole, "--share", share)).toMatchObject({ code: 2, err: expect.stringContaining(expected) as string });
  });
});

describe("shards", () => {
  test("run apart and merged make the campaign in one piece, of which the report has the same bytes", async () => {
    const shards = await Promise.all(
      ["1/2", "2/2"].map(async (shard) => {
        const folder = newFolder();
        const { code, out } = await said("bench", "--plan", planPath, "--out", folder, "--shard", shard);
        expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`Shard ${shard}: 6 runs in `) as string });
        expect(existsSync(join(folder, "report.html"))).toBe(false);
        return folder;
      }),
    );
    const merged = join(newFolder(), "merged");
    const partly = await said("merge", merged, shards[1]!);
    expect(partly).toMatchObject({ code: 0, out: expect.stringContaining("Missing: branin, random, seed 1\n") as string });
    const { code, out } = await said("merge", merged, ...shards);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("The campaign is complete.") as string });
    expect((await said("report", merged)).code).toBe(0);
    const [own, other] = [lasting(merged), lasting(whole)];
    expect(Object.keys(own)).toEqual(Object.keys(other));
    const differ = Object.keys(own).filter((path) => own[path] !== other[path]);
    // They name the command, which has the folder of the whole campaign.
    expect(differ).toEqual(["campaign.json", "report.html", "report.md", "results.json"]);
    expect((await said("verify", merged)).code).toBe(0);
  });

  test.each([
    [["--shard", "3/2", "--out", "never"], "K/N"],
    [["--shard", "1/2"], "a separate folder for each shard"],
  ])("are refused with %j", async (args, expected) => {
    expect(await said("bench", "--plan", planPath, ...args)).toMatchObject({ code: 2, err: expect.stringContaining(expected) as string });
    expect(existsSync("never")).toBe(false);
  });

  test("are not merged without folders of campaigns", async () => {
    expect(await said("merge", "never")).toMatchObject({ code: 2, err: expect.stringContaining("the folders of campaigns") as string });
    expect(await said("merge", "never", newFolder())).toMatchObject({
      code: 2,
      err: expect.stringContaining("caviar bench wrote") as string,
    });
  });
});

test("the command that stands with a figure makes its files again, and touches nothing else", async () => {
  const files = lasting(whole);
  const [command] = /npx caviar-hpo report \. --figure curves-1-[a-z0-9-]+/.exec(files["report.md"]!)!;
  const figure = command.split(" ").at(-1)!;
  for (const kind of ["svg", "csv", "json"]) rmSync(join(whole, "fig", `${figure}.${kind}`));
  writeFileSync(join(whole, "report.md"), "changed");
  const drawing = join(whole, "fig", `${figure}.svg`);
  expect(await said("report", whole, "--figure", figure)).toMatchObject({ code: 0, out: `Figure: ${drawing}\n` });
  expect(lasting(whole)).toEqual({ ...files, "report.md": "changed" });
  writeFileSync(join(whole, "report.md"), files["report.md"]!);
  expect(await said("report", whole, "--figure", "rankin")).toMatchObject({
    code: 2,
    err: expect.stringContaining("Did you mean ranking?") as string,
  });
  expect(lasting(whole)).toEqual(files);
});

test("an archived campaign has the same report, verifies, and runs only what is missing", async () => {
  const { code, out } = await said("archive", whole);
  const archive = join(whole, "runs.jsonl.gz");
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^12 runs, \d+ bytes: .*runs\.jsonl\.gz\n$/) as string });
  expect(existsSync(join(whole, "runs"))).toBe(false);
  const files = lasting(whole);
  for (const name of ["report.html", "report.md", "results.json"]) rmSync(join(whole, name));
  expect((await said("report", whole)).code).toBe(0);
  expect(lasting(whole)).toEqual(files);
  expect((await said("verify", whole)).code).toBe(0);
  expect((await said("bench", "--plan", planPath, "--out", whole)).code).toBe(0);
  expect(lasting(whole)).toEqual(files);
  expect((await said("archive", whole)).code).toBe(0);
  expect(lasting(whole)).toEqual(files);
  const bytes = readFileSync(archive);
  writeFileSync(archive, bytes.subarray(0, bytes.length - 20));
  expect(await said("verify", whole)).toMatchObject({ code: 3, out: expect.stringContaining("compressed with gzip") as string });
});

describe("a campaign of a module", () => {
  const home = newFolder();
  const marker = join(home, "loaded");
  const out = newFolder();
  beforeAll(async () => {
    writeFileSync(
      join(home, "own.mjs"),
      `import { writeFileSync } from "node:fs";
      writeFileSync(${JSON.stringify(marker)}, "");
      export const corners = () => ({
        name: "corners",
        version: 1,
        can: { conditional: false, objectives: 1, constraints: false, external: true },
        init: () => ({ asked: 0 }),
        suggest: (state) => ({ config: { x: (state.asked++ % 7) / 7 } }),
        tell: () => {},
      });
      export const parabola = { space: { x: { kind: "real", low: 0, high: 1 } }, goal: "minimize", optimum: 0, evaluate: ({ x }) => x * x };`,
    );
    const own = { name: "own", seeds: { count: 2 }, budget: 5 };
    const parts = {
      strategies: [{ name: "random" }, { module: "./own.mjs#corners", label: "corners" }],
      problems: [{ module: "./own.mjs#parabola", label: "parabola" }],
    };
    writeFileSync(join(home, "plan.json"), JSON.stringify({ ...own, ...parts }));
    const { code, err } = await said("bench", "--plan", join(home, "plan.json"), "--out", out);
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  });

  test("is reported, merged, archived and verified without its code", async () => {
    rmSync(marker, { force: true });
    const merged = newFolder();
    // The module lies where the paths of the plan would find it, and Node has not loaded it from there.
    for (const folder of [out, merged]) copyFileSync(join(home, "own.mjs"), join(folder, "own.mjs"));
    for (const args of [
      ["report", out],
      ["merge", merged, out],
      ["archive", merged],
      ["report", merged],
    ])
      expect({ args, ...(await said(...args)) }).toMatchObject({ args, code: 0 });
    const { code, out: verdict } = await said("verify", merged);
    expect({ code, verdict }).toEqual({
      code: 0,
      verdict: expect.stringMatching(/^The campaign is sound as far as .*\n.*\n6 runs can only be/) as string,
    });
    expect(existsSync(marker)).toBe(false);
    expect((await said("verify", merged, "--trust", merged)).code).toBe(0);
    expect(existsSync(marker)).toBe(true);
  });

  test("is verified in full with its code if that is trusted, and not with other code", async () => {
    const { out: verdict } = await said("verify", out, "--trust", home, "--share", "1");
    expect(verdict).toMatch(/^The campaign is sound\.\nRuns: 6 of 6\. Measurements: 30, of which 30 were .* again: 6\.\n/);
    const other = newFolder();
    writeFileSync(join(other, "own.mjs"), readFileSync(join(home, "own.mjs"), "utf8").replace("x * x", "x * x * x"));
    expect(await said("verify", out, "--trust", other)).toMatchObject({ code: 3 });
  });
});
