/** The speed-up figure: by which factor the reference needs more resource for the quality that it ends with, on every problem and in the median. */
import type { Analysis } from "../analysis/analysis.ts";
import { level, resamples } from "../confidence.ts";
import { speedUp, speedUpInterval } from "../format.ts";
import { measureIn } from "../measure.ts";
import { named } from "../page/phrase.ts";
import { element, type Markup } from "../render/markup.ts";
import { log10 } from "../statistics/logRegret.ts";
import { looks } from "../svg/look.ts";
import { linearScale, plainLogTicks } from "../svg/scale.ts";
import { line, marker, nameText, text } from "../svg/shapes.ts";
import { visible } from "../visible.ts";
import { type Figure, sampleSize } from "./figure.ts";

const left = 180;
/** Left of the scale stands what is not reached. */
const never = 205;
const start = 250;
const right = 900;
const width = 1000;
const top = 40;
const rowHeight = 34;

export function timeToReferenceFigure(analysis: Analysis, { problems, overall, cards }: NonNullable<Analysis["timeToReference"]>): Figure {
  const { strategies } = analysis.results;
  const reference = strategies[analysis.reference]!.label;
  const look = looks(strategies.length, analysis.reference);
  const rows = analysis.order.filter((index) => index !== analysis.reference);
  const bottom = top + rows.length * rowHeight;
  const sharesOf = (strategy: number): readonly number[] => problems.map((problem) => problem.strategies[strategy]!.share.value);
  const domain = domainOf([
    ...rows.flatMap(sharesOf),
    ...rows.flatMap((strategy) => {
      const { value, interval } = overall[strategy]!.share;
      return interval === null ? [value] : [value, interval.low, interval.high];
    }),
  ]);
  const x = linearScale(domain, [start, right]);
  const place = (share: number): number => (share === Number.POSITIVE_INFINITY ? never : x(-log10(share)));
  return {
    name: "speed-up",
    drawing: {
      id: "figure-speed-up",
      title: "Speed-up to the reference strategy’s final quality",
      description:
        "One row a strategy. Small circles are problems, the large marker is their median, the bar its bootstrap interval; the horizontal axis is logarithmic, and left of it stands what is not reached.",
      width,
      height: bottom + 54,
      body: [
        ...rows
          .map((_, row) => element("rect", { x: 0, y: top + row * rowHeight, width, height: rowHeight, class: "wash" }))
          .filter((_, row) => row % 2 === 0),
        text(never, top - 12, "not reached", { class: "soft middle" }),
        text(width - 10, top - 12, "median", { class: "soft end" }),
        ...plainLogTicks(domain, 8).flatMap(({ at, label }) => [
          line(x(at), top, x(at), bottom, "grid"),
          text(x(at), bottom + 18, `${label}×`, { class: "soft middle numbers" }),
        ]),
        line(x(0), top - 6, x(0), bottom, "guide"),
        line(start, bottom, right, bottom, "axis"),
        text((start + right) / 2, bottom + 40, "speed-up (above 1 needs less than the reference)", { class: "soft middle" }),
        ...rows.map((strategy, row): Markup => {
          const y = top + (row + 0.5) * rowHeight;
          const { value, interval } = overall[strategy]!.share;
          const { label } = strategies[strategy]!;
          return element(
            "g",
            { class: look[strategy]!.color },
            element("title", {}, `${visible(label)}: ${speedUp(value)}${interval === null ? "" : ` [${speedUpInterval(interval)}]`}`),
            nameText(left - 16, y + 4, label, 24, { class: "own strong end" }),
            stacked(sharesOf(strategy).map(place)).map(([at, height]) => marker(0, [at, y + height], 2)),
            interval === null ? null : line(place(interval.high), y, place(interval.low), y, "whisker"),
            marker(look[strategy]!.marker, [place(value), y], 5),
            text(width - 10, y + 4, speedUp(value), { class: "end numbers" }),
          );
        }),
      ],
    },
    caption: [
      "By which factor ",
      named(reference),
      ` needs more resource for the quality that half of its runs end with; ${sampleSize(analysis)}. Small circles are problems, large markers their median, bars its ${100 * (1 - level)} % percentile intervals by the stratified, paired bootstrap (${resamples} resamples, problems fixed).`,
    ],
    table: {
      columns: [
        "problem",
        "strategy",
        "reference",
        `target log10 ${measureIn(analysis.results)}`,
        "full trainings",
        "low",
        "high",
        "speed-up",
        "low",
        "high",
        "runs there",
        "runs",
        "lower quartile of runs",
        "median of runs",
        "upper quartile of runs",
      ],
      rows: problems.flatMap((problem, index) =>
        analysis.order.map((strategy) => {
          const { resource, share, runs, of, each } = problem.strategies[strategy]!;
          return [
            cards[index]!.id,
            strategies[strategy]!.label,
            reference,
            problem.target,
            resource.value,
            resource.interval?.low ?? null,
            resource.interval?.high ?? null,
            1 / share.value,
            share.interval === null ? null : 1 / share.interval.high,
            share.interval === null ? null : 1 / share.interval.low,
            runs,
            of,
            each.lower,
            each.median,
            each.upper,
          ];
        }),
      ),
    },
  };
}

/** Holds the logarithm of every speed-up that is finite, and 0, with some air. */
function domainOf(shares: readonly number[]): readonly [number, number] {
  const logs = shares.filter((share) => share < Number.POSITIVE_INFINITY).map((share) => -log10(share));
  const low = logs.reduce((least, value) => Math.min(least, value), -0.1);
  const high = logs.reduce((most, value) => Math.max(most, value), 0.1);
  const air = (high - low) * 0.04;
  return [low - air, high + air];
}

/** Circles that would cover each other, one above the other: places along the axis and heights. */
function stacked(places: readonly number[]): readonly (readonly [at: number, height: number])[] {
  const near = 3;
  return places.map((at, index) => {
    const before = places.slice(0, index).filter((other) => Math.abs(other - at) < near).length;
    return [at, (before % 2 === 0 ? -1 : 1) * 3.5 * Math.ceil((before % 7) / 2)];
  });
}
