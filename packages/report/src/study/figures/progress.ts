/** The best value so far, over the trials in the order in which they began, with every trial and every failure. */
import type { Figure } from "../../figures/figure.ts";
import type { DataCell } from "../../render/csv.ts";
import { element, type Markup } from "../../render/markup.ts";
import { type PixelPoint, steps } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import { trialAxis } from "../axes/trialAxis.ts";
import { axisWords, valueAxis } from "../axes/valueAxis.ts";
import { asLoss, type ComparedTrial, type Digest, isComplete, type SeenTrial } from "../digest.ts";
import { thinned, thinningWords } from "../thin.ts";
import { type LegendEntry, legend } from "./legend.ts";
import { cross, dot, trialWords } from "./marks.ts";

const width = 1000;
const panel = { left: 66, right: 976, top: 34, height: 240 } as const;
const below = 52;
const most = 1500;
/** As many objectives as fit on a screen. */
const mostObjectives = 3;

/** null if no trial has measured anything. */
export function progressFigure(digest: Digest): Figure | null {
  const measured = digest.trials.filter((seen): seen is ComparedTrial => seen.last !== null && seen.trial.status !== "failed");
  if (measured.length === 0) return null;
  const objectives = digest.problem.objectives.slice(0, mostObjectives);
  const panels = objectives.map((_, objective) => drawPanel(digest, measured, objective));
  const entries = legendOf(digest);
  const bottom = panels.length * (panel.top + panel.height + below);
  return {
    name: "progress",
    drawing: {
      id: "progress",
      title: "Best value so far",
      description: "Values of the trials in the order in which they began, and a line through the best value so far.",
      width,
      height: bottom + 22,
      body: [...panels.map(({ body }) => body), ...legend(entries, panel.left, bottom + 12)],
    },
    caption: [
      "Each point is a trial. The line is the best value so far of the trials that are feasible and were trained as far as any other.",
      ...panels.map(({ words }) => words),
      thinningWords(digest.trials.length, most),
    ],
    table: {
      columns: [
        "trial",
        "status",
        "complete",
        "feasible",
        ...digest.problem.objectives.flatMap(({ name }) => [name, `best so far: ${name}`]),
      ],
      rows: rowsOf(digest),
    },
  };
}

function drawPanel(
  digest: Digest,
  measured: readonly ComparedTrial[],
  objective: number,
): { readonly body: Markup; readonly words: string } {
  const { problem, trials } = digest;
  const goal = problem.objectives[objective]!;
  const axis = valueAxis(
    goal,
    measured.map(({ last }) => last.values[objective]!),
  );
  const top = objective * (panel.top + panel.height + below) + panel.top;
  const box: PlotBox = { left: panel.left, right: panel.right, top, bottom: top + panel.height };
  const x = trialAxis(trials.length);
  const failedAt = goal.goal === "minimize" ? top + 5 : box.bottom - 5;
  const mark = (seen: SeenTrial): Markup | null => {
    const at = xOf(box, x.at(seen.trial.id));
    const words = trialWords(seen, problem.objectives);
    if (seen.trial.status === "failed") return cross(at, failedAt, 3.5, words);
    return seen.last === null ? null : dot(at, yOf(box, axis.at(seen.last.values[objective]!)), 3, words);
  };
  const shown = thinned(trials, most);
  const groups = drawingOrder.map((kind) => {
    const marks = shown.filter((seen) => kindOf(seen) === kind).map(mark);
    return marks.length === 0 ? null : element("g", { class: looks[kind].kind }, marks);
  });
  const path = steps(
    bestSoFar(digest, objective).flatMap((best, trial): readonly PixelPoint[] =>
      best === null ? [] : [[xOf(box, x.at(trial)), yOf(box, axis.at(best))]],
    ),
  );
  const curve = path === "" ? null : element("g", { class: "series-1" }, element("path", { class: "curve", d: path }));
  return { body: element("g", {}, frame(box, x, axis), groups, curve), words: axisWords(axis, goal) };
}

type ProgressKind = "complete" | "partial" | "infeasible" | "failed";

/** In the order of the legend. */
const looks: { readonly [K in ProgressKind]: LegendEntry } = {
  complete: { kind: "series-0", shape: 0, words: "a trial" },
  partial: { kind: "soft-points", shape: 0, words: "trained less far, or still running" },
  infeasible: { kind: "series-3", shape: 0, words: "violates a constraint" },
  failed: { kind: "series-4", shape: 6, words: "failed" },
};

const drawingOrder: readonly ProgressKind[] = ["partial", "infeasible", "complete", "failed"];

function kindOf({ completion, feasible, last }: SeenTrial): ProgressKind {
  if (completion === "failed") return "failed";
  if (last !== null && !feasible) return "infeasible";
  return completion === "complete" ? "complete" : "partial";
}

function legendOf({ trials }: Digest): readonly LegendEntry[] {
  const found = new Set<string>(trials.map(kindOf));
  const shown = Object.entries(looks).flatMap(([kind, look]) => (found.has(kind) ? [look] : []));
  return [...shown, { kind: "series-1", shape: "line", words: "best so far" }];
}

/** After each trial, the best value of one objective of the complete trials so far; null before the first of them. */
function bestSoFar(digest: Digest, objective: number): readonly (number | null)[] {
  let best: number | null = null;
  return digest.trials.map((seen) => {
    if (!isComplete(seen)) return best;
    const value = seen.last.values[objective]!;
    if (best === null || asLoss(digest, objective, value) < asLoss(digest, objective, best)) best = value;
    return best;
  });
}

function rowsOf(digest: Digest): readonly (readonly DataCell[])[] {
  const best = digest.problem.objectives.map((_, objective) => bestSoFar(digest, objective));
  return digest.trials.map((seen, place) => {
    const { trial, last, feasible } = seen;
    const values = best.flatMap((ofObjective, objective) => [last?.values[objective] ?? null, ofObjective[place]!]);
    return [trial.id, trial.status, isComplete(seen) ? "yes" : "no", last === null ? null : feasible ? "yes" : "no", ...values];
  });
}
