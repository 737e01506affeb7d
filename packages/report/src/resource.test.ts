import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { campaign } from "../testing/campaign.ts";
import { resourceCampaign } from "../testing/resourceCampaign.ts";
import { everyNode, parseMarkup, textOf } from "../testing/strictMarkup.ts";
import { analyse } from "./analysis/analysis.ts";
import { buildReport } from "./buildReport.ts";
import { publishedClaims } from "./page/claims.ts";
import { glossary } from "./page/definitions.ts";
import { rankingTable } from "./rankingTable.ts";
import type { CampaignResults, RunTraining } from "./results.ts";

const results = resourceCampaign();
/** The script of pages has words that no page may show. */
const withoutScript = (html: string): string => html.replace(/<script>.*?<\/script>/s, "");

describe("the report of a campaign that counts resource", () => {
  const report = buildReport(results);
  const page = parseMarkup(report.html.slice("<!doctype html>".length));
  const text = textOf(parseMarkup(withoutScript(report.html).slice("<!doctype html>".length)));

  it("has curves over the logarithm of the resource", () => {
    const curves = report.files.find(({ name }) => name === "fig/curves-1-curves.csv")!.text.split("\n");
    expect(curves[0]).toBe('problem,strategy,"full trainings",n,"lower quartile",median,"upper quartile"');
    const { positions } = analyse(results).problems[0]!.axis;
    expect([positions[0], positions[23]]).toEqual([0.1, 8]);
    for (let index = 1; index < 24; index++) expect(positions[index]! / positions[index - 1]!).toBeCloseTo(80 ** (1 / 23), 9);
    const amounts = curves.slice(1, -1).map((row) => Number(row.split(",")[2]));
    // The data have eight digits.
    for (const amount of amounts) expect(positions.some((position) => Math.abs(position / amount - 1) < 1e-7)).toBe(true);
  });

  it("numbers its figures on and leads to every section", () => {
    // A figure over another budget axis has the number of the one in whose place it stands.
    const others = new Set(
      everyNode(page)
        .filter(({ attributes }) => attributes?.class === "alternative")
        .flatMap(everyNode),
    );
    const captions = everyNode(page)
      .filter((node) => node.name === "figcaption" && !others.has(node))
      .map(textOf);
    expect(captions.length).toBeGreaterThan(6);
    expect(others.size).toBeGreaterThan(0);
    captions.forEach((caption, index) => expect(caption.startsWith(`Figure ${index + 1}. `)).toBe(true));
    const numbers = [...report.markdown.matchAll(/^\*\*Figure (\d+)\.\*\*/gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(captions.map((_, index) => index + 1));
    const ids = new Set(everyNode(page).map((node) => node.attributes?.id));
    for (const { attributes } of everyNode(page).filter(({ name }) => name === "a")) {
      if (attributes.href!.startsWith("#")) expect(ids.has(attributes.href!.slice(1))).toBe(true);
    }
  });

  it("says what the budget is, what strategies planned, and what the papers claim, in both forms", () => {
    const markdown = report.markdown.replace(/\\/g, "");
    for (const form of [text, markdown]) {
      expect(form).toContain("Each run spends 8 full trainings on one simulated worker.");
      expect(form).toContain("1 to 81 epoch, eta 3\n  4  81 x 1  27 x 3");
      expect(form).toContain("“over an order-of-magnitude speedup over our competitor set”");
      expect(form).toContain("1 to 81 epoch, resumable");
      expect(form).not.toMatch(/NaN|undefined|Best regret so far/);
    }
  });

  it("holds the numbers of the speed-up for programs too", () => {
    const { speedUps } = JSON.parse(report.json) as { readonly speedUps: { readonly problems: readonly unknown[] } };
    expect(speedUps.problems).toHaveLength(2);
  });

  it("has no speed-ups, and says why, where no problem has a sample of random configurations", () => {
    const tasks = results.problems.map(({ anchors: _none, ...problem }) => ({ ...problem, measure: "test error" }));
    const bare = buildReport({ ...results, problems: tasks });
    expect(bare.json).toContain('"speedUps": null');
    expect(bare.markdown).toContain("There is no sample of random points for **curves** and **counting**, because it would cost too much.");
    expect(bare.markdown).toContain("“over an order-of-magnitude speedup over our competitor set”");
    expect(bare.markdown).not.toMatch(/random-search-equivalent|median speed-up|anchored regret/i);
  });
});

describe("the axis", () => {
  it("is counted evaluations, or amounts of resource, on which the anytime score begins with a full training", () => {
    const [counted, spent] = [campaign(), results].map((one) => analyse(one).problems[0]!.axis);
    expect(counted).toMatchObject({ kind: "evaluations", positions: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], anytimeFrom: 2 });
    expect(spent!.positions[spent!.anytimeFrom]).toBeGreaterThanOrEqual(1);
    expect(spent!.positions[spent!.anytimeFrom - 1]).toBeLessThan(1);
  });
});

test("the glossary says that nothing is remembered which a run would not return", () => {
  const terms = (of: CampaignResults): readonly string[] => glossary(analyse(of)).map(({ term }) => term);
  expect(terms(results)).toEqual(expect.arrayContaining(["Resource", "Regret of the recommendation", "Speed-up"]));
  expect(terms(results)).not.toContain("Regret");
  expect(terms(campaign())).not.toContain("Resource");
  expect(new Set(terms(results)).size).toBe(terms(results).length);
});

describe("claims", () => {
  it("are those of the strategies that take part, each with its context and source", () => {
    const claims = publishedClaims(results);
    expect(claims.map(({ strategy }) => strategy)).toEqual(["hyperband", "asha"]);
    for (const { claim, context, source } of claims) for (const part of [claim, context, source]) expect(part.length).toBeGreaterThan(10);
    expect(publishedClaims(campaign())).toEqual([]);
  });
});

describe("runs that ended early or failed", () => {
  const [first, ...others] = results.runs;
  const warningsOf = (training: Partial<RunTraining>): readonly string[] =>
    rankingTable({ ...results, runs: [{ ...first!, training: { ...first!.training!, ...training } }, ...others] }).warnings.map(
      ({ text }) => text,
    );

  it("are said, in full trainings", () => {
    expect(warningsOf({ spent: 3.21 })).toEqual([
      expect.stringMatching(/ended before the budget in 1 of 12 runs \(full trainings spent: 3\.21\)/),
      expect.stringMatching(/only 6 complete seeds/),
    ]);
    expect(warningsOf({ failures: 2 })[0]).toMatch(/^2 trainings failed: infeasible or diverged/);
    expect(warningsOf({ spent: 8 - 1e-12 })).toHaveLength(1);
  });
});

describe("results that contradict themselves are refused", () => {
  const [first, ...others] = results.runs;
  const changed = (training: object): CampaignResults => ({
    ...results,
    runs: [{ ...first!, training: { ...first!.training!, ...training } }, ...others],
  });
  const { training: _none, ...untrained } = first!;
  const { resource: _gone, ...counting } = results;
  const cases: readonly (readonly [string, CampaignResults])[] = [
    ["a run without its training", { ...results, runs: [untrained, ...others] }],
    ["trainings where evaluations are counted", counting],
    ["too few amounts", changed({ from: first!.training!.from.slice(1) })],
    ["too few rests", changed({ left: [] })],
    ["a rest of more than a training", changed({ left: first!.values.map(() => 1.5) })],
    ["amounts that fall", changed({ from: first!.training!.from.map((spent) => -spent) })],
    ["an amount that is not a number", changed({ from: first!.values.map(() => NaN) })],
    ["amounts with holes", changed({ from: Array(first!.values.length) })],
    ["rests with holes", changed({ left: Array(first!.values.length) })],
    ["more failures than measurements", changed({ failures: 99 })],
    ["a resource that is not finite", changed({ spent: Infinity })],
    ["a grid of one point", { ...results, resource: { ...results.resource!, points: 1 } }],
    ["a grid from nothing", { ...results, resource: { ...results.resource!, from: 0 } }],
  ];

  it.each(cases)("%s", (_, wrong) => {
    expect(() => analyse(wrong)).toThrow(ConfigError);
  });
});

describe("pages are well formed", () => {
  it.each([
    ["one seed", resourceCampaign({ seeds: 1 })],
    ["no recommendation at all", silent(results)],
    ["one problem", resourceCampaign({ problems: ["p"] })],
    ["no runs", { ...results, runs: [] }],
  ])("with %s", (_, of) => {
    const report = buildReport(of);
    expect(() => parseMarkup(report.html.slice("<!doctype html>".length))).not.toThrow();
    for (const form of [withoutScript(report.html), report.markdown, ...report.files.map(({ text }) => text)])
      expect(form).not.toContain("NaN");
  });

  function silent(of: CampaignResults): CampaignResults {
    const training: RunTraining = { from: [], left: [], spent: 8, measurements: 3, failures: 3 };
    return { ...of, runs: of.runs.map((run) => ({ ...run, values: [], training })) };
  }
});
