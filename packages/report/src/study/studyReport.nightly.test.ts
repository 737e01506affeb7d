import { test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { exampleStudy, expectStrictPage, shownStudies } from "../../testing/shownStudies.ts";
import { studyReport } from "./studyReport.ts";

describe("any study", () => {
  test.prop([shownStudies], { numRuns: 400 })("has a strict page in which every number is a number", (study) =>
    expectStrictPage(studyReport(study)),
  );
});

it("the page of 10,000 trials has fewer than 5 million bytes, says what it leaves out, and its data leave out nothing", () => {
  const { html, files } = studyReport(exampleStudy({ trials: 10_000 }));
  expect(html.length).toBeLessThan(5_000_000);
  expect(html).toContain("best ones and every");
  for (const name of ["fig/trials.csv", "fig/progress.csv", "fig/choices.csv", "fig/workers.csv"])
    expect(
      files
        .find((file) => file.name === name)!
        .text.trim()
        .split("\n").length,
      name,
    ).toBe(10_001);
});
