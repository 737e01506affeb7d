/**
 * The brackets of Hyperband as steps. The horizontal axis shows how far trials train, and the vertical axis how many trials there are. Both
 * axes are logarithmic. Brackets that halve more often begin further left and higher. Takes plain arrays and returns an SVG file.
 */
import { log } from "@caviar-hpo/numerics";
import { element, type Markup } from "../render/markup.ts";
import { standaloneSvg } from "../svg/document.ts";
import { linearScale, type PixelScale } from "../svg/scale.ts";
import { line, pixels, text } from "../svg/shapes.ts";

export type BracketPanel = {
  readonly title: string;
  readonly subtitle: string;
  /** Ascending in fidelity. The last one ends at the highest fidelity, which is the same in all panels. */
  readonly rungs: readonly { readonly configurations: number; readonly fidelity: number }[];
};

export type BracketPicture = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The unit of the fidelity, for the axis. */
  readonly unit: string;
  readonly panels: readonly BracketPanel[];
};

const width = 1000;
const left = 8;
const gap = 18;
const top = 60;
const bottom = 250;
/** Room for the number above a bar, in pixels. */
const headroom = 18;

/** An SVG file. There is at least one panel, and each has at least one rung of at least one configuration. */
export function bracketsSvg({ id, title, description, unit, panels }: BracketPicture): string {
  const fidelities = [...new Set(panels.flatMap(({ rungs }) => rungs.map((rung) => rung.fidelity)))].sort((a, b) => a - b);
  const most = panels.flatMap(({ rungs }) => rungs.map((rung) => rung.configurations)).reduce((a, b) => Math.max(a, b));
  // The axis begins at a third of a trial, so that one trial has a visible height.
  const y = linearScale([log(1 / 3), log(Math.max(most, 1))], [bottom, top + headroom]);
  const side = (width - 2 * left - gap * (panels.length - 1)) / panels.length;
  return standaloneSvg({
    id,
    title,
    description,
    width,
    height: bottom + 46,
    body: [
      ...panels.map((panel, place) => drawPanel(panel, place, fidelities, left + place * (side + gap), side, y)),
      text(width / 2, bottom + 38, `${unit} a trial has been trained; the number of trials above each`, { class: "soft middle" }),
    ],
  });
}

function drawPanel(
  { title, subtitle, rungs }: BracketPanel,
  place: number,
  fidelities: readonly number[],
  start: number,
  side: number,
  y: PixelScale,
): Markup {
  const wide = side / fidelities.length;
  return element(
    "g",
    { class: `series-${place % 8}` },
    text(start, 16, title, { class: "strong" }),
    text(start, 33, subtitle, { class: "soft" }),
    rungs.map(({ configurations, fidelity }) => {
      const at = start + fidelities.indexOf(fidelity) * wide;
      const height = y(log(configurations));
      return [
        element("rect", {
          x: pixels(at + 1.5),
          y: pixels(height),
          width: pixels(wide - 3),
          height: pixels(bottom - height),
          fill: "currentColor",
          opacity: 0.6,
        }),
        text(at + wide / 2, height - 5, String(configurations), { class: "own strong middle numbers" }),
      ];
    }),
    line(start, bottom, start + side, bottom, "axis"),
    fidelities.map((fidelity, index) =>
      text(start + (index + 0.5) * wide, bottom + 16, String(fidelity), { class: "soft middle numbers" }),
    ),
  );
}
