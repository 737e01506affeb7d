import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("bundling the sources of the page's script again gives the same bytes", () => {
  const build = fileURLToPath(new URL("../../build/pageScript.mjs", import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [build], { encoding: "utf8", env: { ...process.env, CI: "true" } });
  expect(status, stderr).toBe(0);
});
