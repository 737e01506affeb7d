import { choice, createSpace, given, type Problem, real, type Trial, trialId } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { hostileNames } from "../testing/hostileNames.ts";
import { everyNode, parseMarkup, textOf } from "../testing/strictMarkup.ts";
import { trialTables } from "./trialTables.ts";
import { visible } from "./visible.ts";

const problem: Problem = {
  space: createSpace({ mode: choice(["plain", true]), x: given("mode", ["plain"], real(0, 1)) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
  resumable: false,
};
const measurement = { fidelity: 9, values: [0.25], constraints: [], costSeconds: 1, atMilestone: true };
const trialOf = (id: number, change: Partial<Trial>): Trial => ({
  id: trialId(id),
  config: { mode: "plain", x: 0.5 },
  parent: null,
  status: "failed",
  curve: [],
  ...change,
});
const trials = [
  trialOf(0, { status: "finished", curve: [measurement] }),
  trialOf(1, { config: { mode: true }, failure: { reason: "threw", error: "CUDA out of memory" } }),
  trialOf(2, { failure: { reason: "timeout" } }),
];

describe("the tables of trials", () => {
  const tables = trialTables(problem, trials);

  it("show in Markdown what each trial measured, and what the failed ones threw", () => {
    expect(tables.markdown.split("\n")).toEqual([
      "| trial | status | epochs | loss | configuration | failure |",
      "| ---: | --- | ---: | ---: | --- | --- |",
      "| 0 | finished | 9 | 0.25 | mode plain, x 0.5 |  |",
      "| 1 | failed | – | – | mode true | threw: CUDA out of memory |",
      "| 2 | failed | – | – | mode plain, x 0.5 | timeout |",
      "",
    ]);
  });

  it("hold in CSV a column per objective and parameter", () => {
    expect(tables.csv).toBe(
      'trial,status,fidelity,loss,mode,x,reason,error\n0,finished,9,0.25,plain,0.5,,\n1,failed,,,true,,threw,"CUDA out of memory"\n2,failed,,,plain,0.5,timeout,\n',
    );
  });

  it("have cells for a terminal", () => {
    expect(tables.columns).toEqual(["trial", "status", "epochs", "loss", "configuration", "failure"]);
    expect(tables.rows[1]).toEqual(["1", "failed", "–", "–", "mode true", "threw: CUDA out of memory"]);
  });

  it("show hostile errors as the text they are", () => {
    for (const error of hostileNames) {
      const { html, markdown, csv, rows } = trialTables(problem, [trials[0]!, trialOf(1, { failure: { reason: "threw", error } })]);
      const nodes = everyNode(parseMarkup(html));
      expect(textOf(nodes.filter((node) => node.name === "bdi").at(-1)!)).toBe(visible(error));
      expect(new Set(nodes.map(({ name }) => name))).toEqual(new Set(everyNode(parseMarkup(tables.html)).map(({ name }) => name)));
      expect(markdown.split("\n")).toHaveLength(5);
      expect(csv).not.toMatch(/^[=+@]|,[=+@]/m);
      expect(rows.flat().join("")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
  });
});
