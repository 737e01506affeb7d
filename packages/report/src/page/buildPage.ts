/**
 * The page of a campaign, section by section. Every form of the report shows this page. The order is that of a reader: what was found and
 * run, the headline, the course over the budget, each problem, and then what supports all of this.
 */
import type { Analysis } from "../analysis/analysis.ts";
import type { Figures } from "../figures/figure.ts";
import { anytime } from "./anytime.ts";
import type { Controls, Page } from "./block.ts";
import { control } from "./control.ts";
import { definitions } from "./definitions.ts";
import { frontMatter } from "./frontMatter.ts";
import { calibrationSection, overheadSection } from "./overhead.ts";
import { named } from "./phrase.ts";
import { problems } from "./problems.ts";
import { quality } from "./quality.ts";
import { ranking } from "./ranking.ts";
import { reproduce } from "./reproduce.ts";
import { runtime } from "./runtime.ts";
import { sameQuality } from "./sameQuality.ts";
import { setup } from "./setup.ts";
import { timeline } from "./timeline.ts";
import { whatWasRun } from "./whatWasRun.ts";

export function buildPage(analysis: Analysis, figures: Figures): Page {
  const { results } = analysis;
  return {
    title: results.title,
    kicker: ["Caviar campaign ", named(results.name)],
    front: frontMatter(analysis),
    latexTables: true,
    controls: controls(analysis),
    sections: [
      whatWasRun(analysis),
      ranking(analysis, figures),
      quality(analysis, figures),
      anytime(figures),
      timeline(figures),
      sameQuality(analysis, figures),
      runtime(analysis, figures),
      overheadSection(analysis, figures),
      calibrationSection(analysis, figures),
      problems(analysis, figures),
      control(analysis),
      setup(analysis),
      definitions(analysis),
      reproduce(results),
    ].filter((section) => section !== null),
    closing: ["Caviar made this page from the recorded runs. The page holds no date, so the same data give the same bytes."],
  };
}

/** What a reader can choose: strategies, problems and the scale of the budget. */
function controls({ order, results: { strategies, problems } }: Analysis): Controls {
  return {
    controls: [
      { kind: "choose", of: "strategy", title: "Strategies", values: order.map((index) => strategies[index]!.label) },
      { kind: "choose", of: "problem", title: "Problems", values: problems.map(({ id }) => id) },
      { kind: "scale", title: "Budget axis" },
    ],
    declaredWords:
      "You see a part of the campaign. Findings, intervals and p-values are hidden, because they hold for the strategies and problems that the plan declared, and not for a part that was chosen after the results were known. The table of the ranking is computed again for this part. All other ranks are among all strategies.",
  };
}
