/**
 * The speed-up figure: how many times as much resource the reference needs to reach its final quality, on each problem and in the median.
 */
import type { Analysis, TimesToReference } from "../analysis/analysis.ts";
import { level, resamples } from "../confidence.ts";
import { speedUp, speedUpInterval } from "../format.ts";
import { measureIn } from "../measure.ts";
import { named } from "../page/phrase.ts";
import type { DataTable } from "../render/csv.ts";
import { element, type Markup } from "../render/markup.ts";
import type { Estimate } from "../statistics/bootstrap.ts";
import { log10 } from "../statistics/logRegret.ts";
import { type Look, looks } from "../svg/look.ts";
import { linearScale, type PixelScale, plainLogTicks } from "../svg/scale.ts";
import { line, marker, nameText, text } from "../svg/shapes.ts";
import { visible } from "../visible.ts";
import { type Figure, sampleSize } from "./figure.ts";

const left = 180;
/** The place left of the scale, for “not reached”. */
const never = 205;
const start = 250;
const right = 900;
const width = 1000;
const top = 40;
const rowHeight = 34;

export function timeToReferenceFigure(analysis: Analysis, times: TimesToReference): Figure {
  const { strategies } = analysis.results;
  const rows = analysis.order.filter((index) => index !== analysis.reference);
  const bottom = top + rows.length * rowHeight;
  return {
    name: "speed-up",
    drawing: {
      id: "figure-speed-up",
      title: "Speed-up to the reference strategy’s final quality",
      description:
        "One row per strategy. Small circles are problems. The large marker is their median, and the bar is its bootstrap interval. The horizontal axis is logarithmic. Marks to its left mean “not reached”.",
      width,
      height: bottom + 54,
      body: drawnRows(analysis, times, rows, bottom),
    },
    caption: [
      "How many times as much resource ",
      named(strategies[analysis.reference]!.label),
      ` needs for the quality that half of its runs end with; ${sampleSize(analysis)}. Small circles are problems, large markers their medians, and bars the ${100 * (1 - level)} % expanded percentile intervals of these medians by the stratified, paired bootstrap (${resamples} resamples, problems fixed).`,
    ],
    table: dataOf(analysis, times),
  };
}

function drawnRows(analysis: Analysis, times: TimesToReference, rows: readonly number[], bottom: number): readonly Markup[] {
  const { strategies } = analysis.results;
  const look = looks(strategies.length, analysis.reference);
  const domain = domainOf([
    ...rows.flatMap((strategy) => sharesOf(times, strategy)),
    ...rows.flatMap((strategy) => {
      const { value, interval } = times.overall[strategy]!.share;
      return interval === null ? [value] : [value, interval.low, interval.high];
    }),
  ]);
  const x = linearScale(domain, [start, right]);
  return [
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
    ...rows.map((strategy, row) =>
      drawnRow({
        label: strategies[strategy]!.label,
        look: look[strategy]!,
        share: times.overall[strategy]!.share,
        each: sharesOf(times, strategy),
        x,
        y: top + (row + 0.5) * rowHeight,
      }),
    ),
  ];
}

type SpeedUpRow = {
  readonly label: string;
  readonly look: Look;
  /** The median share of the reference's resource, and the share on each problem. */
  readonly share: Estimate;
  readonly each: readonly number[];
  readonly x: PixelScale;
  readonly y: number;
};

function drawnRow({ label, look, share, each, x, y }: SpeedUpRow): Markup {
  const { value, interval } = share;
  const place = (at: number): number => (at === Infinity ? never : x(-log10(at)));
  return element(
    "g",
    { class: look.color },
    element("title", {}, `${visible(label)}: ${speedUp(value)}${interval === null ? "" : ` [${speedUpInterval(interval)}]`}`),
    nameText(left - 16, y + 4, label, 24, { class: "own strong end" }),
    stacked(each.map(place)).map(([at, height]) => marker(0, [at, y + height], 2)),
    interval === null ? null : line(place(interval.high), y, place(interval.low), y, "whisker"),
    marker(look.marker, [place(value), y], 5),
    text(width - 10, y + 4, speedUp(value), { class: "end numbers" }),
  );
}

function sharesOf({ problems }: TimesToReference, strategy: number): readonly number[] {
  return problems.map((problem) => problem.strategies[strategy]!.share.value);
}

function dataOf(analysis: Analysis, { problems, cards }: TimesToReference): DataTable {
  const { strategies } = analysis.results;
  const columns = ["problem", "strategy", "reference", `target log10 ${measureIn(analysis.results)}`, "full trainings", "low", "high"];
  const ofRuns = ["runs there", "runs", "lower quartile of runs", "median of runs", "upper quartile of runs"];
  return {
    columns: [...columns, "speed-up", "low", "high", ...ofRuns],
    rows: problems.flatMap((problem, index) =>
      analysis.order.map((strategy) => {
        const { resource, share, runs, of, each } = problem.strategies[strategy]!;
        return [
          cards[index]!.id,
          strategies[strategy]!.label,
          strategies[analysis.reference]!.label,
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
  };
}

/** A domain that holds the logarithm of every finite speed-up, and 0, with some space at both ends. */
function domainOf(shares: readonly number[]): readonly [number, number] {
  const logs = shares.filter((share) => share < Infinity).map((share) => -log10(share));
  const low = logs.reduce((least, value) => Math.min(least, value), -0.1);
  const high = logs.reduce((most, value) => Math.max(most, value), 0.1);
  const air = (high - low) * 0.04;
  return [low - air, high + air];
}

/** Places along the axis and heights of circles. Circles that would overlap are stacked. */
function stacked(places: readonly number[]): readonly (readonly [at: number, height: number])[] {
  const near = 3;
  return places.map((at, index) => {
    const before = places.slice(0, index).filter((other) => Math.abs(other - at) < near).length;
    return [at, (before % 2 === 0 ? -1 : 1) * 3.5 * Math.ceil((before % 7) / 2)];
  });
}
