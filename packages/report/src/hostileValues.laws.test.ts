/** Reports of runs whose values are as odd as doubles can be, that all fail, or that have no value: no page shows what is no number. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaign } from "../testing/campaign.ts";
import { resourceCampaign } from "../testing/resourceCampaign.ts";
import { buildReport } from "./buildReport.ts";
import { pageScript } from "./render/pageScript.generated.ts";
import type { CampaignResults } from "./results.ts";

const huge = Number.MAX_VALUE;
const hostile = fc.oneof(
  fc.constantFrom<(number | null)[]>(1e300, -1e300, huge, -huge, Number.MIN_VALUE, -Number.MIN_VALUE, 0, -0, 1, null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
/** The values of a run by their index: all drawn, all equal, all failed. */
const runValues = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(hostile, { minLength: 1, maxLength: 6 }).map((drawn) => (index: number) => drawn[index % drawn.length]!),
  },
  { weight: 1, arbitrary: hostile.map((value) => () => value) },
  { weight: 1, arbitrary: fc.constant(() => null) },
);
const shapes = fc.record({
  strategies: fc.constantFrom(["random"], ["random", "sobol"], ["random", "sobol", "random x2"]),
  seeds: fc.integer({ min: 1, max: 3 }),
  budget: fc.integer({ min: 1, max: 5 }),
});
const facts = fc.record({
  optimum: fc.oneof(fc.constantFrom(0, 1, -huge, -1e300, huge, Number.MIN_VALUE), fc.double({ noNaN: true, noDefaultInfinity: true })),
  tolerance: fc.constantFrom(0, 1e-12, 1, 1e300, huge),
});

/** In files for programs, JSON and CSV, the word Infinity stands for no success. */
function checkPages(results: CampaignResults): void {
  const { html, markdown, json, files } = buildReport(results);
  const pages = [html.replace(pageScript(), ""), markdown, ...files.filter(({ name }) => name.endsWith(".svg")).map(({ text }) => text)];
  const data = [json, ...files.filter(({ name }) => name.endsWith(".csv")).map(({ text }) => text)];
  for (const text of pages) expect(oddIn(text, /.{0,80}(NaN|Infinity|undefined).{0,40}/)).toBeNull();
  for (const text of data) expect(oddIn(text, /.{0,80}(NaN|-Infinity|undefined).{0,40}/)).toBeNull();
}

function oddIn(text: string, odd: RegExp): string | null {
  return odd.exec(text)?.[0] ?? null;
}

describe("no page shows what is no number", () => {
  it("where evaluations are counted", () => {
    fc.assert(
      fc.property(shapes, fc.array(runValues, { minLength: 1, maxLength: 9 }), facts, fc.boolean(), (shape, drawn, fact, empty) => {
        const results = campaign({ ...shape, problems: ["branin", "levy-d6"] });
        checkPages({
          ...results,
          problems: results.problems.map((problem, index) => (index === 0 ? { ...problem, ...fact } : problem)),
          runs: results.runs.map((run, index) => ({
            ...run,
            values: empty && index % 4 === 0 ? [] : run.values.map((_, at) => drawn[index % drawn.length]!(at)),
          })),
        });
      }),
      { seed: 1, numRuns: 25 },
    );
  });

  it("where resource is counted", () => {
    fc.assert(
      fc.property(fc.array(runValues, { minLength: 1, maxLength: 9 }), facts, fc.integer({ min: 1, max: 2 }), (drawn, fact, seeds) => {
        const results = resourceCampaign({ seeds, fullTrainings: 3, points: 6, problems: ["curves"] });
        checkPages({
          ...results,
          problems: results.problems.map((problem) => ({ ...problem, ...fact })),
          runs: results.runs.map((run, index) => ({ ...run, values: run.values.map((_, at) => drawn[index % drawn.length]!(at)) })),
        });
      }),
      { seed: 1, numRuns: 15 },
    );
  });
});
