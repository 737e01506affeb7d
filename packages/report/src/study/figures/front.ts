/** The trials in the plane of two objectives, with the Pareto front. One panel per pair of objectives. */
import type { Figure } from "../../figures/figure.ts";
import { element, type Markup } from "../../render/markup.ts";
import { type PixelPoint, polyline } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import { axisWords, valueAxis } from "../axes/valueAxis.ts";
import { asLoss, type ComparedTrial, type Digest } from "../digest.ts";
import { thinned, thinningWords } from "../thin.ts";
import { legend } from "./legend.ts";
import { dot, trialWords } from "./marks.ts";

const width = 1000;
const side = 420;
const gap = 74;
const plot = { top: 34, height: 300, below: 56 } as const;
const most = 1000;
const mostPairs = 6;

/** There are at least two objectives and one complete trial. */
export function frontFigure(digest: Digest): Figure {
  const { problem, complete, best } = digest;
  const { objectives } = problem;
  const pairs = objectives.flatMap((_, first) => objectives.slice(first + 1).map((__, later) => [first, first + 1 + later] as const));
  const shownPairs = pairs.slice(0, mostPairs);
  const shown = thinned(complete, most);
  const rows = Math.ceil(shownPairs.length / 2);
  const bottom = rows * (plot.top + plot.height + plot.below);
  const axes = objectives.map((objective, index) =>
    valueAxis(
      objective,
      complete.map(({ last }) => last.values[index]!),
    ),
  );
  const isBest = new Set(best.map(({ trial }) => trial.id));
  return {
    name: "front",
    drawing: {
      id: "front",
      title: "Pareto front",
      description: "The trials in the plane of two objectives. Those that no other trial beats are on the front.",
      width,
      height: bottom + 18,
      body: [
        ...shownPairs.map(([first, second], place) => {
          const left = 66 + (place % 2) * (side + gap);
          const top = Math.floor(place / 2) * (plot.top + plot.height + plot.below) + plot.top;
          const box: PlotBox = { left, right: left + side, top, bottom: top + plot.height };
          const spot = ({ last }: ComparedTrial): PixelPoint => [
            xOf(box, axes[first]!.at(last.values[first]!)),
            yOf(box, axes[second]!.at(last.values[second]!)),
          ];
          const mark = (seen: ComparedTrial): Markup => dot(...spot(seen), 3, trialWords(seen, objectives));
          return element(
            "g",
            {},
            frame(box, axes[first]!, axes[second]!),
            element("g", { class: "series-0 faint" }, shown.filter(({ trial }) => !isBest.has(trial.id)).map(mark)),
            element("g", { class: "series-1" }, stairs(digest, [first, second], spot), best.map(mark)),
          );
        }),
        ...legend(
          [
            { kind: "series-1", shape: "line", words: "on the front: no other trial beats it" },
            { kind: "series-0", shape: 0, words: "the other trials" },
          ],
          66,
          bottom + 6,
        ),
      ],
    },
    caption: [
      `${pairs.length === 1 ? "Each point" : "In every panel, each point"} is a trial that was trained as far as any other. ${best.length === 1 ? "One trial is" : `${best.length} trials are`} on the front${objectives.length > 2 ? " of all objectives" : ""}: no other trial is at least as good in all objectives and better in one.`,
      ...objectives.map((objective, index) => axisWords(axes[index]!, objective)),
      pairs.length > mostPairs ? ` The first ${mostPairs} of ${pairs.length} pairs of objectives are shown.` : "",
      thinningWords(complete.length, most),
    ],
    table: {
      columns: ["trial", "on the front", ...objectives.map(({ name }) => name)],
      rows: complete.map(({ trial, last }) => [trial.id, isBest.has(trial.id) ? "yes" : "no", ...last.values]),
    },
  };
}

/** The stairs of the region that the front dominates. With more than two objectives, the front is no line in this plane. */
function stairs(digest: Digest, [first, second]: readonly [number, number], spot: (seen: ComparedTrial) => PixelPoint): Markup | null {
  if (digest.problem.objectives.length > 2) return null;
  const loss = ({ last }: ComparedTrial, objective: number): number => asLoss(digest, objective, last.values[objective]!);
  const order = [...digest.best].sort((a, b) => loss(a, first) - loss(b, first) || loss(a, second) - loss(b, second));
  const corners = order.flatMap((seen, index): readonly PixelPoint[] => {
    const here = spot(seen);
    return index === 0 ? [here] : [[here[0], spot(order[index - 1]!)[1]], here];
  });
  return element("path", { class: "curve", d: polyline(corners) });
}
