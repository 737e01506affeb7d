/** Marks of trials, each with a tooltip. */
import type { Objective } from "@caviar-hpo/core";
import { element, type Markup } from "../../render/markup.ts";
import { pixels } from "../../svg/shapes.ts";
import type { SeenTrial } from "../digest.ts";
import { numberWords } from "../numberWords.ts";

export function dot(x: number, y: number, radius: number, title: string): Markup {
  return element("circle", { cx: pixels(x), cy: pixels(y), r: radius, class: "dot" }, element("title", {}, title));
}

/** Two strokes: the trial failed. */
export function cross(x: number, y: number, size: number, title: string): Markup {
  const [left, top, side] = [pixels(x - size), pixels(y - size), pixels(2 * size)];
  const d = `M${left} ${top}l${side} ${side}m0 ${-side}l${-side} ${side}`;
  return element("path", { d, class: "curve" }, element("title", {}, title));
}

/** What the tooltip of a trial says. */
export function trialWords({ trial, last }: SeenTrial, objectives: readonly Objective[]): string {
  const { id, failure } = trial;
  if (failure !== undefined) return `trial ${id} failed, ${failure.reason}${failure.error === undefined ? "" : `: ${failure.error}`}`;
  if (last === null) return `trial ${id}`;
  return `trial ${id}: ${objectives.map(({ name }, index) => `${name} ${numberWords(last.values[index]!)}`).join(", ")}`;
}
