/** Section: what it costs to reach what random search finds with the whole budget, on all problems and on each one, and what papers say. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { SpeedUps, StrategyTime } from "../analysis/speedUps.ts";
import type { Figures } from "../figures/figure.ts";
import { significant, speedUp, speedUpInterval } from "../format.ts";
import { budgetUnit } from "../measure.ts";
import type { CampaignResults } from "../results.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { note, openIfShort, overall, type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { publishedClaims } from "./claims.ts";
import { figureBlock } from "./figureBlock.ts";
import {
  nameCell,
  numberColumn,
  ofProblem,
  ofStrategy,
  type PageCell,
  type PageTable,
  plainCell,
  strategyColumn,
  textColumn,
} from "./pageTable.ts";
import { named, type Phrase } from "./phrase.ts";

/** Null if there is nothing to compare: no targets and no claims. */
export function sameQuality(analysis: Analysis, figures: Figures): Section | null {
  const times = analysis.measures?.speedUps ?? null;
  const blocks =
    times === null || figures.speedUp === null
      ? []
      : [
          prose(...timeWords(named(analysis.results.strategies[analysis.reference]!.label), analysis.results)),
          overall(tableBlock(speedUpRows(analysis, times)), figureBlock(figures, figures.speedUp)),
          ...perProblem(analysis, times),
        ];
  const all = [...blocks, ...claimBlocks(analysis)];
  return all.length === 0 ? null : { id: "resource", title: "What the same quality costs", blocks: all };
}

function perProblem(analysis: Analysis, times: SpeedUps): readonly PageBlock[] {
  const { results } = analysis;
  const count = times.cards.length;
  return [
    note(
      `The next table has the same for each problem: the speed-up with its interval, the expected running time in ${budgetUnit(results)}, and the number of runs that reach the target. The column of the reference has its expected running time.`,
    ),
    openIfShort(count, [`The speed-ups on each of the ${counted(count, "problem")}`], tableBlock(timeRows(analysis, times))),
  ];
}

function timeWords(reference: Phrase[number], results: CampaignResults): Phrase {
  const { resource } = results;
  return [
    `What does a strategy spend until it is as good as random search with the whole budget? The target on each problem is what random search finds in the median. It comes from a fixed sample of random ${resource === undefined ? "points" : "configurations"}, and not from the runs of `,
    reference,
    `. The expected running time is what all runs spend until they reach the target or end, divided by the number of runs that reach it, in ${budgetUnit(results)}. ${resource === undefined ? "" : "It includes the training of the recommended configuration in full. "}The speed-up says how many times as much `,
    reference,
    " needs. “Not reached” means that no run reached the target within the budget. A strategy is faster than ",
    reference,
    " only if the interval of its speed-up lies above 1.",
  ];
}

function claimBlocks(analysis: Analysis): readonly PageBlock[] {
  const claims = claimRows(analysis);
  if (claims.rows.length === 0) return [];
  return [
    prose(
      "These are the claims of the papers. Each claim holds for its own tasks, competitors and measure. Read its context before you compare it with a number of this page.",
    ),
    tableBlock(claims),
  ];
}

/** One row per strategy, in the order of the ranking, and then the control. */
export function speedUpRows(analysis: Analysis, { overall, problems }: SpeedUps): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [
      textColumn("strategy"),
      numberColumn("problems where half of the runs reach it"),
      numberColumn("median speed-up over problems"),
      numberColumn("least"),
      numberColumn("most"),
    ],
    rowParts: analysis.order.map((index) => ofStrategy(strategies[index]!.label)),
    rows: [
      ...analysis.order.map((index) => {
        const { reached, share } = overall[index]!;
        const shares = problems.map((problem) => problem[index]!.share.value);
        return [
          nameCell(strategies[index]!.label),
          plainCell(`${reached} of ${problems.length}`, reached),
          ...(index === analysis.reference
            ? ["reference", "–", "–"].map(plainCell)
            : [
                estimateCell(share),
                plainCell(speedUp(shares.reduce((a, b) => Math.max(a, b)))),
                plainCell(speedUp(shares.reduce((a, b) => Math.min(a, b)))),
              ]),
        ];
      }),
      ...controlRows(analysis, problems.length),
    ],
  };
}

/** Twins, each against its original: a speed-up that chance alone makes. */
function controlRows({ controls }: Analysis, problems: number): readonly (readonly PageCell[])[] {
  return controls.flatMap(({ twin, twinOf, speedUp: found }) =>
    found === null
      ? []
      : [
          [
            { ...nameCell(twin), detail: "(control)" },
            plainCell(`${found.reached} of ${problems}`),
            { ...estimateCell(found.share), text: ["against ", named(twinOf), ": ", ...estimateCell(found.share).text] },
            plainCell("–"),
            plainCell("–"),
          ],
        ],
  );
}

function estimateCell({ value, interval }: Estimate): PageCell {
  const bounds = interval === null ? {} : { detail: `[${speedUpInterval(interval)}]`, isEstimate: true };
  return { text: [speedUp(value)], value: 1 / value, ...bounds };
}

/** One row per problem, one column per strategy in the order of the ranking. */
export function timeRows(analysis: Analysis, { problems, cards }: SpeedUps): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [textColumn("problem"), ...analysis.order.map((index) => strategyColumn(strategies[index]!.label))],
    rowParts: cards.map(({ id }) => ofProblem(id)),
    rows: problems.map((problem, place) => [
      nameCell(cards[place]!.id),
      ...analysis.order.map((index) => timeCell(problem[index]!, index === analysis.reference)),
    ]),
  };
}

function timeCell({ expected, share, successes, runs }: StrategyTime, ofReference: boolean): PageCell {
  const there = `${successes} of ${runs} runs`;
  if (expected.value === Infinity) return { text: ["not reached"], detail: there };
  const spent = significant(expected.value, 3);
  if (ofReference) return { text: [spent], value: 1, detail: there };
  const bounds = share.interval === null ? "" : `[${speedUpInterval(share.interval)}] `;
  return { text: [speedUp(share.value)], value: 1 / share.value, detail: `${bounds}${spent} spent, ${there}`, isEstimate: true };
}

/** What the papers claim about the strategies that take part. */
export function claimRows(analysis: Analysis): PageTable {
  return {
    columns: ["strategy", "claim", "context", "source"].map((title) => textColumn(title)),
    rows: publishedClaims(analysis.results).map(({ strategy, claim, context, source }) => [
      nameCell(strategy),
      ...[claim, context, source].map(nameCell),
    ]),
  };
}
