/** caviar optimize: a study of a program or a module, from the command line to its folder. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStudy } from "@caviar-hpo/runtime";
import { afterAll, describe, expect, test } from "vitest";
import { type FakeTerminal, fakeTerminal } from "../testing/fakeTerminal.ts";
import { folders } from "../testing/folders.ts";
import { caviar } from "./caviar.ts";

const { next: newFolder, remove } = folders("optimize-");
afterAll(remove);

const home = newFolder();

function file(name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}

/** Prints what it was given, and then its result. */
const train = file(
  "train.mjs",
  `const [x = "0.5", units = ""] = process.argv.slice(2);
   console.log("training", x, units, process.env.CAVIAR_SLOT_GPU ?? "");
   if (units === "fail") process.exit(3);
   console.log(JSON.stringify({ value: (Number(x) - 0.3) ** 2 }));`,
);
/** Its result is always 1. */
const one = file("one.mjs", "console.log(JSON.stringify({ value: 1 }));");
const space = file("space.json", '{ "x": { "kind": "real", "low": 0, "high": 1 } }');
const program = ["--", process.execPath, train, "{x}"];

type Said = { readonly code: number; readonly out: string; readonly err: string };

async function said(...args: readonly string[]): Promise<Said> {
  return saidOn(fakeTerminal(), ...args);
}

async function saidOn(terminal: FakeTerminal, ...args: readonly string[]): Promise<Said> {
  const code = await caviar(["optimize", ...args], terminal);
  return { code, out: terminal.stdout.text(), err: terminal.stderr.text() };
}

describe("a study of a program", () => {
  const folder = join(newFolder(), "runs", "one");

  test("runs, shows what the program prints and the progress, and prints the best trial", async () => {
    const { code, out, err } = await said(folder, "--space", space, "--trials", "4", "--workers", "2", ...program);
    expect(code, err).toBe(0);
    const [title, , best, end] = out.split("\n");
    expect(title).toMatch(/^trial +value +x$/);
    expect(best).toMatch(/^ +\d +\S+ +0\.\d+$/);
    expect(end).toBe("4 trials, 0 failed. The budget of 4 trials is spent.");
    expect(err.match(/^training 0\.\d+/gm)).toHaveLength(4);
    expect(err).toContain("4/4 trials, best ");
    const { trials, ended, strategy } = readStudy(folder);
    expect(trials.map(({ status, worker }) => [status, worker !== null])).toEqual(Array.from({ length: 4 }, () => ["finished", true]));
    expect(ended).toMatchObject({ rule: "trials", reason: "The budget of 4 trials is spent." });
    expect(strategy.name).toBe("auto");
  });

  test("continues with its folder and the program alone, and ends at the noted limit", async () => {
    expect(await said(folder, ...program)).toMatchObject({ code: 0, out: expect.stringContaining("4 trials, 0 failed.") as string });
  });

  test("continues to another limit", async () => {
    const { code, out } = await said(folder, "--trials", "6", "--json", ...program);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      folder,
      trials: 6,
      failed: 0,
      ended: { rule: "trials" },
      best: [{ config: {}, values: [{}] }],
    });
    expect(readStudy(folder).annotations).toEqual({ "caviar optimize": { trials: "6", workers: "2" } });
  });

  test("forgets the noted limits where another one is given", async () => {
    const { code, out } = await said(folder, "--patience", "1", ...program);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("The last trial gained nothing.") as string });
    expect(readStudy(folder).annotations).toEqual({ "caviar optimize": { patience: "1", workers: "2" } });
  });

  test("refuses another space, goal, strategy or seed, and says what has changed", async () => {
    const wider = file("wider.json", '{ "x": { "kind": "real", "low": 0, "high": 2 } }');
    for (const [option, value, got] of [
      ["--space", wider, "space.x.high 2"],
      ["--goal", "maximize", 'objectives.value.goal "maximize"'],
      ["--strategy", "tpe", 'strategy.name "tpe"'],
      ["--seed", "3", "seed 3"],
    ] as const) {
      const { code, err } = await said(folder, option, value, ...program);
      expect(code).toBe(2);
      expect(err).toContain(`got       ${got}`);
    }
    expect((await said(folder, "--space", space, "--seed", "0", "--strategy", "auto", ...program)).code).toBe(0);
  });
});

describe("a study that begins with --warm-start", () => {
  const [old, again] = [newFolder(), newFolder()];

  test("has the problem and the trials of the old study, which its limit does not count, and takes them over once", async () => {
    expect((await said(old, "--space", space, "--goal", "maximize", "--trials", "3", ...program)).code).toBe(0);
    const { err } = await said(old, "--strategy", "sobol", ...program);
    expect(err).toContain("name another folder, and give this one after --warm-start");
    for (const trials of [2, 4]) {
      const { code, out } = await said(again, "--warm-start", old, "--strategy", "sobol", "--trials", String(trials), ...program);
      expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`${trials} trials, 0 failed, 3 from elsewhere.`) as string });
    }
    const { problem, trials, strategy } = readStudy(again);
    expect([problem, strategy.name]).toEqual([readStudy(old).problem, "sobol"]);
    expect(trials.slice(0, 3).map(({ config, curve }) => [config, curve])).toEqual(
      readStudy(old).trials.map(({ config, curve }) => [config, curve]),
    );
  });

  test("is refused before there is a folder, if the trials do not fit the new space, or there is no old study", async () => {
    const narrow = file("narrow.json", '{ "x": { "kind": "real", "low": 0, "high": 1e-9 } }');
    const folder = join(newFolder(), "new");
    expect((await said(folder, "--warm-start", old, "--space", narrow, "--trials", "2", ...program)).code).toBe(2);
    const { code, err } = await said(folder, "--warm-start", home, "--space", space, "--trials", "2", ...program);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^option --warm-start\n {2}expected {2}the folder of a study\n/) as string,
    });
    expect(existsSync(folder)).toBe(false);
  });
});

test("a study gets a larger space by --extend, and still verifies", async () => {
  const folder = newFolder();
  const wide = file("wide.json", '{ "x": { "kind": "real", "low": 0, "high": 2 } }');
  expect((await said(folder, "--space", space, "--trials", "3", ...program)).code).toBe(0);
  expect((await said(folder, "--space", wide, ...program)).err).toContain("Add --extend to give the study the larger --space.");
  expect((await said(folder, "--space", wide, "--extend", "--trials", "6", ...program)).code).toBe(0);
  const { trials, problem } = readStudy(folder);
  expect(trials).toHaveLength(6);
  expect(problem.space.params[0]![1]).toMatchObject({ high: 2 });
  const terminal = fakeTerminal();
  expect(await caviar(["verify", folder], terminal)).toBe(0);
  expect(terminal.stdout.text()).toContain("6 trials. The strategy gives the same answers.");
  expect((await said(folder, "--trials", "7", ...program)).code).toBe(0);
});

test("every option that describes a study gets there", async () => {
  const folder = newFolder();
  const { code, err } = await said(
    folder,
    ...["--space", space, "--objectives", "loss:minimize,speed:maximize", "--constraints", "memory", "--fidelity", "epochs:1:9"],
    ...["--strategy", "hyperband", "--strategy-options", '{"eta":9}', "--seed", "autumn", "--trials", "2", "--workers", "1"],
    ...["--timeout", "60", "--retries", "0", "--kill-after", "1", "--slots", "gpu=1", "--max-failures", "unlimited", "--patience", "9:0.5"],
    ...["--", process.execPath, file("several.mjs", "console.log(JSON.stringify({ values: [1, 2], constraints: [-1] }));")],
  );
  expect(code, err).toBe(0);
  const { problem, strategy, seed, trials } = readStudy(folder);
  expect(problem).toMatchObject({
    objectives: [
      { name: "loss", goal: "minimize" },
      { name: "speed", goal: "maximize" },
    ],
    constraints: ["memory"],
    fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
    resumable: false,
  });
  expect({ strategy, seed }).toMatchObject({ strategy: { name: "hyperband", options: { eta: 9 } }, seed: "autumn" });
  expect(trials[0]!.curve.at(-1)).toMatchObject({ values: [1, 2], constraints: [-1] });
  // Before it begins, hyperband says what it is going to do.
  expect(err).toContain("1 to 9 epochs, eta 9");
});

test("a program that uses {checkpoint} makes a study that continues from checkpoints", async () => {
  const folder = newFolder();
  const saving = file(
    "saving.mjs",
    'import fs from "node:fs"; fs.writeFileSync(`${process.argv[2]}/m`, "x"); console.log(JSON.stringify({ value: 1 }));',
  );
  const { code, err } = await said(
    folder,
    ...["--space", space, "--fidelity", "epochs:1:3", "--strategy", "successiveHalving", "--trials", "3"],
    ...["--", process.execPath, saving, "{checkpoint}"],
  );
  expect(code, err).toBe(0);
  expect(readStudy(folder).problem.resumable).toBe(true);
});

test("slots are shared out among the workers", async () => {
  const { err } = await said(newFolder(), "--space", space, "--trials", "4", "--workers", "2", "--slots", "gpu=2", ...program);
  expect(new Set(err.match(/^training .*$/gm)!.map((line) => line.split(" ").at(-1)))).toEqual(new Set(["0", "1"]));
});

test("a module is an objective too", async () => {
  const module = file("objective.mjs", "export default ({ config }) => (config.x - 0.3) ** 2;");
  const folder = newFolder();
  const { code, out, err } = await said(folder, "--space", space, "--trials", "3", "--objective", module);
  expect(code, err).toBe(0);
  expect(out).toContain("3 trials, 0 failed.");
  expect(readStudy(folder).trials.every(({ curve, config }) => curve[0]!.values[0] === ((config.x as number) - 0.3) ** 2)).toBe(true);
});

test("a program that always fails exits with 1, and shows its last words", async () => {
  const { code, err, out } = await said(newFolder(), "--space", space, "--trials", "20", "--max-failures", "2", ...program, "fail");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain("got       none in 2 trials");
  expect(err).toContain("or give --max-failures unlimited.");
  expect(err).toContain("training");
});

describe("limits", () => {
  test("patience ends the study, and says so", async () => {
    const { code, out } = await said(newFolder(), "--space", space, "--patience", "2", "--", process.execPath, one);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("2 trials in a row gained nothing.") as string });
  });

  /** A module, because it takes less time than a program. */
  const bowl = ["--objective", file("bowl.mjs", "export default ({ config }) => (config.x - 0.3) ** 2;")];
  const search = ["--space", space, "--strategy", "bayesopt", "--strategy-options", '{"initial": 3, "askEffort": 64}', ...bowl];
  const started = (out: string): number => Number(out.match(/^(\d+) trials, 0 failed/m)![1]);

  test("--no-gain ends the study, also after it was interrupted by another limit, and is remembered", async () => {
    const [whole, parts] = [newFolder(), newFolder()];
    const rule = ["--no-gain", "0.05:0.0001"];
    const { code, out, err } = await said(whole, ...search, "--trials", "40", ...rule);
    expect(code, err).toBe(0);
    expect(out).toContain("Further trials gain more than 0.0001 with a probability of at most 0.05.");
    expect(started(out)).toBeLessThan(40);
    expect(readStudy(whole).ended).toMatchObject({ rule: "noGain" });

    expect(started((await said(parts, ...search, "--trials", "4", ...rule)).out)).toBe(4);
    const continued = await said(parts, "--trials", "40", ...rule, ...bowl);
    expect(started(continued.out)).toBe(started(out));
    expect(started((await said(parts, ...bowl)).out)).toBe(started(out));
  });

  test("--min-gain-per-second ends the study", async () => {
    const { code, out, err } = await said(newFolder(), ...search, "--trials", "40", "--min-gain-per-second", "1e6");
    expect(code, err).toBe(0);
    expect(out).toContain("No trial is expected to gain more than 1000000 per second.");
    expect(started(out)).toBeLessThan(40);
  });

  test("without a rule that looks ahead, the command says when no-gain would have ended the study", async () => {
    const { out } = await said(newFolder(), ...search, "--trials", "12");
    expect(out).toMatch(/^12 trials, 0 failed\. The budget of 12 trials is spent\.$/m);
    expect(out).toMatch(
      /^The rule noGain would (have stopped the study after \d+ trials\. Further trials gain|not have stopped the study yet\.)/m,
    );
    const { out: json } = await said(newFolder(), ...search, "--trials", "5", "--json");
    expect(JSON.parse(json)).toMatchObject({ ended: { rule: "trials", advice: [{ rule: "noGain" }] } });
  });

  test.each(["--no-gain", "--min-gain-per-second"])("%s needs a strategy that looks ahead", async (rule) => {
    const { code, err } = await said(newFolder(), "--space", space, "--strategy", "random", rule, "0.5", ...bowl);
    expect(code).toBe(2);
    expect(err).toContain('expected  a strategy that foresees gains\n  got       "random"');
  });

  test("beliefs that the strategy ignores are noticed on standard error", async () => {
    const believed = file(
      "believed.json",
      '{ "space": { "x": { "kind": "real", "low": 0, "high": 1 } }, "beliefs": { "params": { "x": { "near": 0.3 } } } }',
    );
    const { err } = await said(newFolder(), "--space", believed, "--strategy", "random", "--trials", "2", ...bowl);
    expect(err.match(/the strategy random does not use them/g)).toHaveLength(1);
    expect((await said(newFolder(), "--space", believed, "--strategy", "tpe", "--trials", "2", ...bowl)).err).not.toContain("not use them");
  });

  test("a time ends the study", async () => {
    const { code, out } = await said(newFolder(), "--space", space, "--max-seconds", "0.001", ...program);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("The time limit of 0.001 seconds is over.") as string });
  });
});

describe("a command line that makes no sense exits with 2, and makes no study", () => {
  const never = join(newFolder(), "never");
  const good = [never, "--space", space, "--trials", "1"];
  const cases: readonly (readonly [args: readonly string[], what: string, got: string, remedy: string])[] = [
    [[], "optimize", "no folder", "Write caviar optimize FOLDER."],
    [[never, "other"], "optimize", '"other"', "See caviar optimize --help."],
    [good, "optimize", "neither", "Write -- python train.py --lr {learningRate}, or --objective ./train.js."],
    [[...good, "--"], "optimize", "neither", "Write -- python"],
    [[...good, "--objective", train, ...program], "optimize", "both", "Drop one of them."],
    [[never, "--trials", "1", ...program], "option --space", "no file", "Write --space space.json."],
    [[never, "--space", space, ...program], "option --trials", "none", "Write --trials 60, for instance."],
    [[...good, "--trails", "3", ...program], "optimize", '"--trails"', "Did you mean --trials?"],
    [[...good, "--workers", "0", ...program], "option --workers", '"0"', "Write --workers 5"],
    [[...good, "--timeout", "-1", ...program], "option --timeout", '"-1"', "Write --timeout 60"],
    [[...good, "--timeout", "soon", ...program], "option --timeout", '"soon"', "Write --timeout 60"],
    [[...good, "--patience", "3:1:2", ...program], "option --patience", '"3:1:2"', "Write --patience 20"],
    [[...good, "--slots", "gpu", ...program], "option --slots", '"gpu"', "Write --slots gpu=4"],
    [[...good, "--slots", "gpu=none", ...program], "option --slots", '"none"', "Write --slots 5"],
    [[...good, "--workers", "2", "--slots", "gpu=1", ...program], "option slots.gpu of optimize", "1", "Use fewer workers."],
    [[...good, "--slots", "gpu=4,gpu=1", ...program], "option --slots", '"gpu=4,gpu=1"', "Name each kind once."],
    [[...good, "--workers", "5000", ...program], "option workers of optimize", "5000", "Correct the value."],
    [[...good, "--reports", "2", ...program], "objective of optimize.reports", "2", "Correct the value."],
    [
      [...good, "--strategy", "random", "--no-gain", "0.1", ...program],
      "option noGain of optimize",
      '"random"',
      "Use bayesopt, or patience instead.",
    ],
    [[...good, "--", "no-such-program"], "program of the command", '"no-such-program"', "Correct the name"],
    [[...good, "--executor", "fork", ...program], "option --executor", '"fork"', "Write thread or process."],
    [[...good, "--goal", "maximise", ...program], "option --goal", '"maximise"', "Write minimize or maximize."],
    [[...good, "--goal", "maximize", "--objectives", "a", ...program], "option --goal", "both", "Drop --goal."],
    [[...good, "--objectives", "a:up", ...program], "option --objectives", '"up"', "Write minimize or maximize."],
    [[...good, "--fidelity", "1:27", ...program], "option --fidelity", '"1:27"', "Write --fidelity epochs:1:27"],
    [[...good, "--fidelity", "epochs:9:1", ...program], "fidelity", "1", ""],
    [[...good, "--strategy", "bohd", ...program], "strategy", '"bohd"', 'Did you mean "bohb"?'],
    [[...good, "--strategy-options", "eta=4", ...program], "option --strategy-options", '"eta=4"', "Write --strategy-options"],
    [
      [...good, "--strategy", "hyperband", "--fidelity", "e:1:9", "--strategy-options", '{"etta":4}', ...program],
      "option of",
      '"etta"',
      "eta",
    ],
    [[...good, "--", process.execPath, train, "{y}"], 'argument "{y}"', '"y"', "Write one of these. Write {{ and }} for braces."],
    [[...good, "--objective", "data:text/javascript,1"], "option --objective", '"data:text/javascript,1"', "Correct the path"],
    [[...good, "--objective", home], "option --objective", '"', "Correct the path"],
    [[...good, "--objective", train, "--reports", "3"], "option --reports", "a module", "Drop --reports."],
    [[never, "--space", join(home, "no.json"), "--trials", "1", ...program], "space", '"', "Correct the path."],
  ];

  test.each(cases.map(([args, ...rest]) => [args.slice(1).join(" ").replaceAll(home, ""), args, ...rest] as const))(
    "caviar optimize … %s",
    async (_name, args, what, got, remedy) => {
      const { code, out, err } = await said(...args);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      const lines = err.trimEnd().split("\n");
      expect(lines[0]!.startsWith(what), err).toBe(true);
      expect(lines[2]).toContain(got);
      expect(lines[3]).toContain(remedy);
      expect(existsSync(never)).toBe(false);
    },
  );

  test.each([[["--strategy", "bohb"]], [["--strategy", "sobl"]], [["--objectives", "a:minimize,a:maximize"]]])(
    "%j: no folder is made",
    async (args) => {
      const folder = join(newFolder(), "never");
      expect((await said(folder, "--space", space, "--trials", "1", ...args, ...program)).code).toBe(2);
      expect(existsSync(folder)).toBe(false);
    },
  );

  test("the folder of a campaign", async () => {
    const campaign = newFolder();
    writeFileSync(join(campaign, "campaign.json"), "{}");
    const { code, err } = await said(campaign, "--space", space, "--trials", "1", ...program);
    expect(code).toBe(2);
    expect(err).toContain("got       the folder of a campaign");
  });
});

describe("a space file", () => {
  const attempt = async (text: string): Promise<string> => {
    const { code, err } = await said(join(newFolder(), "never"), "--space", file("odd.json", text), "--trials", "1", ...program);
    expect(code, err).toBe(2);
    return err;
  };
  const real = '"kind": "real", "low": 0, "high": 1';

  test.each<readonly [string, string, string]>([
    ["a value of another type", `{\n  "x": { "kind": "real",\n         "low": "0", "high": 1 } }`, ", line 3, column 17: x.low\n"],
    ["an unknown kind", `{ "x": { "kind": "rael", "low": 0, "high": 1 } }`, ", line 1, column 18: x.kind\n"],
    ["a misspelt key", `{ "y": { ${real} },\n  "x": { ${real}, "scal": "log" } }`, ", line 2, column 8: x\n"],
    ["a missing key", `[ { "name": "x", "kind": "real", "low": 0 } ]`, ", line 1, column 3: parameter 0\n"],
    ["an impossible range", `{ "y": { ${real} },\n  "x": { "kind": "real", "low": 2, "high": 1 } }`, ', line 2, column 8: real "x"\n'],
    [
      "an impossible range in a list",
      `[ {"name":"y", ${real} },\n  { "name": "x", "kind": "int", "low": 2, "high": 1 } ]`,
      ', line 2, column 3: int "x"\n',
    ],
    ["a parameter twice", `[ {"name":"x", ${real} },\n  { "name": "x", ${real} } ]`, ', line 2, column 3: parameter "x"\n'],
    ["a number for a parameter", `{ "x": 3 }`, ", line 1, column 8: x\n"],
    ["a name in a named parameter", `{ "x": { "name": "y", ${real} } }`, ", line 1, column 8: x\n"],
    ["names that JavaScript would sort", `{ "b": { ${real} },\n "10": { ${real} } }`, ", line 2, column 8: 10\n"],
    [
      "a constraint with an unknown name",
      `{ "space": { "x": { ${real} } },\n  "where": [ "x > 0",\n { "sum": ["x", "z"], "max": 1 } ] }`,
      ", line 3, column 11: where[1].sum\n",
    ],
    [
      "a constraint that does not parse",
      `{ "space": { "x": { ${real} } },\n  "where": [ "x < " ] }`,
      ', line 2, column 14: constraint "x < "\n',
    ],
    [
      "a constraint that leaves nothing",
      `{ "space": { "x": { ${real} } },\n  "where": [ "x > 2" ] }`,
      ", line 2, column 14: constraint x > 2\n",
    ],
    ["a text", `"x"`, ", line 1, column 1: space\n"],
    ["half of it", `{ "x": {\n  "kind": `, ", line 2, column 11\n"],
    ["a comma too many", `{ "x": { ${real}, } }`, ", line 1, column "],
    ["a key twice", `{ "x": { ${real} }, "x": { ${real} } }`, '"x" again'],
  ])("with %s is refused, and the error names the line", async (_name, text, place) => {
    expect(await attempt(text)).toContain(place);
  });

  test.each<readonly [string, string]>([
    ["by name", `{ "b": { ${real} }, "a": { ${real} } }`],
    [
      "with a condition",
      `{ "b": { "kind": "choice", "options": ["u", "v"] }, "a": { "kind": "given", "parent": "b", "values": ["u"], "param": { ${real} } } }`,
    ],
    ["as a list", `[{ "name": "b", ${real} }, { "name": "a", ${real} }]`],
    ["with constraints", `{ "space": { "b": { ${real} }, "a": { ${real} } }, "where": ["a < b"] }`],
    ["as a list with constraints", `{ "space": [{ "name": "b", ${real} }, { "name": "a", ${real} }], "where": [{ "less": ["a", "b"] }] }`],
    ["with parameters called space and where", `{ "space": { ${real} }, "where": { ${real} } }`],
  ])("can be written %s", async (_name, written) => {
    const folder = newFolder();
    const { code, err } = await said(folder, "--space", file("good.json", written), "--trials", "1", "--", process.execPath, one);
    expect(code, err).toBe(0);
    const { params, where } = readStudy(folder).problem.space;
    expect(params.map(([name]) => name)).toEqual(written.includes('"where": {') ? ["space", "where"] : ["b", "a"]);
    expect(where).toHaveLength(written.includes('"where": [') ? 1 : 0);
  });
});

test("the folder of a study may lie in folders that do not exist yet, and a file in its place is refused", async () => {
  const path = file("taken", "");
  mkdirSync(join(home, "deep"));
  const { code, err } = await said(path, "--space", space, "--trials", "1", ...program);
  expect(code).toBe(2);
  expect(err).toMatch(/expected {2}the folder of a study\n {2}got .*taken", which is a file\n/);
  expect(readFileSync(path, "utf8")).toBe("");
});

test("after trials that have all failed, the next start says how to continue, because the budget is spent", async () => {
  const folder = newFolder();
  for (const more of [["--space", space, "--trials", "2"], []]) {
    const { code, err } = await said(folder, ...more, "--", process.execPath, train, "{x}", "fail");
    expect(code).toBe(1);
    expect(err).toMatch(/exit code 3, .* Correct the program\. .* Correct the cause\. Then give a larger --trials/);
  }
  expect(await said(folder, "--trials", "3", ...program)).toMatchObject({ code: 0 });
});

test("a strategy that needs a fidelity says how the command gets one", async () => {
  const { code, err } = await said(newFolder(), "--space", space, "--trials", "2", "--strategy", "bohb", ...program);
  expect(code).toBe(2);
  expect(err).toContain("--fidelity epochs:1:27");
});

test("trials that ran out of time say once which option of the command gives them more", async () => {
  const sleeps = ["--", process.execPath, "-e", "setTimeout(Object, 60_000)"];
  const { err } = await said(newFolder(), "--space", space, "--trials", "2", "--timeout", "0.2", "--kill-after", "0", ...sleeps);
  expect(err.match(/Raise --timeout/g)).toHaveLength(1);
  expect(err).toContain("(2 trials)");
  expect(err).not.toContain("timeoutSeconds");
});
