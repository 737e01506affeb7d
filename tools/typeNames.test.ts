import { describe, expect, it } from "vitest";
import { readSources, repeatedTypeNames } from "./typeNames.ts";

/** The names that may have several declarations, each with its files and the reason. */
const exceptions: Readonly<Record<string, { readonly paths: readonly string[]; readonly reason: string }>> = {
  Study: {
    paths: ["packages/core/src/study/study.ts", "packages/tune/src/study.ts"],
    reason: "tune's study wraps core's for the caller of `createStudy`; each is what its package calls a study.",
  },
  Ladder: {
    paths: ["packages/hyperband/src/brackets.ts", "packages/hyperband/src/ladder.ts"],
    reason: "The ladder of a bracket table counts exact levels; the ladder of ASHA holds trials. Only the second is exported.",
  },
  Run: {
    paths: ["packages/core/src/run/driving/loop.ts", "packages/core/src/run/simulation/run.ts"],
    reason: "The two ways of running a study have a run each, and no file uses both.",
  },
  Settings: {
    paths: ["packages/core/src/run/driving/settings.ts", "packages/core/src/run/simulation/settings.ts"],
    reason: "The two ways of running a study have settings each, and no file uses both.",
  },
};

describe("a type name", () => {
  it("is declared in one file, but for exceptions with a reason", () => {
    const sources = readSources();
    expect(sources.length).toBeGreaterThan(500);
    const excepted = Object.entries(exceptions).map(([name, { paths }]) => ({ name, paths }));
    // An exception covers exactly these files, and goes when its name is unique.
    expect(repeatedTypeNames(sources)).toEqual(excepted.sort((a, b) => (a.name < b.name ? -1 : 1)));
  });

  it("that is planted a second time is caught", () => {
    const first = { path: "packages/a/src/axis.ts", text: "export type Axis = { readonly low: number };\n" };
    const second = { path: "packages/b/src/halton.ts", text: "const base = 2;\n\ntype Axis<T> = { readonly base: T };\n" };
    const third = { path: "packages/b/src/region.ts", text: "export interface Region {}\nimport type { Axis } from './axis.ts';\n" };
    const fourth = { path: "packages/c/src/region.ts", text: "type Region =\n  | number\n  | string;\n" };
    expect(repeatedTypeNames([first, third])).toEqual([]);
    expect(repeatedTypeNames([second, first, third, fourth])).toEqual([
      { name: "Axis", paths: [first.path, second.path] },
      { name: "Region", paths: [third.path, fourth.path] },
    ]);
  });

  it("that another file imports or exports again is no repetition", () => {
    const file = { path: "packages/a/src/axis.ts", text: "export type Axis = number;\nexport type { Axis as Scale } from './scale.ts';\n" };
    expect(repeatedTypeNames([file])).toEqual([]);
  });
});
