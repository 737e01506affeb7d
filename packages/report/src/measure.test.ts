import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { resourceCampaign } from "../testing/resourceCampaign.ts";
import { parseMarkup, textOf } from "../testing/strictMarkup.ts";
import { buildReport } from "./buildReport.ts";
import { capitalised, measureIn } from "./measure.ts";
import type { CampaignResults } from "./results.ts";

function measured(measures: readonly (string | undefined)[]): CampaignResults {
  const results = resourceCampaign();
  const problems = results.problems.map((card, index) => {
    const measure = measures[index];
    return measure === undefined ? card : { ...card, optimum: 0, measure };
  });
  return { ...results, problems };
}

describe("a campaign on problems whose minimum is unknown", () => {
  const report = buildReport(measured(["test error", "test error"]));
  const text = textOf(parseMarkup(report.html.slice("<!doctype html>".length)));

  it("names the value, and mentions regret only to say that there is none", () => {
    const figures = report.files.map((file) => file.text).join("\n");
    for (const form of [text, report.markdown, figures]) expect(form.replace("so there is no regret.", "")).not.toMatch(/regret/i);
    for (const form of [text, report.markdown]) {
      expect(form).toMatch(/Median test error at the final budget/);
      expect(form).toContain("Test error of the recommendation");
      expect(form).toContain("not known");
    }
    expect(text).toContain("test error relative to random");
  });

  it("names both where only some are so", () => {
    const both = measured([undefined, "test error"]);
    expect(measureIn(both)).toBe("regret or test error");
    const { markdown, files } = buildReport(both);
    expect(markdown).toContain("Regret of the recommendation");
    expect(markdown).toContain("Test error of the recommendation");
    expect(files.find(({ name }) => name === "fig/curves-2-counting.svg")!.text).toContain("Median test error");
    expect(files.find(({ name }) => name === "fig/curves-1-curves.svg")!.text).toContain("Median regret");
  });

  it("says regret for problems whose minimum is known, and refuses a bad name", () => {
    expect(measureIn(resourceCampaign())).toBe("regret");
    expect(capitalised("test error")).toBe("Test error");
    expect(() => buildReport(measured(["<b>", undefined]))).toThrow(ConfigError);
  });
});
