/** The figure of random-search-equivalent evaluations: what the result of each strategy is worth, on each problem and in the median. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { Equivalents } from "../analysis/equivalents.ts";
import { level } from "../confidence.ts";
import { equivalentWords } from "../format.ts";
import { log10 } from "../statistics/logRegret.ts";
import { strategyLooks } from "../svg/look.ts";
import type { Figure } from "./figure.ts";
import { problemDots } from "./problemDots.ts";

export function equivalentsFigure(analysis: Analysis, worth: Equivalents): Figure {
  const { strategies } = analysis.results;
  const look = strategyLooks(strategies);
  const logOf = (evaluations: number): number => (evaluations === Infinity ? evaluations : log10(evaluations));
  const most = worth.resolutions.reduce((least, one) => Math.min(least, one), Infinity);
  const drawn = problemDots({
    rows: analysis.order.map((index) => {
      const { value, interval } = worth.overall[index]!;
      const words = equivalentWords(value, most);
      return {
        label: strategies[index]!.label,
        look: look[index]!,
        median: logOf(value),
        interval: interval === null ? null : { low: logOf(interval.low), high: logOf(interval.high) },
        each: worth.problems.map((problem) => logOf(problem[index]!.median)),
        words,
        details: `${words}${interval === null ? "" : ` [${equivalentWords(interval.low, most)} to ${equivalentWords(interval.high, most)}]`}`,
      };
    }),
    axis: "random points that are worth the same",
    unit: "",
    guide: budgetOf(analysis),
    below: "",
    above: "more",
  });
  return {
    name: "random-equivalents",
    drawing: {
      ...drawn,
      id: "figure-random-equivalents",
      title: "Random-search-equivalent evaluations at the final budget",
      description:
        "One row per strategy. Small circles are problems. The large marker is their median, and the bar is its interval over problems. The horizontal axis is logarithmic. Marks to its right are beyond what the sample of random points can tell.",
    },
    caption: [
      `How many random points it takes until the best of them is as good as the result of each strategy, with a chance of one half. Small circles are problems (medians over seeds), large markers their medians, and bars the ${100 * (1 - level)} % intervals of these medians for new problems (n = ${counted(worth.groups, "problem")}, variants of one function counted once). The dashed line is the budget. “More” means that the result is better than all points of the sample of random points.`,
    ],
    table: {
      columns: ["problem", "strategy", "n", "lower quartile", "median", "upper quartile", "largest that can be told"],
      rows: worth.problems.flatMap((problem, place) =>
        analysis.order.map((index) => {
          const { n, lower, median, upper } = problem[index]!;
          return [worth.cards[place]!.id, strategies[index]!.label, n, lower, median, upper, worth.resolutions[place]!];
        }),
      ),
    },
  };
}

/** The common budget of the problems as log10; null if they differ. */
function budgetOf({ results: { problems } }: Analysis): number | null {
  return problems.every(({ budget }) => budget === problems[0]!.budget) ? log10(problems[0]!.budget) : null;
}
