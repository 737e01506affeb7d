/**
 * The axis of measured values. It is logarithmic if all values are positive and the highest tenth is at least 100 times the lowest. It ends
 * early on the side of poor values if a few of them would squeeze all others.
 */
import type { Objective } from "@caviar-hpo/core";
import { pow } from "@caviar-hpo/numerics";
import { log10 } from "../../statistics/logRegret.ts";
import { quantile } from "../../statistics/quartiles.ts";
import { linearTicks, logTicks, plainLogTicks, type Tick } from "../../svg/scale.ts";
import { numberWords } from "../numberWords.ts";
import type { UnitAxis } from "./unitAxis.ts";

export type ValueAxis = UnitAxis<number> & {
  readonly logarithmic: boolean;
  /** Values on the wrong side of this one are drawn at the edge; null if there are none. */
  readonly edge: number | null;
};

/** @param values finite, at least one. */
export function valueAxis({ name, goal }: Objective, values: readonly number[]): ValueAxis {
  const logarithmic = isWide(values);
  const onAxis = (value: number): number => (logarithmic ? log10(value) : drawable(value));
  const [low, high] = extremes(values.map(onAxis));
  const worse = goal === "minimize" ? 1 : -1;
  const best = worse === 1 ? low : high;
  const reach = reachOf(values.map((value) => worse * (onAxis(value) - best)));
  const shown = ([low, high] as const).map((end) => (worse * (end - best) > reach ? best + worse * reach : end));
  const [start, end] = padded(shown[0]!, shown[1]!);
  const isCut = shown[0] !== low || shown[1] !== high;
  const edge = worse === 1 ? end : start;
  return {
    name,
    logarithmic,
    edge: isCut ? (logarithmic ? pow(10, edge) : edge) : null,
    at: (value) => within((onAxis(value) - start) / (end - start)),
    ticks: ticksOf([start, end], logarithmic).map(({ at, label }) => ({
      at: (at - start) / (end - start),
      label: label.replace("-", "−"),
    })),
  };
}

/** What the reader must know to read the axis; empty if it is an ordinary one that shows all values. */
export function axisWords({ logarithmic, edge }: ValueAxis, { goal }: Objective): string {
  const scale = logarithmic ? " The axis of values is logarithmic." : "";
  if (edge === null) return scale;
  const sign = goal === "minimize" ? "above" : "below";
  return `${scale} Values ${sign} ${numberWords(edge, 3)} are drawn at the edge.`;
}

function isWide(values: readonly number[]): boolean {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[0]! > 0 && quantile(ascending, 0.9) / quantile(ascending, 0.1) >= 100;
}

/** How far from the best value the axis goes: to the worst one, unless a tenth of the values would take most of the axis. */
function reachOf(distances: readonly number[]): number {
  const ascending = [...distances].sort((a, b) => a - b);
  const worst = ascending.at(-1)!;
  const most = quantile(ascending, 0.9);
  return ascending.length >= 10 && most > 0 && worst > 2.5 * most ? 1.25 * most : worst;
}

function padded(low: number, high: number): readonly [number, number] {
  const width = high - low;
  // Below, not even the ticks would differ.
  const least = Math.max(Math.abs(low), Math.abs(high)) * 1e-12;
  const air = width > Math.max(least, 1e-290) ? 0.04 * width : Math.max(Math.abs(low) * 0.05, 1e-3);
  return [low - air, high + air];
}

function ticksOf(domain: readonly [number, number], logarithmic: boolean): readonly Tick[] {
  if (!logarithmic) return linearTicks(domain, 6);
  return domain[1] - domain[0] < 2 ? plainLogTicks(domain, 6) : logTicks(domain, 6);
}

/** The nearest number whose distance from any other such number is a double. */
function drawable(value: number): number {
  return Math.max(-1e307, Math.min(1e307, value));
}

function extremes(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [Infinity, -Infinity] as const);
}

function within(share: number): number {
  return Math.max(0, Math.min(1, share));
}
