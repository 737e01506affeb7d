/** Options tell their defaults and their bounds where their type is; those of strategies also on a page made from the cards. */
import { join } from "node:path";
import { choice, int } from "@caviar-hpo/core";
import { strategies } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { declaredSpecs, type NamedSpecs, withFieldComments } from "./optionComments.ts";
import { undocumentedDefaults } from "./optionDocs.ts";
import { strategyOptionsPage } from "./strategyOptions.ts";
import { readSurfaces } from "./surface.mjs";
import { readSources } from "./typeNames.ts";
import { workspaceRoot } from "./workspace.ts";

it("docs/strategy-options.md says what the cards say; if the change is meant: npm run docs:options", async () => {
  await expect(strategyOptionsPage(strategies)).toMatchFileSnapshot(join(workspaceRoot, "docs", "strategy-options.md"));
});

describe("the fields of a strategy's options", () => {
  const declaring = readSources().filter(({ text }) => declaredSpecs(text).length > 0);

  it("are found in every package of strategies", () => {
    const types = declaring.flatMap(({ text }) => declaredSpecs(text).map(({ type }) => type));
    expect(types).toEqual(expect.arrayContaining(["BayesoptOptions", "BracketOptions", "PandaOptions", "SequenceOptions", "TpeOptions"]));
  });

  it.each(declaring)("say in $path what the specs say; if the change is meant: npm run docs:options", async ({ path, text }) => {
    const file = join(workspaceRoot, path);
    const values = (await import(file)) as { readonly [name: string]: NamedSpecs };
    const commented = declaredSpecs(text).reduce((source, { specs, type }) => withFieldComments(source, type, values[specs]!), text);
    await expect(commented).toMatchFileSnapshot(file);
  });

  it("get the text, the bounds and the default of their spec, whatever they had before", () => {
    const source = [
      'export type PlantedOptions = Other & { readonly many?: number; readonly how?: "a" | "b" };',
      "export type AskedOptions = {",
      "  /** Long ago. */",
      "  readonly yes?: boolean;",
      "};",
    ].join("\n");
    const many = { param: int(1, 9), special: null, default: null, doc: "How many." };
    const how = { param: choice(["a", "b"]), default: "b", doc: `${"Very ".repeat(26)}long.` };
    const yes = { param: choice([true, false]), default: true, doc: "Whether." };
    expect(withFieldComments(withFieldComments(source, "PlantedOptions", { many, how }), "AskedOptions", { yes })).toBe(
      [
        "export type PlantedOptions = Other & {",
        "  /** How many. A whole number from 1 to 9, both included, or null; null by default. */",
        "  readonly many?: number;",
        "  /**",
        `   * ${"Very ".repeat(26)}long.`,
        '   * One of "a", "b"; "b" by default.',
        "   */",
        '  readonly how?: "a" | "b";',
        "};",
        "export type AskedOptions = {",
        "  /** Whether. true by default. */",
        "  readonly yes?: boolean;",
        "};",
      ].join("\n"),
    );
  });
});

describe("an optional field of an exported type of options", () => {
  // A study's options are these and a strategy.
  const exported = new Set(["StudySettings", ...readSurfaces(null).flatMap(({ entries }) => entries.flatMap(([, { types }]) => types))]);

  it("states its default", () => {
    expect(undocumentedDefaults(readSources(), exported)).toEqual([]);
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
