/** Needs Node to read the sources. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("only the files that read a plan, make cells of it and start the campaign take a plan: the others know cells", () => {
  const here = new URL("./", import.meta.url);
  const sources = readdirSync(here).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const planReaders = sources.filter((name) => /\b(Plan|readPlan)\b/.test(codeOf(readFileSync(new URL(name, here), "utf8"))));
  expect(planReaders).toEqual(["campaign.ts", "cells.ts", "index.ts", "plan.ts"]);
});

/** A source without its comments. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}
