/** The value of each trial against each parameter, on the scale of the parameter, with what the forest expects on average. */
import { configCell } from "../../configCell.ts";
import type { Figure } from "../../figures/figure.ts";
import type { Marginal } from "../../importance/marginals.ts";
import type { DataCell } from "../../render/csv.ts";
import { element, type Markup } from "../../render/markup.ts";
import { type PixelPoint, polyline } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import { type ParamAxis, paramAxis } from "../axes/paramAxis.ts";
import { axisWords, type ValueAxis, valueAxis } from "../axes/valueAxis.ts";
import type { ComparedTrial, Digest } from "../digest.ts";
import type { TrialModel } from "../model.ts";
import { thinned, thinningWords } from "../thin.ts";
import { legend } from "./legend.ts";
import { dot, trialWords } from "./marks.ts";
import { shownParams, shownParamWords } from "./shownParams.ts";

const width = 1000;
const columns = 3;
const side = 264;
const gap = 64;
const plot = { top: 34, height: 170, below: 60 } as const;
const most = 400;
const mostPanels = 12;

/** @param model null if there is none. There is at least one compared trial, and at least one parameter. */
export function slicesFigure(digest: Digest, model: TrialModel | null): Figure {
  const { problem, compared } = digest;
  const objective = problem.objectives[0]!;
  const axis = valueAxis(
    objective,
    compared.map(({ last }) => last.values[0]!),
  );
  const params = shownParams(digest, model, mostPanels);
  const trials = thinned(compared, most);
  const rows = Math.ceil(params.length / columns);
  const bottom = rows * (plot.top + plot.height + plot.below);
  return {
    name: "slices",
    drawing: {
      id: "slices",
      title: "Values against each parameter",
      description: "One panel per parameter. Each point is a trial.",
      width,
      height: bottom + 18,
      body: [
        ...params.map((index, place) => drawPanel(digest, boxOf(place), index, axis, trials, model?.marginals[index] ?? null)),
        ...legend(legendEntries(model), 52, bottom + 6),
      ],
    },
    caption: [
      "Values against each parameter, on its scale. Each point is a trial; the best tenth has another colour.",
      model === null ? "" : " The line is the mean of the forest over all other parameters, with its standard deviation over the trees.",
      params.length < problem.space.params.length ? ` The ${shownParamWords(params.length, model)} are shown.` : "",
      axisWords(axis, objective),
      thinningWords(compared.length, most),
    ],
    table: { columns: ["parameter", "trial", "parameter value", "value"], rows: rowsOf(digest) },
  };
}

function legendEntries(model: TrialModel | null): Parameters<typeof legend>[0] {
  return [
    { kind: "series-1", shape: 0, words: "the best tenth" },
    { kind: "series-0", shape: 0, words: "the other trials" },
    ...(model === null ? [] : [{ kind: "series-reference", shape: "line", words: "mean of the forest" } as const]),
  ];
}

function boxOf(place: number): PlotBox {
  const left = 52 + (place % columns) * (side + gap);
  const top = Math.floor(place / columns) * (plot.top + plot.height + plot.below) + plot.top;
  return { left, right: left + side, top, bottom: top + plot.height };
}

function drawPanel(
  { problem, compared }: Digest,
  box: PlotBox,
  index: number,
  value: ValueAxis,
  trials: readonly ComparedTrial[],
  marginal: Marginal | null,
): Markup {
  const [name, param] = problem.space.params[index]!;
  const axis = paramAxis(name, param);
  const bestTenth = Math.max(1, Math.round(compared.length / 10));
  const drawn = (best: boolean): Markup => {
    const marks = trials.flatMap((seen) => {
      const { config, id } = seen.trial;
      if (!Object.hasOwn(config, name) || seen.rank < bestTenth !== best) return [];
      const x = xOf(box, axis.at(config[name]!) + spreadOf(axis, id));
      return [dot(x, yOf(box, value.at(seen.last.values[0]!)), 2.5, trialWords(seen, problem.objectives))];
    });
    return element("g", { class: best ? "series-1" : "series-0 faint" }, marks);
  };
  return element(
    "g",
    {},
    frame(box, axis, value),
    drawn(false),
    drawn(true),
    marginal === null ? null : expected(box, axis, value, marginal),
  );
}

/** Trials of one option would hide each other, so they are spread over the middle half of its stretch, by their ids. */
function spreadOf({ options }: ParamAxis, id: number): number {
  const golden = 0.6180339887498949 * (id + 1);
  return options === null ? 0 : ((golden - Math.floor(golden) - 0.5) * 0.5) / options;
}

function expected(box: PlotBox, axis: ParamAxis, value: ValueAxis, { points }: Marginal): Markup {
  const at = (shift: -1 | 0 | 1): readonly PixelPoint[] =>
    points.map(({ value: x, mean, sd }) => [xOf(box, axis.at(x)), yOf(box, value.at(mean + shift * sd))]);
  if (axis.options !== null && axis.param.kind === "choice" && !axis.param.ordered) {
    const half = 0.3 / axis.options;
    return element(
      "g",
      { class: "series-reference" },
      points.map(({ value: x, mean }) => {
        const [from, to] = [xOf(box, axis.at(x) - half), xOf(box, axis.at(x) + half)];
        const y = yOf(box, value.at(mean));
        return element("path", {
          class: "curve",
          d: polyline([
            [from, y],
            [to, y],
          ]),
        });
      }),
    );
  }
  return element(
    "g",
    { class: "series-reference" },
    element("path", { class: "band", d: `${polyline([...at(1), ...[...at(-1)].reverse()])}Z` }),
    element("path", { class: "curve", d: polyline(at(0)) }),
  );
}

function rowsOf({ problem, compared }: Digest): readonly (readonly DataCell[])[] {
  return problem.space.params.flatMap(([name]) =>
    compared
      .filter(({ trial }) => Object.hasOwn(trial.config, name))
      .map(({ trial, last }) => [name, trial.id, configCell(trial.config, name), last.values[0]!]),
  );
}
