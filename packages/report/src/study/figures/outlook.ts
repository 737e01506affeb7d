/** What the strategy expected of further trials, over the trials at whose asks it noted that. */
import type { Outlook } from "@caviar-hpo/core/contract";
import type { Figure } from "../../figures/figure.ts";
import { element, type Markup } from "../../render/markup.ts";
import { log10 } from "../../statistics/logRegret.ts";
import { logTicks, plainLogTicks } from "../../svg/scale.ts";
import { line, marker, type PixelPoint, polyline } from "../../svg/shapes.ts";
import { frame, type PlotBox, xOf, yOf } from "../axes/frame.ts";
import { trialAxis } from "../axes/trialAxis.ts";
import type { UnitAxis } from "../axes/unitAxis.ts";
import type { Digest } from "../digest.ts";
import { legend } from "./legend.ts";

const width = 1000;
const gains: PlotBox = { left: 66, right: 976, top: 34, bottom: 234 };
const chances: PlotBox = { left: 66, right: 976, top: 302, bottom: 392 };
/** The rule of no gain ends a study below this probability, unless the user sets another one. */
const usualProbability = 0.05;
/** Smaller gains than this share of the greatest one are drawn at the edge. */
const leastShare = 1e-9;

type Series = { readonly kind: string; readonly words: string; readonly of: (outlook: Outlook) => number };

const series: readonly Series[] = [
  { kind: "series-0", words: "all further trials together, expected", of: ({ expected }) => expected },
  { kind: "series-4", words: "the same, with a probability of 90 % at most", of: (outlook) => quantileAt(outlook, 0.9) },
  { kind: "series-1", words: "the next trial alone, expected", of: ({ next }) => next },
];

/** null if no gain above 0 was expected. @param outlooks in the order of the trials. */
export function outlookFigure(digest: Digest, outlooks: readonly Outlook[]): Figure | null {
  const positive = outlooks.flatMap((outlook) => series.map(({ of }) => of(outlook))).filter((gain) => gain > 0);
  if (positive.length === 0) return null;
  const x = trialAxis(digest.trials.length);
  const y = gainAxis(positive, digest.problem.objectives[0]!.name);
  const chance: UnitAxis<number> = {
    name: "probability of a gain",
    at: (share) => share,
    ticks: [0, 0.5, 1].map((at) => ({ at, label: String(at) })),
  };
  const curve = ({ kind, of }: Series): Markup =>
    drawn(
      kind,
      outlooks.map((outlook) => [xOf(gains, x.at(outlook.trial)), yOf(gains, y.at(of(outlook)))]),
    );
  const usual = yOf(chances, usualProbability);
  return {
    name: "outlook",
    drawing: {
      id: "outlook",
      title: "What the strategy expected of further trials",
      description: "Above, expected gains over the trials, on a logarithmic axis. Below, the probability of a gain that counts.",
      width,
      height: chances.bottom + 66,
      body: [
        ...frame(gains, { ...x, name: "" }, y),
        ...series.map(curve),
        ...frame(chances, x, chance),
        line(chances.left, usual, chances.right, usual, "guide"),
        drawn(
          "series-2",
          outlooks.map(({ trial, probability }) => [xOf(chances, x.at(trial)), yOf(chances, probability)]),
        ),
        ...legend(
          series.map(({ kind, words }) => ({ kind, shape: "line" as const, words })),
          chances.left,
          chances.bottom + 58,
        ),
      ],
    },
    caption: [
      "What the strategy expected when it chose each trial: by how much the best value would become better. Below, the probability that all further trials together gain more than a hundredth of what was gained so far. The dashed line is where the rule of no gain ends a study.",
    ],
    table: {
      columns: [
        "trial",
        "expected gain",
        ...quantileLevels(outlooks).map((level) => `gain at ${100 * level} %`),
        "a gain counts from",
        "probability",
        "next trial",
        "next trial per second",
      ],
      rows: outlooks.map((outlook) => [
        outlook.trial,
        outlook.expected,
        ...quantileLevels(outlooks).map((level) => outlook.quantiles.find(([share]) => share === level)?.[1] ?? null),
        outlook.beyond,
        outlook.probability,
        outlook.next,
        outlook.nextPerSecond ?? null,
      ]),
    },
  };
}

/** The greatest gain that is noted for a probability up to `level`. */
export function quantileAt({ quantiles, expected }: Outlook, level: number): number {
  const below = quantiles.filter(([share]) => share <= level).map(([, gain]) => gain);
  return below.length === 0 ? expected : below.reduce((a, b) => Math.max(a, b));
}

function quantileLevels(outlooks: readonly Outlook[]): readonly number[] {
  const levels = new Set(outlooks.flatMap(({ quantiles }) => quantiles.map(([share]) => share)));
  return [...levels].sort((a, b) => a - b).slice(0, 9);
}

function drawn(kind: string, points: readonly PixelPoint[]): Markup {
  return element(
    "g",
    { class: kind },
    points.length === 1 ? marker(0, points[0]!, 3) : element("path", { class: "curve", d: polyline(points) }),
  );
}

function gainAxis(positive: readonly number[], objective: string): UnitAxis<number> {
  const high = log10(positive.reduce((a, b) => Math.max(a, b))) + 0.1;
  const low = Math.max(log10(positive.reduce((a, b) => Math.min(a, b))) - 0.1, high + log10(leastShare));
  const ticks = high - low < 2 ? plainLogTicks([low, high], 6) : logTicks([low, high], 6);
  const at = (place: number): number => Math.max(0, Math.min(1, (place - low) / (high - low)));
  return {
    name: `gain in ${objective}`,
    at: (gain) => (gain > 0 ? at(log10(gain)) : 0),
    ticks: ticks.map(({ at: place, label }) => ({ at: at(place), label })),
  };
}
