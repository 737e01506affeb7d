import { describe, expect, it } from "vitest";
import { hostileNames } from "../../testing/hostileNames.ts";
import { everyNode, parseMarkup, textOf } from "../../testing/strictMarkup.ts";
import { visible } from "../visible.ts";
import type { Importance } from "./importance.ts";
import { importanceTables } from "./importanceTables.ts";

const share = (mean: number, sd = 0.01) => ({ mean, sd });
const result: Importance = {
  observations: 100,
  trees: 16,
  main: [
    { name: "learningRate", share: share(0.6) },
    { name: "units", share: share(0.25) },
    { name: "a|b", share: share(0) },
  ],
  pairs: [
    { names: ["learningRate", "units"], share: share(0.1) },
    { names: ["learningRate", "a|b"], share: share(0.004) },
    { names: ["units", "a|b"], share: share(0.002) },
  ],
  rest: share(0.044),
};

describe("tables of importance", () => {
  const tables = importanceTables(result);

  it("in Markdown show parameters, pairs worth showing, and what is left", () => {
    expect(tables.markdown.split("\n")).toEqual([
      "| parameters | share of the variance | sd over trees |",
      "| --- | ---: | ---: |",
      "| learningRate | 60.0 % | 1.0 % |",
      "| units | 25.0 % | 1.0 % |",
      "| a\\|b | 0.0 % | 1.0 % |",
      "| learningRate with units | 10.0 % | 1.0 % |",
      "| all other pairs | 0.6 % | – |",
      "| three or more together | 4.4 % | 1.0 % |",
      "",
    ]);
  });

  it("in CSV hold everything in full precision", () => {
    expect(tables.csv.split("\n").slice(0, 3)).toEqual([
      "kind,first,second,mean,sd",
      "main,learningRate,,0.6,0.01",
      "main,units,,0.25,0.01",
    ]);
    expect(tables.csv.split("\n").length).toBe(9);
  });

  it("show hostile names as the text they are", () => {
    const clean = everyNode(parseMarkup(tables.html)).map(({ name }) => name);
    for (const name of hostileNames) {
      const main = result.main.map((entry, index) => (index === 0 ? { ...entry, name } : entry));
      const { html, markdown, csv } = importanceTables({ ...result, main });
      const nodes = everyNode(parseMarkup(html));
      expect(nodes.map((node) => node.name)).toEqual(clean);
      const cell = nodes.find((node) => node.name === "bdi")!;
      expect(textOf(cell)).toBe(visible(name));
      expect(markdown.split("\n").length).toBe(tables.markdown.split("\n").length);
      expect(csv).not.toMatch(/^[=+@]|,[=+@]/m);
    }
  });
});
