/**
 * Lines over one quantity, with or without a band, in panels next to each other. Each panel has its own linear or logarithmic axes. A name
 * looks the same in all panels. Takes plain arrays and returns an SVG file.
 */
import { element, type Markup } from "../render/markup.ts";
import { log10 } from "../statistics/logRegret.ts";
import { standaloneSvg } from "../svg/document.ts";
import { type Look, looks } from "../svg/look.ts";
import { linearScale, linearTicks, logTicks, type PixelScale, plainLogTicks, type Tick } from "../svg/scale.ts";
import { line, type PixelPoint, pixels, polyline, text } from "../svg/shapes.ts";

export type PanelLine = {
  /** As in the legend. */
  readonly name: string;
  /** One value per x of the panel; null if there is nothing to draw. */
  readonly y: readonly (number | null)[];
  /** The lower and the upper edge of the band, one value per x; null if there is nothing to draw. */
  readonly band?: readonly (readonly [low: number, high: number] | null)[];
};

export type PanelAxis = {
  readonly name: string;
  /** Values must be positive. */
  readonly logarithmic?: boolean;
  /** The range of the axis. Default: the range of the values. Values outside are drawn at the edge. */
  readonly domain?: readonly [number, number];
};

export type LinePanel = {
  readonly title: string;
  readonly x: readonly number[];
  readonly xAxis: PanelAxis;
  readonly yAxis: PanelAxis;
  readonly lines: readonly PanelLine[];
};

export type LinePicture = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The number of panels in a row. */
  readonly columns: number;
  readonly panels: readonly LinePanel[];
};

const width = 1000;
const left = 50;
const gap = 58;
const rowHeight = 268;
const top = 46;
const plotHeight = 176;

/** An SVG file. There is at least one panel, and each has two or more x and at least one value. */
export function linePanelsSvg({ id, title, description, columns, panels }: LinePicture): string {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const look = looks(names.length);
  const lookOf = new Map(names.map((name, index) => [name, look[index]!]));
  const side = (width - left - 10 - gap * (columns - 1)) / columns;
  const legend = Math.ceil(panels.length / columns) * rowHeight + 12;
  return standaloneSvg({
    id,
    title,
    description,
    width,
    height: legend + 12,
    body: [
      ...panels.map((panel, place) =>
        drawPanel(panel, left + (place % columns) * (side + gap), side, Math.floor(place / columns) * rowHeight + top, lookOf),
      ),
      ...drawLegend(names, lookOf, legend),
    ],
  });
}

function drawPanel(panel: LinePanel, start: number, side: number, upper: number, lookOf: ReadonlyMap<string, Look>): Markup {
  const { title, xAxis, yAxis, lines } = panel;
  const lower = upper + plotHeight;
  const x = axisScale(xAxis, panel.x, [start, start + side], 0);
  const drawn = lines.flatMap(({ y, band = [] }) => [...y, ...band.flat()]).filter((value): value is number => value !== null);
  const y = axisScale(yAxis, drawn, [lower, upper], 0.04);
  return element(
    "g",
    {},
    text(start - 36, upper - 28, title, { class: "strong" }),
    text(start - 36, upper - 11, yAxis.name, { class: "soft" }),
    y.ticks.flatMap(({ at, label }) => [
      line(start, y.scale(at), start + side, y.scale(at), "grid"),
      text(start - 6, y.scale(at) + 4, label.replace("-", "−"), { class: "soft end numbers" }),
    ]),
    line(start, lower, start + side, lower, "axis"),
    x.ticks.map(({ at, label }) => text(x.scale(at), lower + 16, label.replace("-", "−"), { class: "soft middle numbers" })),
    text(start + side / 2, lower + 34, xAxis.name, { class: "soft middle" }),
    lines.map(({ name, y: values, band = [] }) => {
      const { color, dashes } = lookOf.get(name)!;
      const at = (index: number, value: number): PixelPoint => [x.place(panel.x[index]!), y.place(value)];
      const edges = runs(band).map((run) => [
        ...run.map(([index, [, high]]) => at(index, high)),
        ...run.map(([index, [low]]) => at(index, low)).reverse(),
      ]);
      return element(
        "g",
        { class: color },
        edges.map((edge) => element("path", { class: "thin-band", d: `${polyline(edge)}Z` })),
        runs(values).map((run) =>
          element("path", { class: "curve", d: polyline(run.map(([index, value]) => at(index, value))), "stroke-dasharray": dashes }),
        ),
      );
    }),
  );
}

/** Stretches without a gap, each value with its index. */
function runs<T>(values: readonly (T | null)[]): readonly (readonly (readonly [index: number, value: T])[])[] {
  const found: (readonly [number, T])[][] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    if (index === 0 || values[index - 1] === null) found.push([]);
    found.at(-1)!.push([index, value]);
  });
  return found;
}

/** `place` takes values. On a logarithmic axis, `scale` and `ticks` take logarithms. */
type PlacedAxis = { readonly scale: PixelScale; readonly ticks: readonly Tick[]; readonly place: (value: number) => number };

/** @param air the share of the axis that stays free at both ends if no domain is given. */
function axisScale(
  { logarithmic = false, domain }: PanelAxis,
  values: readonly number[],
  range: readonly [number, number],
  air: number,
): PlacedAxis {
  const onAxis = (value: number): number => (logarithmic ? log10(value) : value);
  const shown = (domain ?? values).map(onAxis);
  const [low, high] = [shown.reduce((a, b) => Math.min(a, b)), shown.reduce((a, b) => Math.max(a, b))];
  const free = domain === undefined ? (high - low) * air : 0;
  const scale = linearScale([low - free, high + free], range);
  const ticks = logarithmic ? (high - low < 2 ? plainLogTicks : logTicks)(scale.domain, 7) : linearTicks(scale.domain, 6);
  const within = (value: number): number => Math.min(Math.max(value, scale.domain[0]), scale.domain[1]);
  return { scale, ticks, place: (value) => scale(within(onAxis(value))) };
}

function drawLegend(names: readonly string[], lookOf: ReadonlyMap<string, Look>, height: number): readonly Markup[] {
  let start = left - 36;
  return names.map((name) => {
    const { color, dashes } = lookOf.get(name)!;
    const at = start;
    start += 58 + 6.6 * name.length;
    return element(
      "g",
      { class: color },
      element("path", { class: "curve", d: `M${pixels(at)} ${height - 4}h28`, "stroke-dasharray": dashes }),
      text(at + 34, height, name, { class: "soft" }),
    );
  });
}
