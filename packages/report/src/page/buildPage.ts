/**
 * The page of a campaign, section by section. Every form of the report shows this page. The order is that of a reader: what was found and
 * run, the headline, the course over the budget, each problem, and then what supports all of this.
 */
import type { Analysis } from "../analysis/analysis.ts";
import type { OtherAxis, OtherKind } from "../analysis/otherAxes.ts";
import type { Figures } from "../figures/figure.ts";
import { anytime } from "./anytime.ts";
import type { Controls, Page, PageControl } from "./block.ts";
import { control } from "./control.ts";
import { definitions } from "./definitions.ts";
import { axisDimension, declaredAxis } from "./figureBlock.ts";
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
    controls: controls(analysis, figures),
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
function controls({ order, otherAxes, results: { strategies, problems } }: Analysis, figures: Figures): Controls {
  return {
    controls: [
      { kind: "choose", of: "strategy", title: "Strategies", values: order.map((index) => strategies[index]!.label) },
      { kind: "choose", of: "problem", title: "Problems", values: problems.map(({ id }) => id) },
      { kind: "scale", title: "Budget axis" },
      ...axisSwitch(otherAxes, figures),
    ],
    declaredWords:
      "You see a part of the campaign, or another budget axis than the plan declares. Findings, intervals and p-values are hidden, because they hold for the strategies, problems and budget that the plan declared, and not for what was chosen after the results were known. The table of the ranking is computed again for the strategies and problems that you see. All other ranks are among all strategies.",
  };
}

const axisWords: { readonly [K in OtherKind]: string } = {
  evaluations: "evaluations",
  scratch: "resource from scratch",
  time: "simulated time",
};

/** None if the campaign has no other axis, or too many problems. */
function axisSwitch(others: readonly OtherAxis[], { overAxes }: Figures): readonly PageControl[] {
  if (others.length === 0 || overAxes.size === 0) return [];
  const values = [{ value: declaredAxis, words: "new resource" }, ...others.map(({ kind }) => ({ value: kind, words: axisWords[kind] }))];
  return [{ kind: "switch", of: axisDimension, title: "Budget axis", values }];
}
