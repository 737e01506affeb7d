/**
 * What a script needs to read values from a drawn panel: where its axes are, as attributes of the panel's group. The curves are in the
 * figure already, so no value is written twice.
 */
import type { MarkupAttributes } from "../render/markup.ts";
import { pixels } from "./shapes.ts";

export type PlotAxis = {
  /** The pixels of both ends, and what is there: the value, or its log10 if the axis is logarithmic. */
  readonly pixels: readonly [number, number];
  readonly values: readonly [number, number];
  readonly scale: "linear" | "log";
  /** Before a value: "evaluations". */
  readonly name: string;
};

/** The attributes of the group of a panel whose curves a reader can read. */
export function plotAttributes(x: PlotAxis, y: PlotAxis): MarkupAttributes {
  return { "data-plot": `${axisText(x)};${axisText(y)}` };
}

function axisText({ pixels: [from, to], values: [low, high], scale, name }: PlotAxis): string {
  return [pixels(from), pixels(to), low, high, scale, name.replaceAll(";", ",")].join(" ");
}

/** What `plotAttributes` has written. */
export function readPlot(text: string): { readonly x: PlotAxis; readonly y: PlotAxis } {
  const [x, y] = text.split(";").map(readAxis);
  return { x: x!, y: y! };
}

function readAxis(text: string): PlotAxis {
  const [from, to, low, high, scale, ...name] = text.split(" ");
  return {
    pixels: [Number(from), Number(to)],
    values: [Number(low), Number(high)],
    scale: scale === "log" ? "log" : "linear",
    name: name.join(" "),
  };
}
