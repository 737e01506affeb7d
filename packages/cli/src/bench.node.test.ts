/** caviar bench and caviar report from plan to pages, in folders of their own. */
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { lastingContentsOf as contentsOf, folders } from "../testing/folders.ts";
import { caviar } from "./caviar.ts";

const { next: newFolder, remove } = folders("bench-");
afterAll(remove);

const plan = {
  name: "tiny",
  title: "Tiny <b>plan</b> | \u001b[31m",
  seeds: { count: 2 },
  budget: 12,
  initialPoints: 2,
  strategies: [{ name: "random" }, { label: "random 'x2'", name: "random", evaluationsPerStep: 2 }, { name: "sobol" }],
  problems: ["branin", "bbob-f8-d2-i{seed}"],
};

function planFile(change: object = {}): string {
  const path = join(newFolder(), "plan.json");
  writeFileSync(path, JSON.stringify({ ...plan, ...change }));
  return path;
}

async function said(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const terminal = fakeTerminal();
  const code = await caviar(args, terminal);
  return { code, out: terminal.stdout.text(), err: terminal.stderr.text() };
}

describe("caviar bench", () => {
  const path = planFile();
  const out = newFolder();
  let first: Awaited<ReturnType<typeof said>>;
  let files: ReturnType<typeof contentsOf>;
  beforeAll(async () => {
    first = await said("bench", "--plan", path, "--out", out);
    files = contentsOf(out);
  });
  const again = async (...more: readonly string[]): Promise<void> => {
    expect(await said("bench", "--plan", path, "--out", out, ...more)).toMatchObject({ code: 0, out: first.out });
    expect(contentsOf(out)).toEqual(files);
  };

  test("runs a plan, prints its ranking and writes its report", () => {
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/random 'x2'.*\n/);
    expect(first.out.trimEnd().endsWith(`Report: ${join(out, "report.html")}`)).toBe(true);
    expect(first.out).not.toMatch(/[^\P{C}\n]/u);
    expect(first.err.trimEnd().split("\n").at(-1)).toMatch(/^16\/16 runs/);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["campaign.json", "plan.json", "report.html", "report.md", "results.json"]));
    expect(Object.keys(files).filter((name) => name.startsWith("fig/")).length).toBeGreaterThan(0);
    expect(Object.keys(files).filter((name) => name.startsWith("runs/"))).toHaveLength(16);
    expect(Object.keys(files).filter((name) => /\.(part|tmp)$|lock/.test(name))).toEqual([]);
  });

  test("fails if each of its runs has failed, and not if one has succeeded", async () => {
    const folder = newFolder();
    const problem = (name: string, broken: string): string => {
      const text = `export default { space: { x: { kind: "real", low: 0, high: 1 } }, goal: "minimize", bound: 0, evaluate: ${broken} };\n`;
      writeFileSync(join(folder, name), text);
      return `./${name}`;
    };
    const oven = { module: problem("oven.mjs", '() => { throw new Error("too hot"); }') };
    const change = { strategies: [{ name: "random" }, { name: "sobol" }], seeds: { count: 1 } };
    const codes: number[] = [];
    for (const problems of [[oven], [oven, { module: problem("sound.mjs", "({ x }) => x") }]]) {
      const path = join(folder, "plan.json");
      writeFileSync(path, JSON.stringify({ ...plan, ...change, problems }));
      codes.push((await said("bench", "--plan", path, "--out", newFolder(), "--workers", "1")).code);
    }
    expect(codes).toEqual([1, 0]);
  });

  test("keeps the whole plan, the hashes, and the command that repeats it", () => {
    const { kind, format, command, planHash } = JSON.parse(files["campaign.json"]!);
    const { dataHash } = JSON.parse(files["results.json"]!);
    expect([kind, format]).toEqual(["campaign", 2]);
    expect(command).toBe(`npx caviar-hpo bench --plan ${path} --out ${out}`);
    for (const hash of [planHash, dataHash]) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(files["plan.json"]!)).toMatchObject({ ...plan, noise: null, instances: "cropped" });
    expect(files["report.md"]).toContain(dataHash.slice(0, 8));
  });

  test("repeated takes the runs that are there and writes the same bytes", () => again());

  test("with --fresh runs everything again, to the same bytes", () => again("--fresh"));

  test("does not name --workers in the command that repeats it, for they change nothing", async () => {
    await again("--workers", "1");
    await again("--workers=1", "--fresh");
  });

  test("continues to the same bytes if runs are missing, torn or empty", async () => {
    const runs = Object.keys(files).filter((name) => name.startsWith("runs/"));
    rmSync(join(out, runs[0]!));
    truncateSync(join(out, runs[5]!), 300);
    truncateSync(join(out, runs[11]!), 0);
    rmSync(join(out, "fig"), { recursive: true });
    rmSync(join(out, "report.html"));
    await again();
  });

  test("refuses a record that was changed, and touches nothing", async () => {
    const record = Object.keys(files)
      .filter((name) => name.startsWith("runs/"))
      .at(-1)!;
    writeFileSync(join(out, record), files[record]!.replace(/"value":(-?\d)/, '"value":1$1'));
    const before = contentsOf(out);
    expect(before).not.toEqual(files);
    for (const args of [
      ["bench", "--plan", path, "--out", out],
      ["report", out],
    ]) {
      const { code, err, out: printed } = await said(...args);
      expect({ code, printed }).toEqual({ code: 3, printed: "" });
      expect(err).toContain(`${join(out, record)}, line 2`);
      expect(err).toContain("  expected  a line that continues the line above\n");
      expect(contentsOf(out)).toEqual(before);
    }
    writeFileSync(join(out, record), files[record]!);
  });

  test("refuses the folder of another plan, and touches nothing", async () => {
    const { code, err } = await said("bench", "--plan", path, "--out", out, "--seeds", "1");
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining("into another folder") as string });
    expect(contentsOf(out)).toEqual(files);
  });

  test("runs part of a plan into its own folder, with the same results", async () => {
    const part = newFolder();
    const args = ["--plan", path, "--out", part, "--seeds", "1", "--strategies", "sobol,random 'x2'", "--problems", "branin"];
    expect((await said("bench", ...args)).code).toBe(0);
    const command = JSON.parse(readFileSync(join(part, "campaign.json"), "utf8")).command;
    expect(command.endsWith(`--seeds 1 --strategies 'sobol,random '\\''x2'\\''' --problems branin`)).toBe(true);
    const bodies = (contents: ReturnType<typeof contentsOf>): readonly string[] =>
      Object.entries(contents)
        .filter(([name]) => /^runs\/branin\/(sobol|random-x2-.*)\/1\.jsonl$/.test(name))
        .map(([, text]) =>
          text
            .split("\n")
            .slice(1, -2)
            .join("\n")
            .replaceAll(/,"chain":"\w+"/g, ""),
        );
    expect(bodies(contentsOf(part))).toHaveLength(2);
    expect(bodies(contentsOf(part))).toEqual(bodies(files));
  });

  describe("report", () => {
    test("writes the same bytes again from the runs", async () => {
      for (const name of ["report.html", "report.md", "results.json"]) rmSync(join(out, name));
      rmSync(join(out, "fig"), { recursive: true });
      expect(await said("report", out)).toMatchObject({ code: 0, out: first.out });
      expect(contentsOf(out)).toEqual(files);
    });

    test("runs what is missing", async () => {
      rmSync(join(out, "runs", "branin"), { recursive: true });
      expect((await said("report", out)).code).toBe(0);
      expect(contentsOf(out)).toEqual(files);
    });

    test.each([
      ["is no JSON", "{", "Correct the file."],
      ["has no command", "{}", "Restore the file"],
      ["is a list", "[]", "Restore the file"],
    ])("refuses a campaign.json that %s", async (_name, text, remedy) => {
      writeFileSync(join(out, "campaign.json"), text);
      const { code, err } = await said("report", out);
      expect(code).toBe(2);
      expect(err).toContain(remedy);
      writeFileSync(join(out, "campaign.json"), files["campaign.json"]!);
    });

    test("refuses a plan.json that was changed, since its runs are another plan's", async () => {
      writeFileSync(join(out, "plan.json"), files["plan.json"]!.replace('"budget": 12', '"budget": 13'));
      expect(await said("report", out)).toMatchObject({ code: 3, out: "" });
      writeFileSync(join(out, "plan.json"), files["plan.json"]!);
      expect(contentsOf(out)).toEqual(files);
    });
  });
});

describe("a plan that counts resource", () => {
  const spending = (change: object = {}): string =>
    planFile({
      budget: { fullTrainings: 9, points: 10 },
      initialPoints: 0,
      strategies: [{ name: "random" }, { name: "successiveHalving" }],
      problems: ["counting-ones-c2-r2"],
      ...change,
    });

  test("prints bracket tables before it runs, and its budget is changed in full trainings", async () => {
    const out = newFolder();
    const { code, err, out: printed } = await said("bench", "--plan", spending(), "--out", out, "--budget", "4");
    expect({ code, spent: JSON.parse(readFileSync(join(out, "plan.json"), "utf8")).budget.fullTrainings }).toEqual({ code: 0, spent: 4 });
    expect(err.indexOf("9 to 729 sample, eta 3")).toBeGreaterThanOrEqual(0);
    expect(err.indexOf("9 to 729 sample, eta 3")).toBeLessThan(err.indexOf("6/6 runs"));
    expect(printed).toContain("successiveHalving has the best mean rank at the final budget");
    expect(existsSync(join(out, "fig", "speed-up.svg"))).toBe(true);
  });

  test("shows names that would act on a terminal", async () => {
    const label = "halving\u001b[31m";
    const { err } = await said("bench", "--plan", spending({ strategies: [{ label, name: "successiveHalving" }] }), "--out", newFolder());
    expect(err).toContain("halving\\u{1b}[31m, halving\\u{1b}[31m again on counting-ones-c2-r2:");
    expect(err).not.toContain("\u001b");
  });

  test("knows nothing of test functions that cannot be trained in part", async () => {
    const { code, err } = await said("bench", "--plan", spending({ problems: ["branin"] }), "--out", newFolder());
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("multiFidelityFunctionIds") as string });
  });
});

describe("nothing stays behind", () => {
  test.each<readonly [string, object]>([
    ["an unknown strategy", { strategies: [{ name: "random" }, { name: "sobl" }] }],
    ["an unknown option", { strategies: [{ name: "random" }, { name: "sobol", options: { seed: 3 } }] }],
    ["an unknown problem", { problems: ["branin", "nowhere"] }],
    ["an unknown key", { runs: 3 }],
  ])("of a plan with %s", async (_name, change) => {
    const out = join(newFolder(), "out");
    expect((await said("bench", "--plan", planFile(change), "--out", out)).code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });
});
