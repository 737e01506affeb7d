/**
 * The trials of one search in their order, each with its value above the minimum on a logarithmic axis, in a colour and a shape for the way
 * in which it was chosen. A step line follows the best value. Takes plain arrays and returns an SVG file.
 */
import { element, type Markup } from "../render/markup.ts";
import { log10 } from "../statistics/logRegret.ts";
import { standaloneSvg } from "../svg/document.ts";
import { linearScale, type PixelScale } from "../svg/scale.ts";
import { line, marker, pixels, steps, text } from "../svg/shapes.ts";

/** Ways in which trials were chosen. `kind` is one of the indices of `kinds`; `excess` is above 0. */
export type SearchPath = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly kinds: readonly string[];
  readonly trials: readonly { readonly kind: number; readonly excess: number }[];
  /** Powers of ten, ascending, that the axis marks. Smaller values are drawn at the first. */
  readonly decades: readonly number[];
};

const width = 1000;
const [left, right, top, bottom] = [60, 985, 44, 330];

/** An SVG file. There is at least one trial, and there are at least two decades. */
export function searchPathSvg({ id, title, description, kinds, trials, decades }: SearchPath): string {
  const [low, high] = [decades[0]!, decades[decades.length - 1]!];
  const x = linearScale([1, Math.max(2, trials.length)], [left + 12, right - 12]);
  const decade = linearScale([low, high], [bottom, top]);
  const y = (excess: number): number => decade(Math.max(low, Math.min(high, log10(excess))));
  return standaloneSvg({ id, title, description, width, height: bottom + 46, body: body({ kinds, trials, decades, x, y, decade }) });
}

type PathPlace = Pick<SearchPath, "kinds" | "trials" | "decades"> & {
  readonly x: PixelScale;
  readonly decade: PixelScale;
  readonly y: (excess: number) => number;
};

function body({ kinds, trials, decades, x, y, decade }: PathPlace): readonly Markup[] {
  const best = trials.map((_, at) => Math.min(...trials.slice(0, at + 1).map(({ excess }) => excess)));
  return [
    ...kinds.map((name, kind) => {
      const at = left + 12 + kind * 230;
      return element("g", { class: `series-${kind}` }, marker(kind, [at, 18], 4.5), text(at + 12, 22, name, { class: "soft" }));
    }),
    ...decades.flatMap((power) => [
      line(left, decade(power), right, decade(power), "grid"),
      text(left - 8, decade(power) + 4, `1e${power}`.replace("-", "−"), { class: "soft end numbers" }),
    ]),
    element("path", { class: "guide", fill: "none", d: steps(best.map((excess, at) => [x(at + 1), y(excess)] as const)) }),
    ...trials.map(({ kind, excess }, at) => element("g", { class: `series-${kind}` }, marker(kind, [x(at + 1), y(excess)], 4))),
    line(left, bottom, right, bottom, "axis"),
    ...trials.flatMap((_, at) =>
      (at + 1) % 10 === 0 ? [text(pixels(x(at + 1)), bottom + 16, String(at + 1), { class: "soft middle numbers" })] : [],
    ),
    text((left + right) / 2, bottom + 36, "trial", { class: "soft middle" }),
  ];
}
