/**
 * The conversations of docs/wire-format.md, held with the small server in Python that was written after that page; and those about stored
 * studies with the built command. conformance.node.test.ts of the runtime holds all of them with our server in one process,
 * and conformance.nightly.test.ts plants bugs in the server in Python.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bin } from "../packages/cli/testing/caviar.ts";
import { conversations, hold, program } from "../packages/runtime/testing/conformance/run.mjs";

const reference = fileURLToPath(new URL("../packages/runtime/testing/conformance/server.py", import.meta.url));
const python = ["python3", "python"].find((name) => spawnSync(name, ["-c", "import sys; assert sys.version_info >= (3, 8)"]).status === 0);
const all = conversations();

const titled = all.map((one) => [`${one.topic}: ${one.name}`, one] as const);

describe("caviar serve", () => {
  test.each(titled.filter(([, { stored }]) => stored))("%s", async (_name, one) => {
    expect(await hold(program([process.execPath, bin, "serve"]), one)).toBeNull();
  });
});

/** Skipped, by name, where there is no Python, or no such locks of files. */
describe.skipIf(python === undefined || process.platform === "win32")("the server in Python", () => {
  test.each(titled)("%s", async (_name, one) => {
    expect(await hold(program([python!, reference]), one)).toBeNull();
  });

  test("needs the standard library only", () => {
    const imports = [...readFileSync(reference, "utf8").matchAll(/^(?:import|from) +(\w+)/gm)].map((match) => match[1]!);
    const { stdout } = spawnSync(python!, ["-c", "import sys; print(' '.join(sys.stdlib_module_names))"], { encoding: "utf8" });
    const standard = new Set(stdout.trim().split(" "));
    if (standard.size > 1) expect(imports.filter((name) => !standard.has(name))).toEqual([]);
    expect(imports).toContain("json");
  });
});
