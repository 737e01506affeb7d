/** The factor figure: how much the regret of each strategy differs from that of the reference, paired by seed. */
import type { Analysis } from "../analysis/analysis.ts";
import type { RankStanding } from "../analysis/standing.ts";
import { level, resamples } from "../confidence.ts";
import { factor } from "../format.ts";
import { capitalised, measureIn } from "../measure.ts";
import { named } from "../page/phrase.ts";
import type { Estimate } from "../statistics/bootstrap.ts";
import { looks } from "../svg/look.ts";
import { logTicks } from "../svg/scale.ts";
import { type Figure, sampleSize } from "./figure.ts";
import { type ForestPanel, forest } from "./forest.ts";

/** The axis ends at this power of ten. A factor beyond it comes from runs without a success. */
const axisEnd = 12;

export function factorFigure(analysis: Analysis, final: RankStanding, anytime: RankStanding): Figure {
  const { strategies } = analysis.results;
  const reference = strategies[analysis.reference]!.label;
  const measure = measureIn(analysis.results);
  const look = looks(strategies.length, analysis.reference);
  const rows = analysis.order.filter((index) => index !== analysis.reference);
  const domain = commonDomain(rows.flatMap((index) => [final.factors[index]!, anytime.factors[index]!]));
  const panel = (title: string, standing: RankStanding): ForestPanel => ({
    title,
    axis: `${measure} relative to the reference (below 1 is better)`,
    domain,
    ticks: logTicks(domain, 7),
    guide: 0,
    estimates: rows.map((index) => standing.factors[index]!),
    show: factor,
  });
  const drawn = forest(
    rows.map((index) => ({ label: strategies[index]!.label, look: look[index]! })),
    [panel("At the final budget", final), panel("Anytime (geometric mean over the budget)", anytime)],
  );
  return {
    name: "factor",
    drawing: {
      ...drawn,
      id: "figure-factor",
      title: `${capitalised(measure)} relative to the reference strategy`,
      description: `One row per strategy. Dots are Hodges-Lehmann factors of paired ${measure}s on a logarithmic axis. Bars are their bootstrap intervals.`,
    },
    caption: [
      `Hodges–Lehmann factor of the ${measure} against `,
      named(reference),
      `, paired by problem and seed; ${sampleSize(analysis)}. Bars are ${100 * (1 - level)} % expanded percentile intervals of the stratified, paired bootstrap (${resamples} resamples, problems fixed). 0.5 means half the ${measure}. If an interval contains 1, the runs do not separate the strategy from the reference.`,
    ],
    table: {
      columns: ["endpoint", "strategy", "reference", "log10 factor", "low", "high", "complete blocks"],
      rows: (
        [
          ["final", final],
          ["anytime", anytime],
        ] as const
      ).flatMap(([endpoint, standing]) =>
        rows.map((index) => {
          const { value, interval } = standing.factors[index]!;
          return [endpoint, strategies[index]!.label, reference, value, interval?.low ?? null, interval?.high ?? null, analysis.blocks];
        }),
      ),
    },
  };
}

/** A domain that holds every estimate, every bound and 0, with some space at both ends. */
function commonDomain(estimates: readonly Estimate[]): readonly [number, number] {
  const values = estimates.flatMap(({ value, interval }) => (interval === null ? [value] : [value, interval.low, interval.high]));
  const low = values.reduce((least, value) => Math.min(least, Math.max(-axisEnd, value)), -0.05);
  const high = values.reduce((most, value) => Math.max(most, Math.min(axisEnd, value)), 0.05);
  const air = (high - low) * 0.06;
  return [low - air, high + air];
}
