/** The tables of what the reference's final quality costs: over all problems, problem by problem, and what the papers say. */
import type { Analysis } from "./analysis/analysis.ts";
import type { StrategyTime } from "./analysis/timeToReference.ts";
import { publishedClaims } from "./claims.ts";
import { decimal, significant } from "./format.ts";
import { nameCell, type PageCell, type PageTable, plainCell } from "./pageTable.ts";
import type { Estimate, Interval } from "./statistics/bootstrap.ts";

/** By which factor the reference needs more, from the share of it that is needed; a dash where it is not reached. */
export function speedUp(share: number): string {
  if (share === Number.POSITIVE_INFINITY) return "not reached";
  return `${1 / share < 10 ? significant(1 / share, 2) : decimal(1 / share, 0)}×`;
}

/** The interval of the speed-up, from that of the share. */
export function speedUpInterval(bounds: Interval): string {
  return `${speedUp(bounds.high)} to ${speedUp(bounds.low)}`;
}

/** One row a strategy, in the order of the ranking. */
export function speedUpRows(analysis: Analysis, { overall, problems }: NonNullable<Analysis["timeToReference"]>): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [
      { title: ["strategy"], numeric: false },
      { title: ["problems on which it gets there"], numeric: true },
      { title: ["median speed-up over problems"], numeric: true },
      { title: ["least"], numeric: true },
      { title: ["most"], numeric: true },
    ],
    rows: analysis.order.map((index) => {
      const { reached, share } = overall[index]!;
      const shares = problems.map((problem) => problem.strategies[index]!.share.value);
      const ofReference = index === analysis.reference;
      return [
        nameCell(strategies[index]!.label),
        plainCell(`${reached} of ${problems.length}`),
        ...(ofReference
          ? ["reference", "–", "–"].map(plainCell)
          : [
              estimateCell(share),
              plainCell(speedUp(shares.reduce((a, b) => Math.max(a, b)))),
              plainCell(speedUp(shares.reduce((a, b) => Math.min(a, b)))),
            ]),
      ];
    }),
  };
}

function estimateCell({ value, interval }: Estimate): PageCell {
  return { text: [speedUp(value)], ...(interval === null ? {} : { detail: `[${speedUpInterval(interval)}]` }) };
}

/** One row a problem, one column a strategy in the order of the ranking. */
export function timeRows(analysis: Analysis, { problems, cards }: NonNullable<Analysis["timeToReference"]>): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [
      { title: ["problem"], numeric: false },
      ...analysis.order.map((index) => ({ title: [{ name: strategies[index]!.label }], numeric: true })),
    ],
    rows: problems.map((problem, place) => [
      nameCell(cards[place]!.id),
      ...analysis.order.map((index) => timeCell(problem.strategies[index]!, index === analysis.reference)),
    ]),
  };
}

function timeCell({ resource, share, runs, of }: StrategyTime, ofReference: boolean): PageCell {
  const there = `${runs} of ${of} runs`;
  if (resource.value === Number.POSITIVE_INFINITY) return { text: ["not reached"], detail: there };
  const spent = significant(resource.value, 3);
  if (ofReference) return { text: [spent], detail: there };
  const bounds = share.interval === null ? "" : `[${speedUpInterval(share.interval)}] `;
  return {
    text: [speedUp(share.value)],
    detail: `${bounds}${spent}; ${there}`,
    ...(share.interval !== null && share.interval.high < 1 ? { tone: "strong" as const } : {}),
  };
}

/** What the papers say of the strategies that take part. */
export function claimRows(analysis: Analysis): PageTable {
  return {
    columns: ["strategy", "claim", "context", "source"].map((title) => ({ title: [title], numeric: false })),
    rows: publishedClaims(analysis.results).map(({ strategy, claim, context, source }) => [
      nameCell(strategy),
      ...[claim, context, source].map(nameCell),
    ]),
  };
}
