/**
 * What must run after a plain installation: the example of README.md as an ES module and by `require`, every entry point of every package
 * both ways, and the command. Each program is run by a Node that the caller names.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformWithOxc } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A command line that must end well, what it reads, and the text that must stand in its output. */
/** @typedef {{ readonly name: string, readonly args: readonly string[], readonly input: string, readonly output: string }} Program */

/** Third-party packages that the entry points need beyond what npm installs: an optional peer of `@caviar-hpo/core/testing`. */
export const peers = ["fast-check"];

/**
 * Writes the programs into the folder of an installation.
 *
 * @param {string} app
 * @returns {Promise<readonly Program[]>}
 */
export async function writePrograms(app) {
  const { code, printed } = await readmeExample();
  /** @type {readonly (readonly [file: string, text: string, output: string])[]} */
  const scripts = [
    ["readme.mjs", code, printed],
    ["readme.cjs", asCommonJs(code), printed],
    ["entries.mjs", entriesProgram("import"), "every entry point exports what it lists"],
    ["entries.cjs", entriesProgram("require"), "every entry point exports what it lists"],
  ];
  for (const [file, text] of scripts) writeFileSync(join(app, file), text);
  const command = join(app, "node_modules", "caviar-hpo", "bin", "caviar.js");
  return [
    ...scripts.map(([file, , output]) => ({ name: file, args: [join(app, file)], input: "", output })),
    ...commandPrograms(command, app),
    digitsProgram(command, app),
  ];
}

/**
 * Uses of the command, given the file that has it. Campaigns write into `folder`.
 *
 * @param {string} command
 * @param {string} folder
 * @returns {readonly Program[]}
 */
export function commandPrograms(command, folder) {
  const plan = join(folder, "tiny.json");
  const tiny = { name: "tiny", seeds: { count: 1 }, budget: 4, strategies: [{ name: "random" }, { name: "sobol" }], problems: ["branin"] };
  writeFileSync(plan, JSON.stringify(tiny));
  const { version } = JSON.parse(readFileSync(join(root, "packages", "cli", "package.json"), "utf8"));
  const request = `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "strategies" })}\n`;
  const out = join(folder, "tiny");
  const space = join(folder, "space.json");
  writeFileSync(space, JSON.stringify({ x: { kind: "real", low: 0, high: 1 } }));
  writeFileSync(join(folder, "train.mjs"), "console.log(JSON.stringify({ value: Number(process.argv[2]) }));");
  const study = mkdtempSync(join(folder, "study-"));
  const tuning = ["optimize", study, "--space", space, "--trials", "3", "--workers", "2"];
  return [
    {
      name: "caviar optimize",
      args: [command, ...tuning, "--", process.execPath, join(folder, "train.mjs"), "{x}"],
      input: "",
      output: "3 trials, 0 failed.",
    },
    { name: "caviar trials", args: [command, "trials", study], input: "", output: "finished" },
    { name: "caviar --help", args: [command, "--help"], input: "", output: "Usage: caviar COMMAND" },
    { name: "caviar --version", args: [command, "--version"], input: "", output: version },
    {
      name: "caviar bench",
      args: [command, "bench", "--plan", plan, "--out", out, "--fresh"],
      input: "",
      output: join(out, "report.html"),
    },
    {
      name: "caviar bench with a plan of its own",
      args: [
        command,
        "bench",
        "--plan",
        "quick",
        "--strategies",
        "random,sobol",
        "--problems",
        "drop-wave",
        "--seeds",
        "1",
        "--budget",
        "4",
        "--out",
        `${out}-quick`,
      ],
      input: "",
      output: "report.html",
    },
    { name: "caviar serve", args: [command, "serve"], input: request, output: '"name":"bayesopt"' },
  ];
}

/**
 * A campaign that trains on the digits, which come from the package `mnist`.
 *
 * @param {string} command
 * @param {string} folder
 * @returns {Program}
 */
export function digitsProgram(command, folder) {
  const plan = join(folder, "digits.json");
  const budget = { fullTrainings: 2, points: 2, from: 1, workers: 1, stragglerSigma: 0 };
  const digits = { name: "digits", seeds: { count: 1 }, budget, strategies: [{ name: "random" }], problems: ["digits-course"] };
  writeFileSync(plan, JSON.stringify(digits));
  const out = join(folder, "digits");
  return {
    name: "caviar bench on digits",
    args: [command, "bench", "--plan", plan, "--out", out, "--fresh"],
    input: "",
    output: "report.html",
  };
}

/**
 * Null where the program did what it should, otherwise what it did.
 *
 * @param {string} node the path of a Node
 * @param {Program} program
 * @param {string} cwd
 * @returns {string | null}
 */
export function faultOf(node, { name, args, input, output }, cwd) {
  const { status, stdout, stderr } = spawnSync(node, args, { cwd, input, encoding: "utf8", env: plainEnvironment() });
  return status === 0 && stdout.includes(output) && !/warning/i.test(stderr)
    ? null
    : `${name}: expected exit code 0 and ${JSON.stringify(output)}, got ${status}. ${stdout.slice(-2000)}${stderr.slice(-2000)}`;
}

/** Without what a test runner sets for its own processes. */
function plainEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|TEST$)/.test(name)));
}

/** The first example of README.md as JavaScript, and what it says it prints. */
async function readmeExample() {
  const markdown = readFileSync(join(root, "README.md"), "utf8");
  const block = /^```ts\n([\s\S]*?)^```$/m.exec(markdown)?.[1] ?? "";
  const printed = [...block.matchAll(/^\/\/ prints: (.*)$/gm)].map(([, line]) => `${line}\n`).join("");
  if (printed === "" || !block.includes('from "@caviar-hpo/tune"'))
    throw new Error("README.md: expected its first ts block to import @caviar-hpo/tune and to say what it prints");
  const { code } = await transformWithOxc(block, "readme.ts");
  return { code, printed };
}

/** @param {string} code an ES module that imports names only */
function asCommonJs(code) {
  const imports = /^import \{([^}]*)\} from ("[^"]+");$/gm;
  const required = [...code.matchAll(imports)].map(([, names, from]) => `const {${names?.replaceAll(" as ", ": ")}} = require(${from});`);
  return `${required.join("\n")}\n(async () => {\n${code.replace(imports, "").replace(/^export \{\};$/m, "")}\n})();\n`;
}

/** @param {"import" | "require"} how */
function entriesProgram(how) {
  const entries = readdirSync(join(root, "packages")).flatMap((member) => {
    const { name } = JSON.parse(readFileSync(join(root, "packages", member, "package.json"), "utf8"));
    const surface = JSON.parse(readFileSync(join(root, "packages", member, "exports.snapshot.json"), "utf8"));
    return Object.entries(surface).map(([subpath, { values }]) => [`${name}${subpath.slice(1)}`, values]);
  });
  return `(async () => {
  for (const [entry, names] of ${JSON.stringify(entries)}) {
    const found = Object.keys(${how === "import" ? "await import(entry)" : "require(entry)"}).filter((name) => !/^(__esModule|module\\.exports)$/.test(name));
    if (JSON.stringify(found.sort()) !== JSON.stringify(names)) throw new Error(entry + ": expected " + names + ", got " + found);
  }
  console.log("every entry point exports what it lists");
})();
`;
}
