/**
 * One row per strategy over a logarithmic axis: small circles are problems, the large marker is their median, and the bar its interval.
 * Values that are beyond the axis have columns at its sides.
 */
import { element, type Markup } from "../render/markup.ts";
import type { EstimateInterval } from "../statistics/estimate.ts";
import type { Look } from "../svg/look.ts";
import { linearScale, type PixelScale, plainLogTicks } from "../svg/scale.ts";
import { line, marker, nameText, text } from "../svg/shapes.ts";
import { visible } from "../visible.ts";

/** Values are log10. -Infinity and Infinity stand in the columns at the sides. */
export type DotRow = {
  readonly label: string;
  readonly look: Look;
  readonly median: number;
  readonly interval: EstimateInterval | null;
  readonly each: readonly number[];
  /** The median in words, and with its interval. */
  readonly words: string;
  readonly details: string;
};

export type DotPlot = {
  readonly rows: readonly DotRow[];
  readonly axis: string;
  /** After the number of a tick, for instance "×". */
  readonly unit: string;
  /** The value of the dashed line, as log10; null for none. */
  readonly guide: number | null;
  /** The titles of the columns at the sides; empty if no value can be there. */
  readonly below: string;
  readonly above: string;
};

const left = 180;
const width = 1000;
const top = 40;
const rowHeight = 34;
/** The place of a column from the end of the axis, and what it takes. */
const column = { place: 45, width: 70 } as const;

export function problemDots(plot: DotPlot): { readonly width: number; readonly height: number; readonly body: readonly Markup[] } {
  const bottom = top + plot.rows.length * rowHeight;
  return { width, height: bottom + 54, body: drawn(plot, bottom) };
}

function drawn({ rows, axis, unit, guide, below, above }: DotPlot, bottom: number): readonly Markup[] {
  const start = left + (below === "" ? 20 : column.width);
  const end = width - 90 - (above === "" ? 0 : column.width);
  const domain = domainOf(rows, guide);
  const x = linearScale(domain, [start, end]);
  return [
    ...rows
      .map((_, row) => element("rect", { x: 0, y: top + row * rowHeight, width, height: rowHeight, class: "wash" }))
      .filter((_, row) => row % 2 === 0),
    ...(below === "" ? [] : [text(start - column.place, top - 12, below, { class: "soft middle" })]),
    ...(above === "" ? [] : [text(end + column.place, top - 12, above, { class: "soft middle" })]),
    text(width - 10, top - 12, "median", { class: "soft end" }),
    ...plainLogTicks(domain, 8).flatMap(({ at, label }) => [
      line(x(at), top, x(at), bottom, "grid"),
      text(x(at), bottom + 18, `${label}${unit}`, { class: "soft middle numbers" }),
    ]),
    ...(guide === null ? [] : [line(x(guide), top - 6, x(guide), bottom, "guide")]),
    line(start, bottom, end, bottom, "axis"),
    text((start + end) / 2, bottom + 40, axis, { class: "soft middle" }),
    ...rows.map((row, index) => drawnRow(row, { x, start, end }, top + (index + 0.5) * rowHeight)),
  ];
}

type DotScale = { readonly x: PixelScale; readonly start: number; readonly end: number };

function drawnRow({ label, look, median, interval, each, words, details }: DotRow, { x, start, end }: DotScale, y: number): Markup {
  const place = (at: number): number => (at === Infinity ? end + column.place : at === -Infinity ? start - column.place : x(at));
  return element(
    "g",
    { class: look.color, "data-strategy": label },
    element("title", {}, `${visible(label)}: ${words}`),
    nameText(left - 16, y + 4, label, 24, { class: "own strong end" }),
    stacked(each.map(place)).map(([at, height]) => marker(0, [at, y + height], 2)),
    interval === null
      ? null
      : element(
          "g",
          { "data-declared": "" },
          element("title", {}, `${visible(label)}: ${details}`),
          line(place(interval.low), y, place(interval.high), y, "whisker"),
        ),
    marker(look.marker, [place(median), y], 5),
    text(width - 10, y + 4, words, { class: "end numbers" }),
  );
}

/** A domain that holds every finite value and the guide, with some space at both ends. */
function domainOf(rows: readonly DotRow[], guide: number | null): readonly [number, number] {
  const all = rows.flatMap(({ median, interval, each }) => [median, ...each, ...(interval === null ? [] : [interval.low, interval.high])]);
  const finite = [...all.filter((value) => Math.abs(value) < Infinity), ...(guide === null ? [] : [guide - 0.1, guide + 0.1])];
  const low = finite.reduce((least, value) => Math.min(least, value), finite[0] ?? 0);
  const high = finite.reduce((most, value) => Math.max(most, value), Math.max(low + 0.1, finite[0] ?? 0));
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
