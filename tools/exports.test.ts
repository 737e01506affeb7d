/** The public surface of every package, pinned: a change of it is a change of `exports.snapshot.json` in the same commit. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportsOf } from "./exports.ts";
import { readSurfaces, rootNames } from "./surface.mjs";
import { readWorkspace, workspaceRoot } from "./workspace.ts";

/**
 * Half of what the roots exported before they had subpaths (647 names), eleven names of durable studies, those of campaigns that are
 * verified, split, merged and exported, and of their problems, the six of freeze-thaw's scheduler and sampler, and the six of beliefs and
 * of rules that read what a strategy expects.
 */
const mostRootNames = 401;

describe.each(readWorkspace().map((member) => [member.packageName, member] as const))("%s", (_name, member) => {
  it.each(member.entries)("%s exports the values that its source lists", async (_subpath, source) => {
    const file = join(workspaceRoot, source);
    expect(Object.keys(await import(/* @vite-ignore */ file)).sort()).toEqual(exportsOf(file).values);
  });

  it.each(member.entries)("%s is tested on its source, whether or not it has been built", async (subpath, source) => {
    const byName = await import(/* @vite-ignore */ `${member.packageName}${subpath.slice(1)}`);
    expect(byName).toBe(await import(/* @vite-ignore */ join(workspaceRoot, source)));
  });

  it("says in its README what each entry point has", () => {
    const readme = readFileSync(join(workspaceRoot, member.directory, "README.md"), "utf8");
    const described = [...readme.matchAll(/^\| `(@caviar-hpo\/[\w/-]+)` \| .+\. \|$/gm)].map((match) =>
      match[1]!.slice(member.packageName.length),
    );
    const paths = member.entries.map(([subpath]) => subpath.slice(1));
    expect(described.sort()).toEqual(paths.length === 1 ? [] : paths.sort());
  });

  it("exports what its snapshot says; if the change is meant: npm run test:update", async () => {
    const surface = Object.fromEntries(member.entries.map(([subpath, source]) => [subpath, exportsOf(join(workspaceRoot, source))]));
    await expect(`${JSON.stringify(surface, null, 2)}\n`).toMatchFileSnapshot(
      join(workspaceRoot, member.directory, "exports.snapshot.json"),
    );
  });
});

it("roots export what most users need: toolkits are at subpaths", () => {
  expect(rootNames(readSurfaces(null))).toBeLessThanOrEqual(mostRootNames);
});

describe("reading an entry point", () => {
  const folder = join(workspaceRoot, ".cache", "exports");
  const entry = (text: string): string => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "entry.ts");
    writeFileSync(file, text);
    return file;
  };

  it("tells values from types, whichever way they are written", () => {
    const file = entry(`
      /* export { hidden } from "./a.ts"; */
      export { type A, b, c as d } from "./a.ts";
      export type { E, F as G } from "./b.ts";
export const h = 1;
export function i(): void {}
export type J = number;
export {};
`);
    expect(exportsOf(file)).toEqual({ values: ["b", "d", "h", "i"], types: ["A", "E", "G", "J"] });
  });

  it("refuses export *", () => {
    expect(() => exportsOf(entry(`export * from "./a.ts";`))).toThrow("lists its exports by name");
  });
});
