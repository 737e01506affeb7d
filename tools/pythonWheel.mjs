/**
 * Builds the wheel of the Python package into `clients/python/dist`, and tries it in empty environments: with Node on PATH, with the Node
 * of the extra `[node]` and none on PATH, and without any Node. It uses the network: pip installs the build backend and Node.
 *
 * Usage: npm run python:wheel
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { bundleClient } from "./clientBundle.mjs";

const root = resolve(import.meta.dirname, "..");
const project = join(root, "clients", "python");
const dist = join(project, "dist");
const python = process.env.CAVIAR_PYTHON || "python3";
const windows = process.platform === "win32";

/** Tunes in two processes and continues. It prints how many trials there are. */
const program = `
import sys
import caviar_hpo as caviar

def train(trial):
    return (trial["x"] - 0.3) ** 2

if __name__ == "__main__":
    for trials in (10, 20):
        with caviar.Study(sys.argv[1], space={"x": caviar.real(0, 1)}, strategy="tpe") as study:
            study.optimize(train, trials=trials, workers=2)
            print(len(study.trials))
`;

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
function run(file, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: "utf8", ...options });
  return { good: status === 0, text: `${stdout ?? ""}${stderr ?? ""}${error ?? ""}` };
}

/** @param {string} what @param {{ good: boolean, text: string }} result */
function must(what, { good, text }) {
  if (!good) throw new Error(`${what}:\n${text}`);
  return text;
}

async function buildWheel() {
  await bundleClient();
  rmSync(dist, { recursive: true, force: true });
  must("pip wheel", run(python, ["-m", "pip", "wheel", "--no-deps", "--wheel-dir", dist, project]));
  const wheel = readdirSync(dist).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Error("pip has made no wheel");
  return join(dist, wheel);
}

/** @param {string} folder @param {string} requirement */
function environment(folder, requirement) {
  must("venv", run(python, ["-m", "venv", folder]));
  const interpreter = windows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
  must("pip install", run(interpreter, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]));
  return interpreter;
}

const wheel = await buildWheel();
const folder = mkdtempSync(join(tmpdir(), "caviar-wheel-"));
try {
  const script = join(folder, "tune.py");
  writeFileSync(script, program);
  const plain = environment(join(folder, "plain"), wheel);
  const withNode = environment(join(folder, "node"), `${wheel}[node]`);
  const env = { ...process.env, CAVIAR_SERVER: "", PYTHONPATH: "" };
  // The folders of commands that Python and the system need, without that of Node.
  const nowhere = { ...env, PATH: windows ? (process.env.SystemRoot ?? "") : join(folder, "no-commands") };
  const onPath = { ...env, PATH: dirname(process.execPath) };
  const cases = [
    { name: "with Node on PATH", interpreter: plain, env: onPath, expected: "10\n20\n" },
    { name: "with the Node of the extra", interpreter: withNode, env: nowhere, expected: "10\n20\n" },
    { name: "without Node", interpreter: plain, env: nowhere, expected: "pip install 'caviar-hpo[node]'" },
  ];
  for (const [index, { name, interpreter, env, expected }] of cases.entries()) {
    const { text } = run(interpreter, [script, join(folder, `study-${index}`)], { cwd: folder, env });
    if (!text.replaceAll("\r", "").includes(expected)) throw new Error(`${name}: expected ${JSON.stringify(expected)}, got:\n${text}`);
    console.log(`${name}: works`);
  }
  console.log(`${wheel.replace(`${root}/`, "")}: ${(statSync(wheel).size / 1e6).toFixed(2)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
