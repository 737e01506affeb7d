/** The figure of overhead: the seconds of each ask, and the mean rank against what an evaluation costs. */
import type { Analysis } from "../analysis/analysis.ts";
import type { Overhead } from "../analysis/overhead.ts";
import { element, type Markup } from "../render/markup.ts";
import { log10 } from "../statistics/logRegret.ts";
import { type Look, strategyLooks } from "../svg/look.ts";
import type { PlotAxis } from "../svg/plot.ts";
import { linearScale, linearTicks, logTicks, type PixelScale, plainLogTicks, type Tick } from "../svg/scale.ts";
import { line, type PixelPoint, polyline, text } from "../svg/shapes.ts";
import { type Figure, sampleSize } from "./figure.ts";
import { panelGroup } from "./panel.ts";
import { drawnLegend } from "./runtime.ts";

const width = 1000;
const [top, bottom] = [30, 330];
const askPlace = [52, 470] as const;
const costPlace = [572, 990] as const;
/** Nothing is faster than a clock can tell. */
const leastSeconds = 1e-6;

type OverheadLine = {
  readonly strategy: number;
  readonly points: readonly PixelPoint[];
  readonly band: readonly PixelPoint[];
};

export function overheadFigure(analysis: Analysis, costs: Overhead): Figure {
  const { strategies } = analysis.results;
  const look = strategyLooks(strategies);
  const withCosts = costs.meanRanks.length > 0;
  const labels = strategies.map(({ label }) => label);
  return {
    name: "overhead",
    drawing: {
      id: "figure-overhead",
      title: "Overhead of the strategies",
      description: `Left: the median seconds of each ask, one line per strategy, on logarithmic axes. ${withCosts ? "Right: the mean rank against the cost of an evaluation, with 1 on top." : ""}`,
      width,
      height: bottom + 60 + 18 * Math.ceil(strategies.length / 5),
      body: [
        askPanel(analysis, costs, look),
        ...(withCosts ? [rankPanel(analysis, costs, look)] : []),
        ...drawnLegend(analysis, look, bottom + 48),
      ],
    },
    caption: [
      `Left: seconds that a strategy takes for each ask (median over runs), on the machine that made the runs. ${withCosts ? "Right: mean rank if every run has the time that the reference takes for the whole budget, asks included, against the seconds that one evaluation costs. Evaluations count that begin in this time. Bands are 95 % intervals for each strategy by itself. " : ""}${sampleSize(analysis)}.`,
    ],
    table: {
      columns: ["panel", "strategy", "position", "value", "low", "high"],
      rows: [
        ...costs.strategies.flatMap(({ askSeconds }, strategy) =>
          askSeconds.map((seconds, ask) => ["seconds of an ask", labels[strategy]!, ask + 1, seconds, null, null]),
        ),
        ...costs.meanRanks.flatMap((ranks, strategy) =>
          ranks.map(({ value, interval }, place) => [
            "mean rank by seconds of an evaluation",
            labels[strategy]!,
            costs.costs[place]!,
            value,
            interval?.low ?? null,
            interval?.high ?? null,
          ]),
        ),
      ],
    },
  };
}

function askPanel(analysis: Analysis, { strategies }: Overhead, look: readonly Look[]): Markup {
  const all = strategies.flatMap(({ askSeconds }) => askSeconds).map(logSeconds);
  const longest = strategies.reduce((most, { askSeconds }) => Math.max(most, askSeconds.length), 2);
  const x = linearScale([0, log10(longest)], askPlace);
  const y = linearScale([all.reduce((a, b) => Math.min(a, b)) - 0.1, all.reduce((a, b) => Math.max(a, b)) + 0.1], [bottom, top]);
  const lines = strategies.map(({ askSeconds }, strategy) => ({
    strategy,
    points: askSeconds.map((seconds, ask): PixelPoint => [x(log10(ask + 1)), y(logSeconds(seconds))]),
    band: [],
  }));
  return panel(analysis, look, lines, {
    title: "Seconds of an ask",
    x: { scale: x, axis: { pixels: askPlace, values: x.domain, scale: "log", name: "asks" }, ticks: plainLogTicks(x.domain, 7) },
    y: { scale: y, axis: { pixels: [bottom, top], values: y.domain, scale: "log", name: "seconds" }, ticks: logTicks(y.domain, 7) },
  });
}

function rankPanel(analysis: Analysis, { costs, meanRanks }: Overhead, look: readonly Look[]): Markup {
  const x = linearScale([log10(costs[0]!), log10(costs[costs.length - 1]!)], costPlace);
  const ranks: readonly [number, number] = [1, meanRanks.length];
  const y = linearScale(ranks, [top, bottom]);
  const lines = meanRanks.map((estimates, strategy): OverheadLine => {
    const at = (place: number, rank: number): PixelPoint => [x(log10(costs[place]!)), y(rank)];
    const edge = (bound: "low" | "high"): PixelPoint[] =>
      estimates.flatMap(({ interval }, place) => (interval === null ? [] : [at(place, interval[bound])]));
    return {
      strategy,
      points: estimates.map(({ value }, place) => at(place, value)),
      band: [...edge("low"), ...edge("high").reverse()],
    };
  });
  return panel(analysis, look, lines, {
    title: "Mean rank at equal time",
    x: {
      scale: x,
      axis: { pixels: costPlace, values: x.domain, scale: "log", name: "seconds for one evaluation" },
      ticks: logTicks(x.domain, 7),
    },
    y: {
      scale: y,
      axis: { pixels: [bottom, top], values: [ranks[1], ranks[0]], scale: "linear", name: "mean rank" },
      ticks: linearTicks(ranks, 10),
    },
  });
}

function logSeconds(seconds: number): number {
  return log10(Math.max(leastSeconds, seconds));
}

type PanelPart = { readonly scale: PixelScale; readonly axis: PlotAxis; readonly ticks: readonly Tick[] };

function panel(
  analysis: Analysis,
  look: readonly Look[],
  lines: readonly OverheadLine[],
  { title, x, y }: { readonly title: string; readonly x: PanelPart; readonly y: PanelPart },
): Markup {
  const [left, right] = x.axis.pixels;
  return panelGroup(
    x.axis,
    y.axis,
    undefined,
    text(left, top - 12, title, { class: "strong" }),
    y.ticks.flatMap(({ at, label }) => [
      line(left, y.scale(at), right, y.scale(at), "grid"),
      text(left - 8, y.scale(at) + 4, label, { class: "soft end numbers" }),
    ]),
    line(left, bottom, right, bottom, "axis"),
    x.ticks.map(({ at, label }) => text(x.scale(at), bottom + 16, label, { class: "soft middle numbers" })),
    text((left + right) / 2, bottom + 36, x.axis.name, { class: "soft middle" }),
    lines.map(({ strategy, points, band }) => {
      const { label } = analysis.results.strategies[strategy]!;
      return element(
        "g",
        { class: look[strategy]!.color, "data-strategy": label },
        band.length === 0 ? null : element("path", { class: "thin-band", d: `${polyline(band)}Z`, "data-declared": "" }),
        points.length === 0
          ? null
          : element("path", { class: "curve", d: polyline(points), "stroke-dasharray": look[strategy]!.dashes, "data-curve": label }),
      );
    }),
  );
}
