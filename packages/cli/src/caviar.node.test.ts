import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { strategies } from "@caviar-hpo/tune";
import { afterAll, describe, expect, test } from "vitest";
import { installed, run } from "../testing/caviar.ts";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { caviar } from "./caviar.ts";
import { commands } from "./commands.ts";
import { shippedPlans } from "./shippedPlans.generated.ts";

const scratch = fileURLToPath(new URL("../../../.cache/tests/", import.meta.url));
mkdirSync(scratch, { recursive: true });
const folder = mkdtempSync(join(scratch, "cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const tiny = { name: "tiny", seeds: { count: 1 }, budget: 4, strategies: [{ name: "random" }], problems: ["branin"] };
const plan = file("tiny.json", JSON.stringify(tiny));

async function said(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const terminal = fakeTerminal();
  const code = await caviar(args, terminal);
  return { code, out: terminal.stdout.text(), err: terminal.stderr.text() };
}

test("--version says the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { readonly version: string };
  expect(await said("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

describe("help", () => {
  test.each([[], ["--help"], ["-h"], ["help"]])("%j lists every command and says how to learn more", async (...args) => {
    const { code, out, err } = await said(...args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`^  ${name} +${summary.replace(/[.]/g, "\\.")}$`, "m"));
    expect(out).toContain("--help");
  });

  test.each(commands.map(({ name }) => name))("of %s begins with how to write it, and does nothing", async (name) => {
    for (const flag of ["--help", "-h"]) {
      const { code, out, err } = await said(name, "--anything", flag);
      expect({ code, err, usage: out.split("\n")[0] }).toMatchObject({ code: 0, err: "" });
      for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(140);
      expect(out).toMatch(new RegExp(`^Usage: caviar ${name}( |$)`, "m"));
    }
  });

  test("of a command names every option that it takes", async () => {
    for (const { name } of commands) {
      const { err } = await said(name, "--no-such-option");
      const options = /one of ((?:--[\w-]+(?:, )?)+)/.exec(err)?.[1]?.split(", ") ?? [];
      const { out } = await said(name, "--help");
      for (const option of options) expect(out, `${name} ${option}`).toMatch(new RegExp(`^  ${option}\\b`, "m"));
    }
    expect((await said("--help")).out).toContain("Exit codes: 0 done; 1 failed; 2 ");
  });
});

describe("a command line that makes no sense exits with 2 and says what, expected, got, remedy", () => {
  const elsewhere = ["--out", join(folder, "never")];
  const cases: readonly (readonly [args: readonly string[], what: string, got: string, remedy: string])[] = [
    [["benhc"], "command", '"benhc"', 'Did you mean "bench"?'],
    [["__proto__"], "command", '"__proto__"', "caviar --help explains the commands."],
    [["--verison"], "command", '"--verison"', "caviar --help explains the commands."],
    [["bench", "--sedes", "3"], "bench", '"--sedes"', "Did you mean --seeds?"],
    [["bench", "-p", "quick"], "bench", '"-p"', "See caviar bench --help."],
    [["bench", "--plan"], "bench", "no value", "Write --plan VALUE."],
    [["bench", "--plan", "--out", "x"], "bench", '"--out"', "Write --plan VALUE."],
    [["bench", "--plan="], "bench", "no value", "Write --plan VALUE."],
    [["bench", "--plan", "a", "--plan", "b"], "bench", "--plan twice", "Drop one of them."],
    [["bench", "--fresh=yes"], "bench", '"yes"', "Drop the value."],
    [["bench", "quick"], "bench", '"quick"', "See caviar bench --help."],
    [["bench", "--", "--fresh"], "bench", '"--fresh"', "See caviar bench --help."],
    [["bench", "--plan", "quikc"], "plan", '"quikc"', 'Did you mean "quick"?'],
    [["bench", "--plan", join(folder, "nowhere.json")], "plan", '"', "Correct the path."],
    [["bench", "--plan", file("torn.json", '{"name":')], `plan "`, "the end of the text", "Correct the file."],
    [["bench", "--plan", file("list.json", "[]")], "plan", "a list of 0", "caviar bench --help has the keys of a plan."],
    [["bench", "--plan", plan, "--seeds", "0"], "option --seeds", '"0"', "Write --seeds 5, for instance."],
    [["bench", "--plan", plan, "--seeds", "many"], "option --seeds", '"many"', "Write --seeds 5, for instance."],
    [["bench", "--plan", plan, "--budget", "2.5"], "option --budget", '"2.5"', "Write --budget 5, for instance."],
    [["bench", "--plan", plan, "--workers", "0", ...elsewhere], "option --workers", '"0"', "Write --workers 5, for instance."],
    [
      ["bench", "--plan", plan, "--workers", "257", ...elsewhere],
      "workers",
      "257",
      "Correct the number, or omit the option for the default.",
    ],
    [["bench", "--plan", plan, "--seeds", "2"], "option --out", "no folder", `Write --out ${join("runs", "tiny-changed")}.`],
    [["bench", "--plan", plan, "--budget", "5"], "option --out", "no folder", "Write --out"],
    [["bench", "--plan", plan, "--strategies", "rnadom", ...elsewhere], "option --strategies", '"rnadom"', 'Did you mean "random"?'],
    [["bench", "--plan", plan, "--problems", "brannin", ...elsewhere], "option --problems", '"brannin"', 'Did you mean "branin"?'],
    [
      ["bench", "--plan", plan, "--strategies", "random,random", ...elsewhere],
      "plan.strategies",
      '"random"',
      "Give each strategy a different label.",
    ],
    [["bench", "--plan", plan, "--out", plan], "option --out", "the file", "Name a folder."],
    [
      ["bench", "--plan", file("s.json", JSON.stringify({ ...tiny, strategies: [{ name: "sobl" }] })), ...elsewhere],
      "strategy",
      '"sobl"',
      'Did you mean "sobol"?',
    ],
    [
      ["bench", "--plan", file("p.json", JSON.stringify({ ...tiny, problems: ["akley-d5"] })), ...elsewhere],
      "",
      '"akley-d5"',
      "caviar problems lists all ids.",
    ],
    [
      [
        "bench",
        "--plan",
        file("o.json", JSON.stringify({ ...tiny, strategies: [{ name: "sobol", options: { scrable: true } }] })),
        ...elsewhere,
      ],
      "option of",
      '"scrable"',
      'Did you mean "scramble"?',
    ],
    [["report"], "report", "no folder", "Write caviar report FOLDER."],
    [["report", folder], "report", folder.slice(0, 20), "Name a folder that caviar optimize or caviar bench wrote."],
    [["report", "a", "b"], "report", '"b"', "See caviar report --help."],
    [["report", "--fresh", "a"], "report", '"--fresh"', "See caviar report --help."],
    [["serve", "--port", "80"], "serve", "no --token-file", "See caviar serve --help."],
    [["strategies", "sobol", "halton"], "strategies", '"halton"', "See caviar strategies --help."],
    [["strategies", "sobl"], "strategy", '"sobl"', 'Did you mean "sobol"?'],
    [["strategies", "hyperband", "--etta", "4"], "strategies", '"--etta"', "Did you mean --eta?"],
    [["strategies", "hyperband", "--eta", "1"], "option eta of", "1", "is promoted"],
    [["strategies", "hyperband", "--convention", "paper"], "option convention of", '"paper"', "Algorithm 1"],
    [["strategies", "hyperband", "--max", "0"], "option --max", '"0"', "Write --max 5, for instance."],
  ];

  const named = cases.map(([args, ...rest]) => [args.join(" ").replaceAll(join(folder, "/"), ""), args, ...rest] as const);
  test.each(named)("caviar %s", async (_name, args, what, got, remedy) => {
    const { code, out, err } = await said(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    const lines = err.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]!.startsWith(what), err).toBe(true);
    expect(lines[1]).toMatch(/^ {2}expected {2}\S/);
    expect(lines[2]).toMatch(/^ {2}got {7}\S/);
    expect(lines[2]).toContain(got);
    expect(lines[3]).toContain(remedy);
  });

  test("control characters of names do not reach the terminal", async () => {
    for (const args of [
      ["\u001b[2J"],
      ["bench", "--\u001b[2J"],
      ["bench", "--plan", "\u001b[2J\n.json"],
      ["report", "\u202e\u001b]8;;x\u0007"],
    ]) {
      const { code, err } = await said(...args);
      expect(code).toBe(2);
      expect(err).not.toMatch(/[^\P{C}\n]/u);
    }
  });
});

describe("what the operating system refuses exits with 1, without a stack", () => {
  test("a folder that cannot be made", async () => {
    const { code, err } = await said("bench", "--plan", plan, "--out", join(plan, "below", "a", "file"));
    expect(code).toBe(1);
    expect(err).toMatch(/got {7}.*ENOTDIR.*\n {2}There is a file with the name of a folder\. Choose another folder\./);
    expect(err).not.toContain("    at ");
  });
});

test("a plan that is a folder is a mistake in the command line", async () => {
  mkdirSync(join(folder, "folder.json"));
  expect(await said("bench", "--plan", join(folder, "folder.json"))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/expected {2}a file\n {2}got .*folder\.json", which is a folder\n/) as string,
  });
});

describe("lists", () => {
  test("strategies: each with its options, their defaults and values", async () => {
    const { code, out } = await said("strategies");
    expect(code).toBe(0);
    for (const { name, doc, needs, adaptive, options } of strategies) {
      const traits = [...(needs.includes("fidelity") ? ["needs a fidelity"] : []), ...(adaptive ? ["learns from results"] : [])].join(", ");
      expect(out).toContain(`${name}: ${doc}${traits && ` (${traits})`}\n`);
      for (const [option, { doc: explained }] of Object.entries(options))
        expect(out).toMatch(new RegExp(`^  ${option} +\\S.* ${explained.slice(0, 20)}`, "m"));
    }
    expect(out).toContain("plain | centredDiscrepancy | maximin");
    expect(out).toMatch(/^ {2}iterations +unlimited +1 to 1000000, or unlimited +\S/m);
    expect(out).toMatch(/^ {2}initial +auto +1 to 10000, or auto +\S/m);
  });

  test("one strategy: with what it is going to do, where that is known", async () => {
    const table = await said("strategies", "hyperband", "--max", "100", "--eta", "4", "--convention", "table1");
    expect(table).toMatchObject({ code: 0, err: "" });
    expect(table.out.startsWith("hyperband: ")).toBe(true);
    expect(table.out).toContain("\n1 to 100 epochs, eta 4, table1: trials x epochs\n");
    expect((await said("strategies", "bohb")).out).toContain("\n  4   81 x 1   27 x 3    9 x 9   3 x 27   1 x 81");
    expect((await said("strategies", "asha", "--eta", "3")).out).toContain("\nasha decides at 1, 3, 9, 27, 81 epochs\n");
    expect((await said("strategies", "bohb", "--brackets", "unlimited")).out).toBe((await said("strategies", "bohb")).out);
    expect((await said("strategies", "sobol", "--scramble", "false")).out).toMatch(/^sobol: .*\n +option .*\n─.*\n +scramble .*\n$/);
  });

  test("as JSON: the same names and options", async () => {
    const all = JSON.parse((await said("strategies", "--json")).out) as readonly { readonly name: string; readonly options: object }[];
    expect(all.map(({ name }) => name)).toEqual(strategies.map(({ name }) => name));
    expect(all.find(({ name }) => name === "sobol")).toMatchObject({ options: { scramble: { default: true } } });
    expect(JSON.parse((await said("strategies", "hyperband", "--json")).out)).toMatchObject({
      name: "hyperband",
      plan: expect.stringContaining("trials x epochs") as string,
    });
    const ids = JSON.parse((await said("problems", "--json")).out) as readonly string[];
    expect(ids.join("\n")).toBe((await said("problems")).out.trimEnd());
  });

  test("problems: the ids that plans can name, one per line, and the nearest of them for a wrong one", async () => {
    const { code, out } = await said("problems");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual(expect.arrayContaining(["branin", "ackley-d{D}", "bbob-f{f}-d{D}-i{i}", "curves-crossing-{function}"]));
    const { err } = await said("bench", "--plan", file("near.json", JSON.stringify({ ...tiny, problems: ["akley-d5"] })));
    expect(err).toContain("ackley-d{D}");
  });

  test("plans: those of the command in any folder, and those in benchmarks/plans, one per line", async () => {
    const home = process.cwd();
    const shipped = Object.keys(shippedPlans).sort();
    try {
      process.chdir(folder);
      expect(await said("bench", "--list")).toMatchObject({ code: 0, out: `${shipped.join("\n")}\n` });
      mkdirSync(join("benchmarks", "plans"), { recursive: true });
      writeFileSync(join("benchmarks", "plans", "tiny.json"), JSON.stringify(tiny));
      expect(JSON.parse((await said("bench", "--list", "--json")).out)).toEqual([...shipped, "tiny"]);
      expect(await said("bench", "--plan", "tiny", "--strategies", "random", "--out", "mine")).toMatchObject({ code: 0 });
      expect((await said("bench", "--plan", "quikc")).err).toContain('Did you mean "quick"?');
    } finally {
      process.chdir(home);
    }
  });
});

describe("the real process", () => {
  test("has the same exit codes, and writes errors to standard error", async () => {
    const [good, bad] = await Promise.all([run(["--help"], { file: installed }), run(["benhc"], { file: installed })]);
    expect([good.code, good.stderr, bad.code, bad.stdout]).toEqual([0, "", 2, ""]);
    expect(bad.stderr).toContain('Did you mean "bench"?');
  });

  test("is quiet if its output is not read to the end", async () => {
    const { code, stderr } = await run(
      [
        "-c",
        `"${process.execPath}" "${fileURLToPath(new URL("../bin/caviar.js", import.meta.url))}" strategies | true; exit \${PIPESTATUS[0]}`,
      ],
      { file: "bash" },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
