/** The best value so far, over the trials in the order in which they began, with every trial and every failure. */
import type { Figure } from "../../figures/figure.ts";
import type { DataCell } from "../../render/csv.ts";
import { element, type Markup } from "../../render/markup.ts";
import { linearTicks } from "../../svg/scale.ts";
import { steps } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import type { UnitAxis } from "../axes/unitAxis.ts";
import { axisWords, valueAxis } from "../axes/valueAxis.ts";
import { asLoss, type ComparedTrial, type Digest, type SeenTrial } from "../digest.ts";
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
  const groups = kinds.map(({ kind, is }) => {
    const marks = shown.filter((seen) => kindOf(seen) === is).map(mark);
    return marks.length === 0 ? null : element("g", { class: kind }, marks);
  });
  const line = bestSoFar(digest, objective);
  const path = steps(line.map(({ trial, best }) => [xOf(box, x.at(trial)), yOf(box, axis.at(best))]));
  const curve = line.length === 0 ? null : element("g", { class: "series-1" }, element("path", { class: "curve", d: path }));
  return { body: element("g", {}, frame(box, x, axis), groups, curve), words: axisWords(axis, goal) };
}

type ProgressKind = "complete" | "partial" | "infeasible" | "failed";

const kinds: readonly { readonly is: ProgressKind; readonly kind: string }[] = [
  { is: "partial", kind: "soft-points" },
  { is: "infeasible", kind: "series-3" },
  { is: "complete", kind: "series-0" },
  { is: "failed", kind: "series-4" },
];

function kindOf({ completion, feasible, last }: SeenTrial): ProgressKind {
  if (completion === "failed") return "failed";
  if (last !== null && !feasible) return "infeasible";
  return completion === "complete" ? "complete" : "partial";
}

function legendOf({ trials }: Digest): readonly LegendEntry[] {
  const found = new Set(trials.map(kindOf));
  const words: { readonly [K in ProgressKind]: LegendEntry } = {
    complete: { kind: "series-0", shape: 0, words: "a trial" },
    partial: { kind: "soft-points", shape: 0, words: "trained less far, or still running" },
    infeasible: { kind: "series-3", shape: 0, words: "violates a constraint" },
    failed: { kind: "series-4", shape: 6, words: "failed" },
  };
  const shown = (["complete", "partial", "infeasible", "failed"] as const).filter((kind) => found.has(kind));
  return [...shown.map((kind) => words[kind]), { kind: "series-1", shape: "line", words: "best so far" }];
}

function trialAxis(count: number): UnitAxis<number> {
  const last = Math.max(1, count - 1);
  const at = (trial: number): number => 0.01 + (0.98 * trial) / last;
  const ticks = linearTicks([0, last], 10).filter(({ at: trial }) => Number.isInteger(trial));
  return { name: "trial", at, ticks: ticks.map(({ at: trial }) => ({ at: at(trial), label: String(trial) })) };
}

/** The best value of one objective after each trial that is complete, and at the end. */
function bestSoFar(digest: Digest, objective: number): readonly { readonly trial: number; readonly best: number }[] {
  const found: { trial: number; best: number }[] = [];
  for (const { trial, last } of digest.complete) {
    const value = last.values[objective]!;
    const before = found.at(-1);
    if (before === undefined || asLoss(digest, objective, value) < asLoss(digest, objective, before.best))
      found.push({ trial: trial.id, best: value });
  }
  const lastId = digest.trials.length - 1;
  return found.length === 0 ? [] : [...found, { trial: lastId, best: found.at(-1)!.best }];
}

function rowsOf(digest: Digest): readonly (readonly DataCell[])[] {
  const { problem, trials, complete } = digest;
  const isComplete = new Set(complete.map(({ trial }) => trial.id));
  const best: (number | null)[] = problem.objectives.map(() => null);
  return trials.map(({ trial, last, feasible }) => {
    const { id, status } = trial;
    if (isComplete.has(id))
      last!.values.forEach((value, objective) => {
        const before = best[objective]!;
        if (before === null || asLoss(digest, objective, value) < asLoss(digest, objective, before)) best[objective] = value;
      });
    const values = problem.objectives.flatMap((_, objective) => [last?.values[objective] ?? null, best[objective]!]);
    return [id, status, isComplete.has(id) ? "yes" : "no", last === null ? null : feasible ? "yes" : "no", ...values];
  });
}
