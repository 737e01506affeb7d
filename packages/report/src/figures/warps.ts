/**
 * Histograms of values before and after each warp, in standard deviations, all with the same axes and bins. A model that assumes normal
 * values fits well if the histogram has a single hill. Takes plain arrays and returns an SVG file.
 */
import { normalPdf } from "@caviar-hpo/numerics";
import { element, type Markup } from "../render/markup.ts";
import { standaloneSvg } from "../svg/document.ts";
import { linearScale, linearTicks, type PixelScale } from "../svg/scale.ts";
import { line, type PixelPoint, pixels, polyline, text } from "../svg/shapes.ts";

export type WarpPanel = {
  readonly title: string;
  readonly subtitle: string;
  /** Standardised: mean 0, variance 1. */
  readonly values: readonly number[];
  /** These values have another colour. */
  readonly chosen: boolean;
};

export type WarpPicture = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly WarpPanel[];
};

const width = 1000;
const left = 34;
const gap = 20;
const top = 52;
const bottom = 212;
/** In standard deviations. */
const binWidth = 0.5;

/** An SVG file. There is at least one panel, and each has at least one value. */
export function warpsSvg({ id, title, description, panels }: WarpPicture): string {
  const values = panels.flatMap((panel) => panel.values);
  const first = Math.floor(values.reduce((a, b) => Math.min(a, b)) / binWidth);
  const last = Math.floor(values.reduce((a, b) => Math.max(a, b)) / binWidth) + 1;
  const counts = panels.map((panel) => histogram(panel.values, first, last));
  const most = counts.flat().reduce((a, b) => Math.max(a, b));
  const height = linearScale([0, most], [bottom, top]);
  const side = (width - left - 8 - gap * (panels.length - 1)) / panels.length;
  return standaloneSvg({
    id,
    title,
    description,
    width,
    height: bottom + 44,
    body: [
      ...panels.map((panel, place) => {
        const start = left + place * (side + gap);
        return drawPanel(
          panel,
          counts[place]!,
          linearScale([first * binWidth, last * binWidth], [start, start + side]),
          height,
          place === 0,
        );
      }),
      text(width / 2, bottom + 36, "standard deviations from the mean; less is better", { class: "soft middle" }),
    ],
  });
}

function histogram(values: readonly number[], first: number, last: number): readonly number[] {
  const counts = new Array<number>(last - first).fill(0);
  for (const value of values) {
    const bin = Math.floor(value / binWidth) - first;
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

function drawPanel(
  { title, subtitle, values, chosen }: WarpPanel,
  counts: readonly number[],
  x: PixelScale,
  y: PixelScale,
  labelled: boolean,
): Markup {
  const [start, end] = [x(x.domain[0]), x(x.domain[1])];
  const wide = (end - start) / counts.length;
  return element(
    "g",
    { class: chosen ? "series-1" : "series-0" },
    text(start, 16, title, { class: "strong" }),
    text(start, 33, subtitle, { class: "soft" }),
    linearTicks(y.domain, 4).map(({ at, label }) => [
      line(start, y(at), end, y(at), "grid"),
      labelled ? text(start - 6, y(at) + 4, label, { class: "soft end numbers" }) : null,
    ]),
    counts.map((count, bin) =>
      count === 0
        ? null
        : element("rect", {
            x: pixels(start + bin * wide + 0.5),
            y: pixels(y(count)),
            width: pixels(wide - 1),
            height: pixels(y(0) - y(count)),
            fill: "currentColor",
            opacity: 0.6,
          }),
    ),
    element("path", { class: "guide", fill: "none", d: polyline(bell(values.length, x, y)) }),
    line(start, y(0), end, y(0), "axis"),
    linearTicks(x.domain, 5).map(({ at, label }) => text(x(at), bottom + 16, label.replace("-", "−"), { class: "soft middle numbers" })),
  );
}

/** The expected histogram of the same number of normal values. */
function bell(count: number, x: PixelScale, y: PixelScale): readonly PixelPoint[] {
  const [low, high] = [Math.max(-4, x.domain[0]), Math.min(4, x.domain[1])];
  return Array.from({ length: 81 }, (_, index): PixelPoint => {
    const at = low + (index / 80) * (high - low);
    return [x(at), y(count * binWidth * normalPdf(at))];
  });
}
