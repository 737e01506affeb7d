/**
 * Learning curves, and what a model expects of them. The left part of a panel shows the results of trials against their fidelity, on a
 * logarithmic axis. The right part has a mean and two standard deviations for each paused trial: its value after a full training. Takes
 * plain arrays and returns an SVG file.
 */
import { log } from "@caviar-hpo/numerics";
import { element, type Markup } from "../render/markup.ts";
import { standaloneSvg } from "../svg/document.ts";
import { linearScale, linearTicks, type PixelScale } from "../svg/scale.ts";
import { line, marker, type PixelPoint, polyline, text } from "../svg/shapes.ts";

export type LearningCurve = {
  /** Results by fidelity, ascending. At least one. */
  readonly points: readonly (readonly [fidelity: number, value: number])[];
  /** Of the value at the highest fidelity; null for a trial that has reached it. */
  readonly expected: { readonly mean: number; readonly sd: number } | null;
};

export type LearningCurvePanel = { readonly title: string; readonly curves: readonly LearningCurve[] };

export type LearningCurvePicture = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Ascending, at least two: the marks of the axis. */
  readonly fidelities: readonly number[];
  /** The unit of the fidelity, and what is measured. */
  readonly unit: string;
  readonly value: string;
  readonly panels: readonly LearningCurvePanel[];
};

const panelWidth = 470;
const left = 46;
const gap = 30;
const top = 40;
const bottom = 300;
const strip = 130;

/** An SVG file. There is at least one panel. */
export function learningCurvesSvg({ id, title, description, fidelities, unit, value, panels }: LearningCurvePicture): string {
  const heights = panels.flatMap(({ curves }) =>
    curves.flatMap(({ points, expected }) => [
      ...points.map(([, at]) => at),
      ...(expected === null ? [] : [expected.mean - 2 * expected.sd, expected.mean + 2 * expected.sd]),
    ]),
  );
  const lowest = heights.reduce((a, b) => Math.min(a, b));
  const highest = heights.reduce((a, b) => Math.max(a, b));
  const y = linearScale([lowest, highest > lowest ? highest : lowest + 1], [bottom, top]);
  const width = left + panels.length * panelWidth + (panels.length - 1) * gap;
  return standaloneSvg({
    id,
    title,
    description,
    width,
    height: bottom + 46,
    body: [
      ...panels.flatMap((panel, place) => drawPanel(panel, left + place * (panelWidth + gap), fidelities, y)),
      ...linearTicks(y.domain, 6).map(({ at, label }) => text(left - 7, y(at) + 4, label.replace("-", "−"), { class: "soft end numbers" })),
      text(0, 0, value, { class: "soft middle", transform: `translate(12 ${(top + bottom) / 2}) rotate(-90)` }),
      text(width / 2, bottom + 40, `${unit} a trial has been trained; on the right, what the model expects of paused trials`, {
        class: "soft middle",
      }),
    ],
  });
}

function drawPanel({ title, curves }: LearningCurvePanel, start: number, fidelities: readonly number[], y: PixelScale): readonly Markup[] {
  const end = start + panelWidth - strip;
  const x = linearScale([log(fidelities[0]!), log(fidelities.at(-1)!)], [start + 8, end - 12]);
  const paused = curves.filter(({ expected }) => expected !== null).sort((a, b) => a.expected!.mean - b.expected!.mean);
  const step = (strip - 24) / Math.max(1, paused.length);
  const drawn = ({ points }: LearningCurve): Markup => {
    const places = points.map(([fidelity, at]): PixelPoint => [x(log(fidelity)), y(at)]);
    return element("g", {}, element("path", { class: "curve", d: polyline(places) }), ...places.map((place) => marker(0, place, 2)));
  };
  return [
    text(start, top - 18, title, { class: "strong" }),
    ...linearTicks(y.domain, 6).map(({ at }) => line(start, y(at), start + panelWidth, y(at), "grid")),
    ...fidelities.map((fidelity) => text(x(log(fidelity)), bottom + 18, String(fidelity), { class: "soft middle numbers" })),
    line(start, bottom, end, bottom, "axis"),
    line(end + 12, bottom, start + panelWidth, bottom, "axis"),
    element("g", { class: "series-reference" }, ...paused.map(drawn)),
    element("g", { class: "series-0" }, ...curves.filter(({ expected }) => expected === null).map(drawn)),
    element(
      "g",
      { class: "series-1" },
      ...paused.map(({ expected }, rank) => {
        const at = end + 18 + step * (rank + 0.5);
        const { mean, sd } = expected!;
        return element("g", {}, line(at, y(mean - 2 * sd), at, y(mean + 2 * sd), "curve"), marker(0, [at, y(mean)], 2.5));
      }),
    ),
  ];
}
