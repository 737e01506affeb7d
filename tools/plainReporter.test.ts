import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainLine } from "./plainReporter.ts";
import { workspaceRoot } from "./workspace.ts";

describe("the plain line", () => {
  it("mentions skipped tests only when there are any", () => {
    expect(plainLine({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
    expect(plainLine({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
  });
});

describe("a run of Vitest with the reporter", () => {
  const folder = join(workspaceRoot, ".cache", "reporter");

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const files = {
      "good.test.ts": `import { expect, it } from "vitest"; it("a", () => expect(1).toBe(1)); it.each([1, 2])("b %i", (x) => expect(x).toBe(x));`,
      "skip.test.ts": `import { expect, it } from "vitest"; it.skip("a", () => {}); it.todo("b"); it("c", () => expect(1).toBe(1));`,
      "bad.test.ts": `import { expect, it } from "vitest"; it("a", () => expect(1).toBe(2)); it("b", () => expect(1).toBe(1));`,
      "unloadable.test.ts": `import "./missing.ts";`,
      "hook.test.ts": `import { beforeAll, describe, expect, it } from "vitest"; describe("x", () => { beforeAll(() => { throw new Error("no"); }); it("a", () => expect(1).toBe(1)); });`,
      "stray.test.ts": `import { expect, it } from "vitest"; it("a", () => { void Promise.reject(new Error("stray")); expect(1).toBe(1); });`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(
      join(folder, "vitest.config.ts"),
      `import { plainReporter } from "../../tools/plainReporter.ts";\nexport default { test: { reporters: ["default", plainReporter()] } };\n`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    { files: ["good"], line: "3 passed, 0 failed", exit: 0 },
    { files: ["unloadable"], line: "0 passed, 1 failed", exit: 1 },
    { files: ["bad", "skip", "hook", "stray"], line: "3 passed, 3 failed, 3 skipped", exit: 1 },
    { files: ["absent"], line: "0 passed, 0 failed", exit: 1 },
  ])("on the files $files ends with $line and exit code $exit", ({ files, line, exit }) => {
    const vitest = join(workspaceRoot, "node_modules", "vitest", "vitest.mjs");
    const { VITEST: _outer, ...env } = process.env;
    const run = spawnSync(process.execPath, [vitest, "run", "--root", folder, ...files], { cwd: folder, encoding: "utf8", env });
    expect({ last: run.stdout.trimEnd().split("\n").at(-1), exit: run.status }).toEqual({ last: line, exit });
  });
});
