/** Sections: what strategies cost besides the evaluations, and how well they predicted. */
import type { Analysis } from "../analysis/analysis.ts";
import type { Overhead } from "../analysis/overhead.ts";
import type { Figures } from "../figures/figure.ts";
import { significantNumber } from "../format.ts";
import { intervalLevels } from "../statistics/predictedShares.ts";
import { note, overall, prose, type Section, tableBlock } from "./block.ts";
import { figureBlock } from "./figureBlock.ts";
import { nameCell, numberColumn, ofStrategy, type PageTable, plainCell, textColumn } from "./pageTable.ts";
import { named } from "./phrase.ts";

/** Null if no run has times. */
export function overheadSection(analysis: Analysis, figures: Figures): Section | null {
  const { overhead, results, reference } = analysis;
  if (overhead === null || figures.overhead === null) return null;
  const label = results.strategies[reference]!.label;
  return {
    id: "overhead",
    title: "What the strategies cost themselves",
    blocks: [
      prose(
        "A strategy that computes for long pays off only if evaluations are expensive. The times are those of the machine that made the runs, and runs that share a machine slow each other down.",
      ),
      overall(
        tableBlock(overheadRows(analysis, overhead)),
        ...(overhead.meanRanks.length === 0
          ? []
          : [
              note(
                "First ask, last ask: medians over runs. Break-even: from this cost of one evaluation on, the mean rank is better than that of ",
                named(label),
                " in the same time. It describes these runs; it has no interval.",
              ),
            ]),
        figureBlock(figures, figures.overhead),
      ),
    ],
  };
}

/** One row per strategy, in the order of the ranking. */
function overheadRows({ results: { strategies }, order, reference }: Analysis, overhead: Overhead): PageTable {
  const ranked = overhead.meanRanks.length > 0;
  return {
    columns: [
      textColumn("strategy"),
      numberColumn("runs with times"),
      numberColumn("first ask, s"),
      numberColumn("last ask, s"),
      numberColumn("all asks of a run, s"),
      ...(ranked ? [numberColumn("break-even, s per evaluation")] : []),
    ],
    rowParts: order.map((index) => ofStrategy(strategies[index]!.label)),
    rows: order.map((index) => {
      const { runs, askSeconds, runSeconds } = overhead.strategies[index]!;
      const seconds = [askSeconds[0], askSeconds.at(-1), runs === 0 ? undefined : runSeconds];
      return [
        nameCell(strategies[index]!.label),
        plainCell(String(runs), runs),
        ...seconds.map((one) => (one === undefined ? plainCell("–") : plainCell(significantNumber(one, 2), one))),
        ...(ranked ? [index === reference ? plainCell("reference") : breakEvenCell(breakEven(overhead, index, reference))] : []),
      ];
    }),
  };
}

/**
 * The least cost of the grid from which on the strategy has a better mean rank than the reference. Infinity if it has none at the highest
 * cost.
 */
export function breakEven({ costs, meanRanks }: Overhead, strategy: number, reference: number): number {
  let least = Infinity;
  for (let place = costs.length - 1; place >= 0; place--) {
    if (!(meanRanks[strategy]![place]!.value < meanRanks[reference]![place]!.value)) break;
    least = costs[place]!;
  }
  return least;
}

function breakEvenCell(cost: number) {
  return plainCell(cost === Infinity ? "never" : cost <= 0.001 ? "≤ 0.001" : significantNumber(cost, 2), cost);
}

/** Null if no run has predictions. */
export function calibrationSection(analysis: Analysis, figures: Figures): Section | null {
  const { calibrations, results } = analysis;
  if (figures.calibration === null) return null;
  return {
    id: "calibration",
    title: "How well the strategies predicted",
    blocks: [
      prose(
        "A strategy with a model predicts a value and its spread before each evaluation. The table says in how many of the cases the value was inside the central interval of the prediction: with right predictions, as often as the head of the column says.",
      ),
      overall(
        tableBlock({
          columns: [
            textColumn("strategy"),
            numberColumn("predictions"),
            ...intervalLevels.map((level) => numberColumn(`inside ${Math.round(100 * level)} %`)),
          ],
          rowParts: calibrations.map(({ strategy }) => ofStrategy(results.strategies[strategy]!.label)),
          rows: calibrations.map(({ strategy, count, coverage }) => [
            nameCell(results.strategies[strategy]!.label),
            plainCell(String(count), count),
            ...coverage.map((share) => plainCell(`${(100 * share).toFixed(1)} %`, share)),
          ]),
        }),
        figureBlock(figures, figures.calibration),
      ),
    ],
  };
}
