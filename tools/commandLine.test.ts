/**
 * The page about the command line runs: its programs, its commands and what they print, and the example in the help of each command. Python
 * is needed. Build first: `npm run build`.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../packages/cli/src/commands.ts";
import { exitCodes } from "../packages/cli/src/exitCodes.ts";
import { type Block, blocksOf } from "./docs.ts";
import { workspaceRoot } from "./workspace.ts";

const page = "docs/command-line.md";
const markdown = readFileSync(join(workspaceRoot, page), "utf8");
const blocks = blocksOf(page, markdown);
const python = ["python3", "python"].find((name) => spawnSync(name, ["-c", "import sys; assert sys.version_info >= (3, 6)"]).status === 0);

const folder = mkdtempSync(join(tmpdir(), "caviar-page-"));
const tools = join(folder, "bin");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a block as a script, in a folder that has the files of the page. */
function shell(script: string, cwd: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const path = `${tools}${delimiter}${process.env.PATH ?? ""}`;
  return spawnSync("sh", ["-ec", script], { cwd, encoding: "utf8", env: { ...process.env, PATH: path } });
}

function layFiles(name: string): string {
  const home = join(folder, name);
  mkdirSync(home);
  writeFileSync(join(home, "space.json"), blocks.find(({ language }) => language === "json")!.code);
  writeFileSync(join(home, "train.py"), blocks.find(({ language }) => language === "python")!.code);
  return home;
}

function program(name: string, text: string): void {
  writeFileSync(join(tools, name), `#!/bin/sh\nexec ${text} "$@"\n`);
  chmodSync(join(tools, name), 0o755);
}

describe.skipIf(process.platform === "win32" || python === undefined)("with a Python,", () => {
  beforeAll(() => {
    mkdirSync(tools);
    program("caviar", `"${process.execPath}" "${join(workspaceRoot, "packages/cli/bin/caviar.js")}"`);
    program("python", python!);
  });

  it("every command of the page runs, and prints what the page says", () => {
    const home = layFiles("page");
    const ran = blocks.flatMap((block, index) => {
      if (block.language !== "sh") return [];
      const { status, stdout, stderr } = shell(block.code, home);
      expect({ line: block.line, status, stderr: status === 0 ? "" : stderr }).toEqual({ line: block.line, status: 0, stderr: "" });
      const next = blocks[index + 1] as Block | undefined;
      if (next?.language !== "text") return [];
      expect(stdout.trimEnd()).toBe(next.code);
      return [block.line];
    });
    expect(ran).toHaveLength(4);
  });

  it("the example in the help of each command runs, one after the other", async () => {
    const home = layFiles("help");
    for (const { name, load } of commands.filter(({ name }) => name !== "serve")) {
      const { help } = await load();
      const [, example] = /\nExample:\n\n((?: {2}.*\n?)+)$/.exec(help) ?? [];
      expect(example, name).toContain(`  caviar ${name}`);
      const { status, stderr } = shell(example!.replace("--trials 60", "--trials 8"), home);
      expect({ name, status, stderr: status === 0 ? "" : stderr }).toEqual({ name, status: 0, stderr: "" });
    }
  });
});

it("the page has every command and every exit code", () => {
  for (const { name } of commands) expect(markdown).toMatch(new RegExp(`\`${name}( FOLDER)?\``));
  const documented = [...markdown.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(documented).toEqual(Object.values(exitCodes));
});

it("README has the first command of the page, with the default strategy", () => {
  const [first] = blocks.filter(({ language }) => language === "sh");
  expect(readFileSync(join(workspaceRoot, "README.md"), "utf8")).toContain(`\n${first!.code.replace(" --strategy sobol", "")}\n`);
});

it("the search space with constraints is one", async () => {
  const { readSpaceFile } = await import("../packages/cli/src/optimize/spaceFile.ts");
  const [, constrained] = blocks.filter(({ language }) => language === "json");
  const path = join(folder, "constrained.json");
  writeFileSync(path, constrained!.code);
  expect(readSpaceFile(path).where).toHaveLength(1);
});
