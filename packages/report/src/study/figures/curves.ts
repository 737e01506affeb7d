/** Learning curves: the value of each trial against how far it was trained, with the rungs at which a strategy decided. */
import type { Fidelity, Measurement } from "@caviar-hpo/core";
import type { Figure } from "../../figures/figure.ts";
import { element, type Markup } from "../../render/markup.ts";
import { line, polyline } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import { axisWords, valueAxis } from "../axes/valueAxis.ts";
import type { Digest, SeenTrial } from "../digest.ts";
import { thinned, thinningWords } from "../thin.ts";
import { fidelityAxis } from "./fidelityAxis.ts";
import { legend } from "./legend.ts";
import { dot, trialWords } from "./marks.ts";

const width = 1000;
const box: PlotBox = { left: 66, right: 976, top: 34, bottom: 354 };
const most = 300;

/** null if no trial has measured anything. @param fidelity that of the problem. */
export function curvesFigure({ problem, trials, best }: Digest, fidelity: Fidelity): Figure | null {
  const measured = trials.filter(({ trial }) => trial.curve.length > 0);
  if (measured.length === 0) return null;
  const objective = problem.objectives[0]!;
  const firstValue = ({ values }: Measurement): number => values[0]!;
  const y = valueAxis(
    objective,
    measured.flatMap(({ trial }) => trial.curve.map(firstValue)),
  );
  const x = fidelityAxis(fidelity);
  const isBest = new Set(best.map(({ trial }) => trial.id));
  const shown = thinned(measured, most);
  const draw = (seen: SeenTrial): Markup => {
    const points = seen.trial.curve.map((at) => [xOf(box, x.at(at.fidelity)), yOf(box, y.at(firstValue(at)))] as const);
    if (points.length === 1) return dot(...points[0]!, 2.5, trialWords(seen, problem.objectives));
    const title = element("title", {}, trialWords(seen, problem.objectives));
    return element(
      "g",
      {},
      element("path", { class: "curve", d: polyline(points) }, title),
      dot(...points.at(-1)!, 2, trialWords(seen, problem.objectives)),
    );
  };
  const group = (kind: string, is: (seen: SeenTrial) => boolean): Markup => element("g", { class: kind }, shown.filter(is).map(draw));
  return {
    name: "learning-curves",
    drawing: {
      id: "learning-curves",
      title: "Learning curves",
      description: "The value of each trial against how far it was trained.",
      width,
      height: box.bottom + 66,
      body: [
        ...frame(box, x, y),
        ...rungsOf(measured).map((rung) => line(xOf(box, x.at(rung)), box.top, xOf(box, x.at(rung)), box.bottom, "guide")),
        group("soft-points thin-curves", (seen) => seen.completion !== "complete" && !isBest.has(seen.trial.id)),
        group("series-0 thin-curves", (seen) => seen.completion === "complete" && !isBest.has(seen.trial.id)),
        group("series-1", (seen) => isBest.has(seen.trial.id)),
        ...legend(
          [
            { kind: "series-1", shape: "line", words: "the best trial" },
            { kind: "series-0", shape: "line", words: "trained as far as any other" },
            { kind: "soft-points", shape: "line", words: "trained less far" },
          ],
          box.left,
          box.bottom + 58,
        ),
      ],
    },
    caption: [
      "What each trial measured on its way. The dashed vertical lines are the rungs: the fidelities at which the strategy decided which trials continue.",
      axisWords(y, objective),
      thinningWords(measured.length, most),
    ],
    table: {
      columns: ["trial", fidelity.unit, "rung", ...problem.objectives.map(({ name }) => name)],
      rows: measured.flatMap(({ trial }) =>
        trial.curve.map(({ fidelity: at, atMilestone, values }) => [trial.id, at, atMilestone ? "yes" : "no", ...values]),
      ),
    },
  };
}

/** The fidelities at which trials reached a milestone, ascending: the twelve that the most trials have reached. */
export function rungsOf(trials: readonly SeenTrial[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { trial } of trials)
    for (const { fidelity, atMilestone } of trial.curve) if (atMilestone) counts.set(fidelity, (counts.get(fidelity) ?? 0) + 1);
  const byCount = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b);
  return byCount
    .slice(0, 12)
    .map(([fidelity]) => fidelity)
    .sort((a, b) => a - b);
}
