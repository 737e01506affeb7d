/** Options tell their defaults and their bounds: those of strategies on a page made from the cards, all others where their type is. */
import { join } from "node:path";
import { strategies } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { undocumentedDefaults } from "./optionDocs.ts";
import { strategyOptionsPage } from "./strategyOptions.ts";
import { readSurfaces } from "./surface.mjs";
import { readSources } from "./typeNames.ts";
import { workspaceRoot } from "./workspace.ts";

it("docs/strategy-options.md says what the cards say; if the change is meant: npm run docs:options", async () => {
  await expect(strategyOptionsPage(strategies)).toMatchFileSnapshot(join(workspaceRoot, "docs", "strategy-options.md"));
});

describe("an optional field of an exported type of options", () => {
  // A study's options are these and a strategy.
  const exported = new Set(["StudySettings", ...readSurfaces(null).flatMap(({ entries }) => entries.flatMap(([, { types }]) => types))]);

  it("states its default, unless it is an option of a strategy", () => {
    // Packages of strategies: their options are data of the cards, and on the page above.
    const sources = readSources().filter(
      ({ path }) => !/^packages\/(samplers|hyperband)\//.test(path) && path !== "packages/bayesopt/src/options.ts",
    );
    expect(undocumentedDefaults(sources, exported)).toEqual([]);
  });

  it("is found where it does not", () => {
    const text = [
      "export type PlantedOptions = {",
      "  /** How many; 3 by default. */",
      "  readonly many?: number;",
      "  /** How few. */",
      "  readonly few?: number;",
      "  readonly bare?: { readonly inner?: number };",
      "};",
    ].join("\n");
    const file = { path: "packages/planted.ts", text };
    expect(undocumentedDefaults([file], new Set(["PlantedOptions"]))).toEqual([
      "packages/planted.ts: PlantedOptions.few does not state its default",
      "packages/planted.ts: PlantedOptions.bare does not state its default",
    ]);
    expect(undocumentedDefaults([file], new Set())).toEqual([]);
  });
});
