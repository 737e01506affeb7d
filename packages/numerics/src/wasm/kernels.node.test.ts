/** The committed module is what the sources compile to. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("compiling assembly/ again gives the same bytes", () => {
  const build = fileURLToPath(new URL("../../assembly/build.mjs", import.meta.url));
  const run = spawnSync(process.execPath, [build, "--check"], { encoding: "utf8" });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
}, 1_200_000);
