/**
 * Parallel coordinates (A. Inselberg, *The plane with parallel coordinates*, The Visual Computer 1, 1985): one vertical axis per parameter
 * and one for the value, and a line through them for each trial. A parameter that a trial does not have is a place below its axis.
 */
import { configCell } from "../../configCell.ts";
import type { Figure } from "../../figures/figure.ts";
import { element, type Markup } from "../../render/markup.ts";
import { clip, line, nameText, type PixelPoint, pixels, polyline, text } from "../../svg/shapes.ts";
import { type PlotBox, yOf } from "../axes/frame.ts";
import { paramAxis } from "../axes/paramAxis.ts";
import type { UnitAxis } from "../axes/unitAxis.ts";
import { axisWords, valueAxis } from "../axes/valueAxis.ts";
import type { ComparedTrial, Digest } from "../digest.ts";
import type { TrialModel } from "../model.ts";
import { thinned, thinningWords } from "../thin.ts";
import { trialWords } from "./marks.ts";
import { shownParams, shownParamWords } from "./shownParams.ts";

const width = 1000;
const plot = { left: 62, right: 922, top: 52, bottom: 372 } as const;
/** Below the axes: the place of trials without the parameter. */
const inactive = 402;
const most = 400;
const mostAxes = 11;

/** An axis of the figure, and where a trial crosses it, in pixels; null if the trial does not have the parameter. */
type Vertical = {
  readonly name: string;
  readonly ticks: UnitAxis<never>["ticks"];
  readonly conditional: boolean;
  readonly crossing: (trial: ComparedTrial) => number | null;
};

/** There is at least one compared trial, and at least one parameter. */
export function parallelFigure(digest: Digest, model: TrialModel | null): Figure {
  const { problem, compared } = digest;
  const params = shownParams(digest, model, mostAxes);
  const axes = [...params.map((index) => paramVertical(digest, index)), ...valueVerticals(digest)];
  const places = axes.map((_, index) => plot.left + (index * (plot.right - plot.left)) / (axes.length - 1));
  const trials = [...thinned(compared, most)].sort((one, other) => other.rank - one.rank);
  const room = (plot.right - plot.left) / (axes.length - 1);
  const lines = trials.map((seen) => drawTrial(digest, seen, axes, places));
  const objective = problem.objectives[0]!;
  return {
    name: "parallel",
    drawing: {
      id: "parallel",
      title: "Parallel coordinates",
      description: "One vertical axis per parameter and objective. Each line is a trial; the best ones have a strong colour.",
      width,
      height: (axes.some(({ conditional }) => conditional) ? inactive : plot.bottom) + 34,
      body: [element("g", {}, lines), ...axes.map((axis, index) => drawAxis(axis, index, places[index]!, room))],
    },
    caption: [
      "Each line is a trial. It crosses the axis of each parameter at the value of that parameter, and the last axes at what it measured. Orange lines are the best tenth, blue ones the better half.",
      axes.some(({ conditional }) => conditional) ? " A trial without a parameter passes below the axis of that parameter." : "",
      params.length < problem.space.params.length ? ` The ${shownParamWords(params.length, model)} have an axis.` : "",
      axisWords(objectiveAxis(digest, 0), objective),
      thinningWords(compared.length, most),
    ],
    table: {
      columns: [
        "trial",
        ...problem.space.params.map(([name]) => `params_${name}`),
        ...problem.objectives.map(({ name }) => `values_${name}`),
      ],
      rows: compared.map(({ trial, last }) => [
        trial.id,
        ...problem.space.params.map(([name]) => configCell(trial.config, name)),
        ...last.values,
      ]),
    },
  };
}

const box: PlotBox = { left: 0, right: 0, top: plot.top, bottom: plot.bottom };

function paramVertical({ problem }: Digest, index: number): Vertical {
  const [name, param] = problem.space.params[index]!;
  const axis = paramAxis(name, param);
  return {
    name,
    ticks: axis.ticks,
    conditional: param.kind === "given",
    crossing: ({ trial }) => (Object.hasOwn(trial.config, name) ? yOf(box, axis.at(trial.config[name]!)) : null),
  };
}

function objectiveAxis({ problem, compared }: Digest, objective: number): ReturnType<typeof valueAxis> {
  return valueAxis(
    problem.objectives[objective]!,
    compared.map(({ last }) => last.values[objective]!),
  );
}

/** At most three. */
function valueVerticals(digest: Digest): readonly Vertical[] {
  return digest.problem.objectives.slice(0, 3).map(({ name }, objective) => {
    const axis = objectiveAxis(digest, objective);
    return { name, ticks: axis.ticks, conditional: false, crossing: ({ last }) => yOf(box, axis.at(last.values[objective]!)) };
  });
}

/** The script reads `data-at`: where the line crosses each axis, in pixels from the top. */
function drawTrial(digest: Digest, seen: ComparedTrial, axes: readonly Vertical[], places: readonly number[]): Markup {
  const crossings = axes.map(({ crossing }) => pixels(crossing(seen) ?? inactive));
  const points = crossings.map((y, index): PixelPoint => [places[index]!, y]);
  const share = seen.rank / digest.compared.length;
  const kind = seen.rank === 0 || share < 0.1 ? "series-1 best-line" : share < 0.5 ? "series-0 good-line" : "soft-line";
  return element(
    "path",
    { class: `trial-line ${kind}`, d: polyline(points), "data-trial": seen.trial.id, "data-at": crossings.join(" ") },
    element("title", {}, trialWords(seen, digest.problem.objectives)),
  );
}

/** The script reads the data attributes, and lets readers brush along the axis. */
function drawAxis({ name, ticks, conditional }: Vertical, index: number, x: number, room: number): Markup {
  const columns = Math.max(3, Math.floor(room / 6.4) - 1);
  return element(
    "g",
    {
      "data-axis": index,
      "data-name": name,
      "data-x": pixels(x),
      "data-top": plot.top,
      "data-bottom": conditional ? inactive : plot.bottom,
    },
    line(x, plot.top, x, plot.bottom, "axis"),
    nameText(x, 18, name, columns, { class: "middle strong" }),
    spacedDown(ticks).map(({ at, label }) => [
      line(x - 3, yOf(box, at), x + 3, yOf(box, at), "axis"),
      text(x + 6, yOf(box, at) + 4, clip(label, columns - 1), { class: "soft numbers halo" }),
    ]),
    conditional ? text(x, inactive + 22, "not active", { class: "soft middle" }) : null,
  );
}

/** Without labels that would cover each other. */
function spacedDown(ticks: Vertical["ticks"]): Vertical["ticks"] {
  let free = -Infinity;
  return ticks.filter(({ at }) => {
    const y = at * (plot.bottom - plot.top);
    if (y < free) return false;
    free = y + 15;
    return true;
  });
}
