/** Needs Node to read the sources. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("the rooms arena, run and record know cells, and never the plan", () => {
  for (const room of ["arena", "run", "record"]) {
    const here = new URL(`../${room}/`, import.meta.url);
    const sources = readdirSync(here).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((name) => /\b(Plan|readPlan)\b/.test(codeOf(readFileSync(new URL(name, here), "utf8"))))).toEqual([]);
  }
});

/** A source without its comments. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}
