import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { inFolder } from "../../testing/plans.ts";
import { sha256 } from "../record/canonical.ts";
import { environmentOf } from "./environment.ts";
import { numericDigests } from "./numericDigests.ts";

const root = new URL("../../../../", import.meta.url);

it("an environment names the versions of what computes, the machine, and no person and no place", () => {
  const environment = environmentOf(process.cwd());
  expect(environment.packages).toMatchObject({ "caviar-hpo": "0.1.0", "@caviar-hpo/numerics": "0.1.0", seedrandom: "3.0.5" });
  expect(environment.runtime).toMatchObject({ node: process.versions.node, v8: process.versions.v8, arch: process.arch });
  expect(environment.cpu.cores).toBeGreaterThan(0);
  expect(environment.digests).toEqual(numericDigests());
  expect(environment.lockfile).toEqual({
    name: "package-lock.json",
    sha256: sha256(readFileSync(new URL("package-lock.json", root), "utf8")),
  });
  const text = JSON.stringify(environment);
  for (const secret of [homedir(), process.cwd()]) expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
});

it("the lockfile is the nearest one above the folder", () =>
  inFolder((folder) => {
    const below = join(folder, "a", "b");
    mkdirSync(below, { recursive: true });
    writeFileSync(join(folder, "yarn.lock"), "1");
    expect(environmentOf(below).lockfile).toEqual({ name: "yarn.lock", sha256: sha256("1") });
    writeFileSync(join(below, "pnpm-lock.yaml"), "2");
    expect(environmentOf(below).lockfile).toEqual({ name: "pnpm-lock.yaml", sha256: sha256("2") });
  }));
