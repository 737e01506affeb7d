/** The figure of calibration: where values lie in the distributions that a strategy predicted, one histogram per strategy. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { Calibration } from "../analysis/calibration.ts";
import { element } from "../render/markup.ts";
import { strategyLooks } from "../svg/look.ts";
import { linearScale, linearTicks } from "../svg/scale.ts";
import { line, nameText, pixels, text } from "../svg/shapes.ts";
import type { Figure } from "./figure.ts";

const columns = 3;
const [left, gap, side] = [44, 60, 270];
const [top, plotHeight, below] = [30, 150, 56];

export function calibrationFigure(analysis: Analysis, calibrations: readonly Calibration[]): Figure {
  const { strategies } = analysis.results;
  const look = strategyLooks(strategies);
  const highest = calibrations.flatMap(({ histogram }) => histogram).reduce((a, b) => Math.max(a, b), 0.2);
  const rows = Math.ceil(calibrations.length / columns);
  return {
    name: "calibration",
    drawing: {
      id: "figure-calibration",
      title: "Where values lie in the predicted distributions",
      description:
        "One histogram per strategy. The horizontal axis is the share of the predicted distribution that lies below the value. The dashed line is what right predictions give.",
      width: left + columns * (side + gap),
      height: rows * (top + plotHeight + below),
      body: calibrations.map(({ strategy, histogram, count }, place) => {
        const start = left + (place % columns) * (side + gap);
        const upper = top + Math.floor(place / columns) * (top + plotHeight + below);
        const lower = upper + plotHeight;
        const y = linearScale([0, highest], [lower, upper]);
        const { label } = strategies[strategy]!;
        return element(
          "g",
          { class: look[strategy]!.color, "data-strategy": label },
          nameText(start, upper - 10, label, 24, { class: "own strong" }),
          text(start + side, upper - 10, counted(count, "prediction"), { class: "soft end" }),
          linearTicks([0, highest], 4).map(({ at, label: tick }) => [
            line(start, y(at), start + side, y(at), "grid"),
            text(start - 6, y(at) + 4, tick, { class: "soft small end numbers" }),
          ]),
          histogram.map((share, part) =>
            element(
              "rect",
              {
                x: pixels(start + (part * side) / histogram.length + 1),
                y: pixels(y(share)),
                width: pixels(side / histogram.length - 2),
                height: pixels(lower - y(share)),
                class: "bar",
              },
              element("title", {}, `${part / histogram.length} to ${(part + 1) / histogram.length}: ${share.toFixed(3)}`),
            ),
          ),
          line(start, y(1 / histogram.length), start + side, y(1 / histogram.length), "guide"),
          line(start, lower, start + side, lower, "axis"),
          [0, 0.5, 1].map((at) => text(start + at * side, lower + 15, String(at), { class: "soft small middle numbers" })),
          text(start + side / 2, lower + 33, "share of the prediction below the value", { class: "soft small middle" }),
        );
      }),
    },
    caption: [
      `Where the values that strategies were told lie in the distributions that they had predicted; n = ${counted(
        calibrations.reduce((sum, { count }) => sum + count, 0),
        "prediction",
      )}. Right predictions give the dashed line. High bars at both ends mean intervals that are too narrow, and a hill in the middle intervals that are too wide. Predictions are for the points that a strategy chose, so they are no sample of the box.`,
    ],
    table: {
      columns: ["strategy", "from", "to", "share", "predictions"],
      rows: calibrations.flatMap(({ strategy, histogram, count }) =>
        histogram.map((share, part) => [strategies[strategy]!.label, part / histogram.length, (part + 1) / histogram.length, share, count]),
      ),
    },
  };
}
