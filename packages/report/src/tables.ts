/** The tables of the report: ranking, medians, one problem, and what was run. */
import type { Analysis, ProblemAnalysis } from "./analysis/analysis.ts";
import { level } from "./confidence.ts";
import { decimal, estimate, factor, interval, pValue, record, regret, span } from "./format.ts";
import { measureIn, measureOf } from "./measure.ts";
import { nameCell, type PageCell, type PageTable, plainCell } from "./pageTable.ts";
import type { Phrase } from "./phrase.ts";
import type { Estimate } from "./statistics/bootstrap.ts";
import { log10, regretFloor } from "./statistics/logRegret.ts";
import { tied } from "./statistics/ranks.ts";

/** One row a strategy, best first. Without a complete block there is nothing to rank, and the numbers are dashes. */
export function rankingRows(analysis: Analysis): PageTable {
  const { strategies } = analysis.results;
  const { final, anytime, reference } = analysis;
  const column = (title: string): PageTable["columns"][number] => ({ title: [title], numeric: true });
  return {
    columns: [
      column("#"),
      { title: ["strategy"], numeric: false },
      column("mean rank"),
      column("behind the first"),
      column("anytime mean rank"),
      { title: [`${measureIn(analysis.results)} relative to `, { name: strategies[reference]!.label }], numeric: true },
      column("won–tied–lost"),
    ],
    rows: analysis.order.map((index, place) => [
      plainCell(final === null ? "–" : String(place + 1)),
      nameCell(strategies[index]!.label),
      ...(final === null || anytime === null
        ? Array.from({ length: 5 }, () => plainCell("–"))
        : [
            estimateCell(final.meanRanks[index]!, twoDigits),
            index === final.leader ? plainCell("first") : estimateCell(final.behind[index]!, twoDigits),
            estimateCell(anytime.meanRanks[index]!, twoDigits),
            index === reference ? plainCell("reference") : estimateCell(final.factors[index]!, factor),
            plainCell(index === reference ? "–" : record(final.records[index]!)),
          ]),
    ]),
  };
}

function estimateCell(value: Estimate, show: (value: number) => string): PageCell {
  return value.interval === null
    ? plainCell(show(value.value))
    : { text: [show(value.value)], detail: `[${interval(value.interval, show)}]` };
}

function twoDigits(value: number): string {
  return decimal(value, 2);
}

/** Median regret, or value, at the final budget, one row a problem, one column a strategy in the order of the ranking; shaded by mean rank on the problem. */
export function medianRows(analysis: Analysis): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [
      { title: ["problem"], numeric: false },
      ...analysis.order.map((index) => ({ title: [{ name: strategies[index]!.label }], numeric: true })),
    ],
    rows: analysis.problems.map((problem) => {
      const medians = problem.strategies.map(({ curve }) => curve[curve.length - 1]?.median ?? null);
      const best = medians.reduce<number>((least, median) => (median === null ? least : Math.min(least, median)), Number.POSITIVE_INFINITY);
      const floor = log10(regretFloor(problem.card));
      return [
        nameCell(problem.card.id),
        ...analysis.order.map((index): PageCell => {
          const median = medians[index]!;
          const rank = problem.strategies[index]!.meanRank;
          return {
            text: [median === null ? "no runs" : regret(median, floor)],
            ...(median === null ? { tone: "bad" } : tied(median, best) ? { tone: "best" } : {}),
            ...(rank === null || strategies.length < 2
              ? {}
              : { shade: Math.min(4, Math.floor((5 * (rank - 1)) / (strategies.length - 1))) }),
          };
        }),
      ];
    }),
  };
}

/** One problem, one row a strategy in the order of the ranking. */
export function problemRows(analysis: Analysis, problem: ProblemAnalysis): PageTable {
  const { strategies } = analysis.results;
  const floor = log10(regretFloor(problem.card));
  const numeric = (...title: Phrase): PageTable["columns"][number] => ({ title, numeric: true });
  return {
    columns: [
      { title: ["strategy"], numeric: false },
      numeric("n"),
      numeric(`median ${measureOf(problem.card)}`),
      numeric("quartiles"),
      numeric("mean rank"),
      numeric("anytime score"),
      numeric(`${measureOf(problem.card)} relative to `, { name: strategies[analysis.reference]!.label }),
      numeric("won–tied–lost"),
      numeric("p (Holm)"),
    ],
    rows: analysis.order.map((index) => {
      const { runs, curve, meanRank, anytime, comparison } = problem.strategies[index]!;
      const last = curve[curve.length - 1];
      return [
        nameCell(strategies[index]!.label),
        plainCell(String(runs)),
        ...(last === undefined || anytime === null
          ? ["–", "–", "–", "–"].map(plainCell)
          : [
              plainCell(regret(last.median, floor)),
              plainCell(`${regret(last.lower, floor)} to ${regret(last.upper, floor)}`),
              plainCell(meanRank === null ? "–" : decimal(meanRank, 2)),
              plainCell(anytime.median === Number.POSITIVE_INFINITY ? "no success" : decimal(anytime.median, 2)),
            ]),
        ...(comparison === null
          ? [plainCell(index === analysis.reference ? "reference" : "–"), plainCell("–"), plainCell("–")]
          : [
              plainCell(factor(comparison.factor)),
              plainCell(record(comparison.record)),
              comparison.pHolm === null
                ? plainCell(`not testable at n = ${problem.complete.length}`)
                : { text: [pValue(comparison.pHolm)], ...(comparison.pHolm <= level ? { tone: "strong" as const } : {}) },
            ]),
      ];
    }),
  };
}

/** Runs present of runs meant, one row a problem, one column a strategy in the order of the campaign. */
export function completenessRows(analysis: Analysis): PageTable {
  const { strategies, seeds } = analysis.results;
  return {
    columns: [
      { title: ["problem"], numeric: false },
      { title: [analysis.results.resource === undefined ? "evaluations" : "full trainings"], numeric: true },
      ...strategies.map(({ label }) => ({ title: [{ name: label }], numeric: true })),
    ],
    rows: analysis.problems.map((problem) => [
      nameCell(problem.card.id),
      plainCell(String(problem.card.budget)),
      ...problem.strategies.map(({ runs, failures, endedEarly }): PageCell => {
        const early = endedEarly.length === 0 ? "" : `${endedEarly.length} ended after ${span(endedEarly)}`;
        const notes = [failures > 0 ? `${failures} failed` : "", early].filter((note) => note !== "");
        return {
          text: [runs === seeds.length ? String(runs) : `${runs} of ${seeds.length}`],
          ...(notes.length > 0 ? { detail: `(${notes.join(", ")})` } : {}),
          ...(runs < seeds.length ? { tone: "bad" } : {}),
        };
      }),
    ]),
  };
}

/** A mean rank with its interval, in a sentence. */
export function rankWords(value: Estimate): string {
  return estimate(value, twoDigits);
}
