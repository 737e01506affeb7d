/**
 * Names in studies, logs, plans, results and the environment are data and never code: none of them loads a module. The one module that is
 * loaded is the objective that the command line names. The commands run in one real process, whose loader writes down every module that is
 * asked for. The same list shows that a command loads only the code that it needs. Build first: `npm run build`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openStudy } from "@caviar-hpo/runtime";
import { choice, createStrategy } from "@caviar-hpo/tune";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folders } from "../testing/folders.ts";
import { commands } from "./commands.ts";

const { next: newFolder, remove } = folders("modules-");
afterAll(remove);

const home = newFolder();
const mark = join(home, "loaded");
const evil = `import { appendFileSync } from "node:fs"; appendFileSync(${JSON.stringify(mark)}, import.meta.url + "\\n"); export default () => 1;`;
const at = (name: string): string => join(home, name);
const url = pathToFileURL(at("evil.mjs")).href;

/** 20 names that `import()` would take. */
const specifiers: readonly string[] = [
  `data:text/javascript,${encodeURIComponent(evil)}`,
  `data:text/javascript;base64,${Buffer.from(evil).toString("base64")}`,
  "data:application/json,{}",
  "http://127.0.0.1:9/evil.mjs",
  "https://127.0.0.1:9/evil.mjs",
  url,
  `${url}?again`,
  `${url}#fragment`,
  at("evil.mjs"),
  "./evil.mjs",
  "../evil.mjs",
  "../../../../../../evil.mjs",
  "evil-package",
  "evil-package/deep",
  "@evil/scoped",
  "#evil",
  "node:child_process",
  "child_process",
  "node:vm",
  "blob:nodedata:evil",
];

beforeAll(async () => {
  for (const path of ["evil.mjs", "evil.js", "node_modules/evil-package/index.mjs", "node_modules/@evil/scoped/index.mjs"]) {
    mkdirSync(join(at(path), ".."), { recursive: true });
    writeFileSync(at(path), evil);
  }
  const exports = { ".": { "@caviar-hpo/source": "./index.mjs", default: "./index.mjs" }, "./deep": "./index.mjs" };
  for (const name of ["evil-package", "@evil/scoped"])
    writeFileSync(at(`node_modules/${name}/package.json`), JSON.stringify({ name, exports }));
  writeFileSync(at("package.json"), JSON.stringify({ type: "module", imports: { "#evil": "./evil.mjs" } }));
});

/** A study that has the names in its space, configurations, errors and annotations. */
async function hostileStudy(): Promise<string> {
  const folder = newFolder();
  const study = await openStudy(folder, { space: { module: choice(specifiers), objective: choice(specifiers) }, seed: "./evil.mjs" });
  await study.optimize(
    ({ config, trial }) => {
      if (trial % 3 === 2) throw new Error(config.module);
      return trial;
    },
    { trials: 20 },
  );
  for (const [trial, specifier] of specifiers.entries())
    study.annotate(trial, { module: specifier, objective: specifier, [specifier]: specifier });
  study.annotate(null, {
    "caviar optimize": { objective: "./evil.mjs", executor: "./evil.mjs", trials: "20", command: [process.execPath, at("evil.mjs")] },
  });
  study.close();
  return folder;
}

/** A study whose strategy has the name. */
async function studyOfStrategy(name: string): Promise<string> {
  const folder = newFolder();
  const study = await openStudy(folder, { space: { x: choice([1, 2]) }, strategy: { ...createStrategy("random"), name } });
  study.close();
  return folder;
}

function planWith(change: object, folder = newFolder()): string {
  const path = join(folder, "plan.json");
  const plan = { name: "p", seeds: { count: 1 }, budget: 2, strategies: [{ name: "random" }], problems: ["branin"] };
  writeFileSync(path, JSON.stringify({ ...plan, ...change }));
  return path;
}

type Ran = { readonly codes: readonly number[]; readonly asked: readonly string[] };

function run(lines: readonly (readonly string[])[], { careless = [] as readonly string[], whole = true } = {}): Ran {
  const variables = ["CAVIAR_OBJECTIVE", "CAVIAR_PLAN", "CAVIAR_STRATEGY", "CAVIAR_MODULE", "CAVIAR_CONFIG"];
  const env = { ...process.env, ...Object.fromEntries(variables.map((name) => [name, "./evil.mjs"])) };
  const tripwire = fileURLToPath(new URL("../testing/moduleTripwire.mjs", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [tripwire, JSON.stringify({ lines, careless, whole })], {
    cwd: home,
    encoding: "utf8",
    env,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Ran;
}

const onDemand: ReadonlySet<string> = new Set([
  "./failure.js",
  "../verifyCampaignIn.js",
  "../exportCoco.js",
  "../reportCampaign.js",
  ...commands.map(({ name }) => `./commands/${name}.js`),
]);

/** The modules that were asked for beyond those that the command itself is made of. */
function foreign({ asked }: Ran): readonly string[] {
  const own = [...run([]).asked];
  return asked.filter((specifier) => {
    // A command line asks for the module of its command each time.
    if (onDemand.has(specifier)) return false;
    const index = own.indexOf(specifier);
    if (index >= 0) own.splice(index, 1);
    return index < 0;
  });
}

describe("row M1", () => {
  test("no command loads a module whose name is in a study, a log, a stored plan, a result or the environment", async () => {
    const study = await hostileStudy();
    const campaign = newFolder();
    writeFileSync(join(campaign, "campaign.json"), JSON.stringify({ command: "./evil.mjs", module: "./evil.mjs" }));
    writeFileSync(
      join(campaign, "plan.json"),
      JSON.stringify({ name: "./evil.mjs", module: "./evil.mjs", strategies: [{ name: "./evil.mjs" }] }),
    );
    const storedParts = newFolder();
    writeFileSync(
      join(storedParts, "campaign.json"),
      JSON.stringify({ kind: "campaign", format: 2, command: "./evil.mjs", planHash: "p" }),
    );
    planWith({ strategies: [{ module: "./evil.mjs" }], problems: [{ module: "./evil.mjs", label: "evil" }] }, storedParts);
    const out = newFolder();
    const reading = [
      ...["trials", "best", "watch", "verify", "repair"].map((name) => [name, study]),
      ["export", study, "--json", join(out, "json")],
      ["export", study, "--csv", join(out, "csv")],
      ["export", study, "--optuna", join(out, "optuna")],
      ["export", study, "--tensorboard", join(out, "board")],
      ...["report", "verify", "archive"].map((name) => [name, campaign]),
      ["merge", join(out, "merged"), campaign],
      ...["report", "verify", "archive"].map((name) => [name, storedParts]),
      ["merge", join(out, "merged"), storedParts],
      ["optimize", study, "--", process.execPath, "-e", "0"],
      ["optimize", study, "--trials", "20", "--executor", "process", "--", process.execPath, "-e", "0"],
    ];
    const named: (readonly string[])[] = [];
    for (const specifier of specifiers) {
      const other = await studyOfStrategy(specifier);
      named.push(["verify", other], ["trials", other], ["optimize", other, "--trials", "1", "--", process.execPath, "-e", "0"]);
      named.push(
        ["strategies", specifier],
        ["optimize", join(out, "new"), "--strategy", specifier, "--trials", "1", "--objective", specifier],
      );
      for (const change of [
        { strategies: [{ name: specifier }] },
        { problems: [specifier] },
        { module: specifier },
        { problems: [{ id: "branin", module: specifier }] },
      ])
        named.push(["bench", "--plan", planWith(change), "--out", join(out, "campaign"), "--workers", "1"]);
    }
    const ran = run([...reading, ...named]);
    expect(ran.codes).toHaveLength(reading.length + named.length);
    expect(ran.codes.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 0));
    expect(foreign(ran)).toEqual([]);
    expect(existsSync(mark)).toBe(false);
  });

  test("a planted reader that imports the names turns the row red, for each of the 20 names", () => {
    expect(foreign(run([], { careless: specifiers })).filter((specifier) => specifiers.includes(specifier))).toEqual(specifiers);
    expect(existsSync(mark)).toBe(true);
  });
});

describe("a command line loads the code that it needs:", () => {
  test("the version and the help load no package", () => {
    const { codes, asked } = run([["--version"], ["--help"]], { whole: false });
    expect(codes).toEqual([0, 0]);
    expect(asked.filter((specifier) => specifier.startsWith("@caviar-hpo/"))).toEqual([]);
  });

  test("a command that reads a study loads no strategy", async () => {
    const study = await hostileStudy();
    const lines = [...["trials", "best", "watch", "repair"].map((name) => [name, study]), ["export", study, "--csv"]];
    const { codes, asked } = run(lines, { whole: false });
    expect(codes).toEqual([0, 0, 0, 0, 0]);
    expect(asked).toContain("@caviar-hpo/core");
    for (const unused of ["@caviar-hpo/tune", "@caviar-hpo/bench", "@caviar-hpo/bayesopt"]) expect(asked).not.toContain(unused);
  });
});
