/** What the strategy predicted before each trial against what the trial measured, and where the values fell in the predictions. */
import type { Objective } from "@caviar-hpo/core";
import { normalQuantile } from "@caviar-hpo/numerics";
import type { Figure } from "../../figures/figure.ts";
import { element, type Markup } from "../../render/markup.ts";
import { countsInParts } from "../../statistics/predictedShares.ts";
import { linearTicks } from "../../svg/scale.ts";
import { line, pixels, text } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import { axisWords, valueAxis } from "../axes/valueAxis.ts";
import type { CheckedPrediction } from "../calibration.ts";
import { numberWords } from "../numberWords.ts";
import { dot } from "./marks.ts";

const width = 1000;
const left: PlotBox = { left: 66, right: 486, top: 34, bottom: 334 };
const right: PlotBox = { left: 580, right: 968, top: 34, bottom: 334 };
const most = 400;

/** There is at least one prediction. */
export function predictionsFigure(predictions: readonly CheckedPrediction[], objective: Objective): Figure {
  const axis = valueAxis(
    objective,
    predictions.flatMap(({ mean, value }) => [mean, value]),
  );
  const stride = Math.ceil(predictions.length / most);
  const shown = predictions.filter((_, index) => index % stride === 0);
  return {
    name: "predictions",
    drawing: {
      id: "predictions",
      title: "Predicted and measured",
      description:
        "On the left, what the strategy predicted against what was measured. On the right, where the values fell in the predictions.",
      width,
      height: left.bottom + 46,
      body: [
        ...frame(left, { ...axis, name: "measured" }, { ...axis, name: `predicted ${objective.name}` }),
        line(left.left, left.bottom, left.right, left.top, "guide"),
        element(
          "g",
          { class: "series-0" },
          shown.map((one) => drawPrediction(one, axis.at)),
        ),
        ...histogram(predictions),
      ],
    },
    caption: [
      "On the left: the mean that the strategy predicted before each trial, with the interval that should hold 95 % of the values, against what the trial measured. On the right: how many values fell into each tenth of their predicted distribution. If predictions are right, all bars are about as high as the dashed line.",
      axisWords(axis, objective),
      stride > 1 ? ` On the left, every ${stride}th trial is shown.` : "",
    ],
    table: {
      columns: ["trial", "predicted mean", "predicted sd", "measured", "share below"],
      rows: predictions.map(({ trial, mean, sd, value, below }) => [trial, mean, sd, value, below]),
    },
  };
}

function drawPrediction({ trial, mean, sd, value }: CheckedPrediction, at: (value: number) => number): Markup {
  const x = xOf(left, at(value));
  const reach = normalQuantile(0.975) * sd;
  const [low, high] = [yOf(left, at(mean - reach)), yOf(left, at(mean + reach))];
  return element(
    "g",
    {},
    line(x, low, x, high, "leader"),
    dot(x, yOf(left, at(mean)), 2.5, `trial ${trial}: predicted ${numberWords(mean)} ± ${numberWords(sd)}, measured ${numberWords(value)}`),
  );
}

function histogram(predictions: readonly CheckedPrediction[]): readonly Markup[] {
  const counts = countsInParts(predictions.map(({ below }) => below));
  const bins = counts.length;
  const highest = counts.reduce((a, b) => Math.max(a, b)) * 1.05;
  const y = {
    name: "trials",
    ticks: linearTicks([0, highest], 5)
      .filter(({ at }) => Number.isInteger(at))
      .map(({ at, label }) => ({ at: at / highest, label })),
  };
  const x = {
    name: "where the value fell in its predicted distribution",
    ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${100 * at} %` })),
  };
  const even = yOf(right, predictions.length / bins / highest);
  return [
    ...frame(right, x, y),
    element(
      "g",
      { class: "series-0" },
      counts.map((count, bin) => {
        const [from, to] = [xOf(right, bin / bins), xOf(right, (bin + 1) / bins)];
        const top = yOf(right, count / highest);
        const size = { x: pixels(from + 1), y: pixels(top), width: pixels(to - from - 2), height: pixels(right.bottom - top) };
        return element("rect", { ...size, fill: "currentColor", opacity: 0.55 });
      }),
    ),
    line(right.left, even, right.right, even, "guide"),
    text(right.right, even - 6, "if predictions are right", { class: "soft end" }),
  ];
}
