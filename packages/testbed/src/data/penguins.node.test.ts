import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { penguinsFrom } from "./penguins.ts";

const build = createRequire(import.meta.url).resolve("vega-datasets");
const rows: unknown = JSON.parse(readFileSync(join(dirname(build), "..", "data", "penguins.json"), "utf8"));

describe("the penguins", () => {
  it("are 342 of 344: two were not measured", () => {
    expect((rows as readonly unknown[]).length).toBe(344);
    const { n, d, inputs, labels } = penguinsFrom(rows);
    expect([n, d, inputs.length, labels.length]).toEqual([342, 4, 1368, 342]);
    expect([0, 1, 2].map((species) => labels.filter((label) => label === species).length)).toEqual([151, 68, 123]);
    expect([...inputs.slice(0, 4)]).toEqual([39.1, 18.7, 181, 3750].map(Math.fround));
    expect(inputs.every((value) => value > 10)).toBe(true);
  });

  it.each<readonly [string, unknown, RegExp]>([
    ["nothing", undefined, /expected a list of penguins, got undefined/],
    ["an empty list", [], /got a list of 0/],
    ["a list of numbers", [1], /expected a penguin a row, got 1/],
    [
      "other animals",
      [{ Species: "Emu", "Beak Length (mm)": 1, "Beak Depth (mm)": 1, "Flipper Length (mm)": 1, "Body Mass (g)": 1 }],
      /as Species, got "Emu"/,
    ],
    [
      "text for a number",
      [{ Species: "Adelie", "Beak Length (mm)": "1", "Beak Depth (mm)": 1, "Flipper Length (mm)": 1, "Body Mass (g)": 1 }],
      /a number as Beak/,
    ],
  ])("are not made of %s, and the message says how to get them", (_title, value, message) => {
    expect(() => penguinsFrom(value)).toThrow(message);
    expect(() => penguinsFrom(value)).toThrow(/npm install vega-datasets/);
  });
});
