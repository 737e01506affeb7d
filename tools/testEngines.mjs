/**
 * `npm run test:engines`: the same bits on every engine. It bundles the pinned program of `tools/engines/program.ts`, runs it on each
 * JavaScript engine that it finds, and compares every line with the digests in `tools/engines/digests.golden.json`. Then it packs the
 * packages, installs them into an empty folder, and runs the programs of `tools/installed/programs.mjs` there on each Node. It says plainly
 * which engines are absent. `-- --install` installs Node 24, Bun and Deno first; `-- --update` writes the digests of this Node as the new
 * golden file.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { engines, install, runInShell } from "./engines/engines.mjs";
import { installPackages } from "./installed/install.mjs";
import { faultOf, peers, writePrograms } from "./installed/programs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const golden = join(root, "tools", "engines", "digests.golden.json");

async function bundle() {
  const outDir = join(root, ".cache", "engines", "bundle");
  await build({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@caviar-hpo/source"] },
    build: {
      outDir,
      target: "es2022",
      minify: false,
      lib: { entry: join(root, "tools", "engines", "main.ts"), formats: ["iife"], name: "engines", fileName: () => "program.js" },
    },
  });
  return join(outDir, "program.js");
}

/**
 * The SHA-256 of each part's lines.
 *
 * @param {readonly string[]} lines
 * @returns {{ readonly [part: string]: string }}
 */
function digestsOf(lines) {
  /** @type {Map<string, string[]>} */
  const parts = new Map();
  for (const line of lines) {
    const [part = "", text = ""] = line.split("\t");
    parts.set(part, [...(parts.get(part) ?? []), text]);
  }
  return Object.fromEntries([...parts].map(([part, texts]) => [part, createHash("sha256").update(texts.join("\n")).digest("hex")]));
}

if (process.argv.includes("--install")) install();
const script = await bundle();
const reference = runInShell("this Node", process.execPath, [script]);
if (reference.length < 300) throw new Error("the pinned program printed too little to compare");
if (process.argv.includes("--update")) writeFileSync(golden, `${JSON.stringify(digestsOf(reference), null, 2)}\n`);
const expected = JSON.parse(readFileSync(golden, "utf8"));

let passed = 0;
let failed = 0;
for (const engine of engines) {
  const command = engine.find();
  if (command === null) {
    console.log(`absent   ${engine.name} (${engine.javascript}): ${engine.missing}`);
    continue;
  }
  const lines = await engine.run(command, script);
  const digests = digestsOf(lines);
  const parts = [...new Set([...Object.keys(expected), ...Object.keys(digests)])];
  const wrong = parts.filter((part) => digests[part] !== expected[part]);
  passed += parts.length - wrong.length;
  failed += wrong.length;
  console.log(
    `${wrong.length === 0 ? "same" : "DIFFERENT"}     ${engine.name} (${engine.javascript}), ${engine.version(command)}: ${lines.length} lines`,
  );
  if (wrong.length === 0) continue;
  const first = lines.findIndex((line, index) => line !== reference[index]);
  console.log(`  expected the golden digests, got others for ${wrong.join(", ")}.`);
  if (first >= 0)
    console.log(
      `  The first line that differs from this Node: ${lines[first]}\n  This Node:                                  ${reference[first]}`,
    );
}

const { app, remove } = installPackages({ extra: peers });
const programs = await writePrograms(app);
for (const engine of engines) {
  const node = engine.name.startsWith("Node ") ? engine.find() : null;
  if (node === null) continue;
  const faults = programs.map((program) => faultOf(node, program, app)).filter((fault) => fault !== null);
  passed += programs.length - faults.length;
  failed += faults.length;
  const names = programs.map(({ name }) => name).join(", ");
  console.log(`${faults.length === 0 ? "runs" : "FAILS"}     ${engine.name}, ${engine.version(node)}, the installed packages: ${names}`);
  for (const fault of faults) console.log(`  ${fault}`);
}
remove();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
