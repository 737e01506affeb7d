/**
 * The posterior of a model of one parameter, and the acquisition function that chooses the next point. The upper part of each panel shows
 * the truth, the mean and a band of two standard deviations. The lower part shows the logarithm of the acquisition. All panels have the
 * same axes. Takes plain arrays and returns an SVG file.
 */
import { element, type Markup } from "../render/markup.ts";
import { type Drawing, standaloneSvg } from "../svg/document.ts";
import { linearScale, linearTicks, type PixelScale } from "../svg/scale.ts";
import { line, marker, type PixelPoint, pixels, polyline, text } from "../svg/shapes.ts";

/** One state of the search. All arrays except `observed` and `pending` have one entry per entry of `x`. */
export type PosteriorPanel = {
  readonly title: string;
  /** Ascending. */
  readonly x: readonly number[];
  readonly truth: readonly number[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  /** Logarithms. The figure draws -Infinity at the lower edge. */
  readonly acquisition: readonly number[];
  readonly observed: readonly PixelPoint[];
  /** The points of the trials that still run. */
  readonly pending: readonly number[];
  /** The suggested point, and the acquisition at that point. */
  readonly next: PixelPoint;
};

export type PosteriorPicture = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Names of the two vertical axes, and of the common horizontal one. */
  readonly value: string;
  readonly acquisition: string;
  readonly parameter: string;
  readonly panels: readonly PosteriorPanel[];
};

const width = 1000;
const left = 46;
const gap = 34;
const upper = { top: 44, bottom: 250 } as const;
const lower = { top: 284, bottom: 366 } as const;
const legend = 424;

/** An SVG file. There is at least one panel, and each has two points or more. */
export function posteriorSvg(picture: PosteriorPicture): string {
  const { panels } = picture;
  const side = (width - left - 8 - gap * (panels.length - 1)) / panels.length;
  const value = linearScale(valueRange(panels), [upper.bottom, upper.top]);
  const acquisition = linearScale(acquisitionRange(panels), [lower.bottom, lower.top]);
  const drawing: Drawing = {
    id: picture.id,
    title: picture.title,
    description: picture.description,
    width,
    height: legend + 14,
    body: [
      text(left, 14, picture.value, { class: "soft" }),
      text(left, lower.top - 10, picture.acquisition, { class: "soft" }),
      ...panels.map((panel, place) => {
        const start = left + place * (side + gap);
        const x = linearScale([panel.x[0]!, panel.x.at(-1)!], [start, start + side]);
        return drawPanel(panel, x, value, acquisition, place === 0);
      }),
      text(width / 2, lower.bottom + 34, picture.parameter, { class: "soft middle" }),
      drawLegend(panels.some(({ pending }) => pending.length > 0)),
    ],
  };
  return standaloneSvg(drawing);
}

/** All values of the upper part: truth, band and measurements. */
function valueRange(panels: readonly PosteriorPanel[]): readonly [number, number] {
  const values = panels.flatMap(({ truth, mean, sd, observed }) => [
    ...truth,
    ...mean.flatMap((one, index) => [one - 2 * sd[index]!, one + 2 * sd[index]!]),
    ...observed.map(([, y]) => y),
  ]);
  return padded(values.map(drawable));
}

/** The nearest number whose distance from any other such number is a double. */
function drawable(value: number): number {
  return Math.max(-mostDrawn, Math.min(mostDrawn, value));
}

const mostDrawn = 1e307;

/** From the highest summit down to some nats below the lowest one. Lower values of the acquisition do not matter. */
function acquisitionRange(panels: readonly PosteriorPanel[]): readonly [number, number] {
  const summits = panels.map(({ next }) => next[1]);
  return padded([summits.reduce((a, b) => Math.min(a, b)) - shownNats, summits.reduce((a, b) => Math.max(a, b))]);
}

const shownNats = 9;

function padded(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const air = (high - low) * 0.04;
  return [low - air, high + air];
}

function drawPanel(panel: PosteriorPanel, x: PixelScale, value: PixelScale, acquisition: PixelScale, labelled: boolean): Markup {
  const [start, end] = [x(x.domain[0]), x(x.domain[1])];
  const along = (values: readonly number[], y: PixelScale): readonly PixelPoint[] =>
    values.map((one, index) => [x(panel.x[index]!), y(drawable(one))]);
  const offset = (factor: number): readonly number[] => panel.mean.map((one, index) => one + factor * panel.sd[index]!);
  const band = `${polyline([...along(offset(2), value), ...[...along(offset(-2), value)].reverse()])}Z`;
  const floor = acquisition.domain[0];
  const hill = along(
    panel.acquisition.map((one) => Math.max(floor, one)),
    acquisition,
  );
  const next: PixelPoint = [x(panel.next[0]), acquisition(panel.next[1])];
  return element(
    "g",
    {},
    text(start, upper.top - 12, panel.title, { class: "strong" }),
    axes(value, start, end, labelled, 6),
    axes(acquisition, start, end, labelled, 3),
    linearTicks(x.domain, 6).map(({ at, label }) => text(x(at), lower.bottom + 15, label, { class: "soft middle numbers" })),
    ...[upper, lower].map(({ top, bottom }) => line(next[0], top, next[0], bottom, "guide")),
    element("g", { class: "series-reference" }, dashed(along(panel.truth, value))),
    element("g", { class: "series-0" }, element("path", { class: "band", d: band }), curve(along(panel.mean, value))),
    element(
      "g",
      { class: "series-2" },
      element("path", { class: "thin-band", d: `${polyline([[start, lower.bottom], ...hill, [end, lower.bottom]])}Z` }),
      curve(hill),
    ),
    element("g", { class: "series-reference" }, ...panel.observed.map(([at, y]) => marker(0, [x(at), value(drawable(y))], 4))),
    element("g", { class: "series-3" }, ...panel.pending.map((at) => pendingMark(x(at)))),
    element("g", { class: "series-1" }, marker(triangle, [next[0], next[1] - 7], 5)),
  );
}

function axes(y: PixelScale, start: number, end: number, labelled: boolean, most: number): readonly Markup[] {
  const bottom = y(y.domain[0]);
  return [
    ...linearTicks(y.domain, most).flatMap(({ at, label }) => [
      line(start, y(at), end, y(at), "grid"),
      ...(labelled ? [text(start - 7, y(at) + 4, label.replace("-", "−"), { class: "soft end numbers" })] : []),
    ]),
    line(start, bottom, end, bottom, "axis"),
  ];
}

function curve(points: readonly PixelPoint[]): Markup {
  return element("path", { class: "curve", d: polyline(points) });
}

function dashed(points: readonly PixelPoint[]): Markup {
  return element("path", { d: polyline(points), fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-dasharray": "5 3" });
}

/** A running trial has no value yet, so it is a mark at the edge and a vertical line. */
function pendingMark(x: number): Markup {
  return element(
    "g",
    {},
    element("path", { class: "curve", d: `M${pixels(x)} ${upper.top}V${upper.bottom}`, "stroke-dasharray": "1 4" }),
    marker(diamond, [x, upper.bottom], 4.5),
  );
}

function drawLegend(withPending: boolean): Markup {
  const sample = (at: number, kind: string, shape: (x: number, y: number) => Markup, name: string): readonly Markup[] => [
    element("g", { class: kind }, shape(at, legend - 4)),
    text(at + 16, legend, name, { class: "soft" }),
  ];
  const stroke = (x: number, y: number): Markup => element("path", { class: "curve", d: `M${pixels(x - 11)} ${y}H${pixels(x + 11)}` });
  return element(
    "g",
    {},
    sample(
      left + 12,
      "series-reference",
      (x, y) =>
        dashed([
          [x - 11, y],
          [x + 11, y],
        ]),
      "the objective",
    ),
    sample(left + 136, "series-reference", (x, y) => marker(0, [x, y], 4), "measured"),
    sample(left + 240, "series-0", stroke, "mean of the model"),
    sample(
      left + 388,
      "series-0",
      (x, y) => element("rect", { x: pixels(x - 11), y: y - 6, width: 22, height: 12, class: "band" }),
      "two standard deviations",
    ),
    sample(left + 574, "series-2", stroke, "acquisition"),
    sample(left + 692, "series-1", (x, y) => marker(triangle, [x, y], 5), "suggested"),
    withPending ? sample(left + 800, "series-3", (x, y) => marker(diamond, [x, y], 4.5), "still running") : [],
  );
}

/** Indices of marker shapes: a triangle that points down at the summit, and a diamond. */
const triangle = 4;
const diamond = 3;
