import { describe, expect, it, test } from "vitest";
import { oneStep } from "../../testing/oneStep.ts";
import { resourceCampaign } from "../../testing/resourceCampaign.ts";
import { analyse } from "../analysis/analysis.ts";
import { phraseText } from "../page/phrase.ts";
import { newProblemsNote } from "../page/ranking.ts";
import type { CampaignResults } from "../results.ts";
import { summary } from "../summary.ts";
import { findings } from "./findings.ts";
import { warnings } from "./warnings.ts";

const labels = ["random", "a", "b", "random x2"];
const seeds = 14;
const constant = (value: number): readonly number[] => Array(seeds).fill(value);
/** a best, then the yardstick, then random, then b, always. */
const clear = [constant(1), constant(0.01), constant(2), constant(0.5)];

function findingsOf(results: CampaignResults): readonly string[] {
  return findings(analyse(results)).map(({ text }) => phraseText(text));
}

function warningsOf(results: CampaignResults): readonly string[] {
  return warnings(analyse(results)).map(({ severity, text }) => `${severity}: ${phraseText(text)}`);
}

function noteOf(problems: number): string {
  return phraseText(newProblemsNote(analyse(oneStep(labels, Array(problems).fill(clear.map((values) => values.slice(0, 2))))))!);
}

describe("the findings", () => {
  it("say who leads, by how much, and that the intervals carry it", () => {
    expect(findingsOf(oneStep(labels, [clear]))).toEqual([
      "a has the best mean rank at the final budget, 1.00 [1.00 to 1.63] of 4, over 14 blocks (problem, seed) on 1 problem.",
      "It is ahead of every other strategy: all simultaneous 95 % intervals of the paired difference in mean rank leave out zero.",
      "In the median over problems, the result of a is worth 693 random points, the most of all strategies that keep to the budget.",
      "a also has the best mean rank over the whole budget (anytime), 1.00 [1.00 to 1.63].",
      "random x2 is a yardstick: it spends 2 evaluations where the others spend one, and its mean rank is 2.00 [2.00 to 2.21]. a has a better mean rank. The simultaneous interval of the difference between random x2 and the first leaves out zero.",
    ]);
  });

  it("call no strategy ahead that chance could have put there", () => {
    const close = [constant(1), Array.from({ length: seeds }, (_, seed) => (seed < 8 ? 0.4 : 0.6)), constant(2), constant(0.5)];
    const found = findingsOf(oneStep(labels, [close]));
    expect(found[1]).toMatch(/^These runs do not separate it from random x2: their simultaneous 95 % intervals .* contain zero\.$/);
    expect(found[2]).toBe("It is ahead of random and b, whose intervals leave out zero.");
    expect(found.at(-1)).toMatch(
      /\. a has a better mean rank\. The simultaneous interval of the difference between random x2 and the first contains zero\.$/,
    );
  });

  it("say so where no strategy beats the yardstick", () => {
    const mixed = [constant(1), Array.from({ length: seeds }, (_, seed) => (seed % 2 === 0 ? 0.9 : 1.1)), constant(2), constant(0.5)];
    expect(findingsOf(oneStep(labels, [mixed])).at(-1)).toMatch(/\. No strategy that keeps to the budget has a better mean rank\.$/);
  });

  it("give no interval to a single seed", () => {
    const found = findingsOf(oneStep(labels, [clear.map((values) => values.slice(0, 1))]));
    expect(found[1]).toMatch(/^With fewer than two complete seeds on a problem no interval can be given/);
    expect(found.join(" ")).not.toMatch(/leaves? out zero/);
  });
});

describe("the findings on speed-ups", () => {
  const speedUpsOf = (results: CampaignResults): readonly string[] => findingsOf(results).filter((text) => text.includes(" reaches what "));

  it("say on how many problems the quality of random search is reached, and how much sooner", () => {
    expect(speedUpsOf(resourceCampaign())).toEqual([
      "hyperband reaches what random search finds with the whole budget on 2 of 2 problems, and it is faster than random: its median speed-up over problems is 7.3× (simultaneous 95 % interval 1.6× to 33×).",
      "asha reaches what random search finds with the whole budget on 2 of 2 problems, and it is faster than random: its median speed-up over problems is 3.6× (simultaneous 95 % interval 1.3× to 10×).",
    ]);
  });

  it("are not made where the target is not reached, or where the interval contains 1", () => {
    const results = resourceCampaign();
    const slow = results.runs.map((run) =>
      run.strategy === "hyperband" || run.strategy === "asha"
        ? { ...run, values: run.values.map((value) => (value === null ? null : value + 1000)) }
        : run,
    );
    expect(speedUpsOf({ ...results, runs: slow })).toEqual([]);
    const copies = results.runs.map((run) => {
      const { values, training } = results.runs.find(
        (one) => one.strategy === "random" && one.problem === run.problem && one.seed === 7 - run.seed,
      )!;
      return run.strategy === "random" ? run : { ...run, values, training: training! };
    });
    expect(speedUpsOf({ ...results, runs: copies })).toEqual([]);
  });
});

describe("the note on new problems", () => {
  it("says that the only problem is one observation", () => {
    expect(noteOf(1)).toMatch(
      /^These numbers say less about new problems, because for that purpose the one problem is a single observation\. If/,
    );
  });

  it("names the strategies that the critical difference does not tell from the first", () => {
    // 2.569 sqrt(4 x 5 / 6 P): 1.91 on 6 problems, 1.35 on 12, 0.86 on 30; the ranks are 1, 2, 3 and 4 on each.
    expect(noteOf(3)).toMatch(
      /a has the best mean rank, 1\.00\. Nemenyi’s critical difference at the 5 % level is 2\.71: random x2 and random are closer to the first than that\.$/,
    );
    expect(noteOf(12)).toMatch(/ is 1\.35: random x2 is closer to the first than that\.$/);
    expect(noteOf(30)).toMatch(/ is 0\.86: every other strategy is further behind than that\.$/);
  });
});

describe("the warnings", () => {
  it("name a strategy that stopped early, and what it had spent", () => {
    const results = oneStep(labels, [clear]);
    const stopped = results.runs.map((run) =>
      run.strategy === "random x2" && run.seed <= 3 ? { ...run, values: run.values.slice(1) } : run,
    );
    expect(warningsOf({ ...results, runs: stopped })).toEqual([
      "caution: random x2 ended before the budget in 3 of 14 runs (evaluations made: 1). Its best value at that point counts for the rest of the budget.",
    ]);
    expect(warningsOf(results)).toEqual([]);
  });

  it("tell points that break a measured constraint from evaluations that failed", () => {
    const holes = [[null, ...constant(1).slice(1)], ...clear.slice(1)];
    const results = oneStep(labels, [holes, holes]);
    const [first, second] = results.problems;
    expect(warningsOf({ ...results, problems: [{ ...first!, measuredConstraints: ["c"] }, second!] })).toEqual([
      "caution: 1 evaluation of problems with measured constraints broke one, or failed. They are counted and improve nothing.",
      "caution: 1 evaluation failed. A failed evaluation is counted and improves nothing.",
    ]);
  });

  it("miss no recommendations on problems without noise, next to problems that bring their own", () => {
    const results = oneStep(labels, [clear, clear]);
    const noisy = results.runs.map((run) => (run.problem === "p0" ? { ...run, recommended: run.values } : run));
    expect(warningsOf({ ...results, runs: noisy })).toEqual([]);
    const { recommended: _, ...silent } = noisy[0]!;
    expect(warningsOf({ ...results, runs: [silent, ...noisy.slice(1)] })[0]).toMatch(
      /^error: The values are noisy, but 1 of 56 runs do not say/,
    );
  });

  it("doubt a minimum only where a value lies below it by more than its tolerance", () => {
    const lowest = (value: number): CampaignResults => oneStep(labels, [[constant(value), ...clear.slice(1)]]);
    expect(warningsOf(lowest(-1e-12))).toEqual([]);
    expect(warningsOf(lowest(-3e-12))[0]).toMatch(/^error: The stated minimum of p0 cannot be right: 14 evaluations lie below it/);
  });
});

test("results.json has the sentences of the page", () => {
  const [first, ...others] = resourceCampaign().runs;
  const results = { ...resourceCampaign(), runs: [{ ...first!, training: { ...first!.training!, failures: 2 } }, ...others] };
  const { warnings: early, findings: found } = JSON.parse(summary(analyse(results))) as {
    readonly warnings: readonly { readonly severity: string; readonly text: string }[];
    readonly findings: readonly string[];
  };
  expect(early.map(({ severity, text }) => `${severity}: ${text}`)).toEqual(warningsOf(results));
  expect(early[0]!.text).toMatch(/^2 trainings failed: /);
  expect(found).toEqual(findingsOf(results));
});
