/**
 * Random problems with the difficulties of tuning a learner on a small data set, each with its exact minimum.
 *
 * A problem has a method, a level (a small whole number), a scaling, one or two real parameters, mostly on logarithmic scales, one that
 * exists only with one method, and up to two that do nothing. Method and level choose a basin. It has a floor, and rises from its centre to
 * a plateau:
 *
 *     v(x) = floor(method, level) + step(method, level, scaling) + rise min(1, q) + ripple min(1, 20 q) h(x)
 *
 * or with q / (1 + q) for min(1, q). Here q is a weighted squared distance from the centre, steeper on one side, and h is a random number
 * in [0, 1) for each small cell of the space. Some basins are flat: they rise by 1e-4 to 1e-3. Others are deep: they rise by 0.03 to 0.3.
 * The best one is deep in most of the problems, and then its plateau is higher than the flat basins. Some pairs of methods do the same.
 *
 * Half of the problems are told as the mean of error rates over k folds of n rows:
 *
 *     F(x) = (1 / k) sum_i round(n (v(x) + offset_i)) / n
 *
 * so values have ties and steps of 1 / (k n). F increases with v, and ripple and q are 0 at the centres: so the minimum is that of the
 * floors and steps, which can be listed.
 */
import {
  type Config,
  ConfigError,
  checkConfig,
  choice,
  createSpace,
  derive,
  given,
  int,
  type Param,
  type Plain,
  real,
  root,
  type Stream,
  stream,
} from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";
import type { MixedFunction } from "../mixed/mixedFunction.ts";

/**
 * One problem of the family.
 *
 * @param instance from 1. Each instance has its own space and its own function.
 * @throws ConfigError unless it is a whole number from 1 to 10^6.
 */
export function rugged(instance: number): MixedFunction {
  if (!Number.isInteger(instance) || instance < 1 || instance > largestInstance) {
    throw new ConfigError({
      code: "instance",
      what: "instance of a rugged problem",
      expected: `a whole number from 1 to ${largestInstance}`,
      got: String(instance),
      remedy: "Choose a number in that range.",
    });
  }
  const key = derive(root("rugged"), instance);
  const design = designOf(stream(derive(key, "design")));
  const basins = basinsOf(design, stream(derive(key, "basins")));
  const score = scoreOf(stream(derive(key, "score")));
  const space = spaceOf(design);
  const salt = stream(derive(key, "cells")).integer(0x1_0000_0000);
  const { best, lowest } = lowestOf(design, basins);
  const minimiser = { ...best, ...Object.fromEntries(design.idle.map(([name, param]) => [name, param.kind === "choice" ? true : 0])) };
  return {
    id: `rugged-i${instance}`,
    title: `Rugged problem ${instance}`,
    space,
    evaluate: (config) => score(levelOf(checkConfig(space, config), design, basins, salt)),
    optimum: { value: score(lowest), tolerance: 0 },
    minimisers: [minimiser],
    minimisersComplete: false,
    source: "@caviar-hpo/objectives",
  };
}

const largestInstance = 1_000_000;

/** Which parameters there are. */
type RuggedDesign = {
  readonly methods: readonly string[];
  readonly levels: number;
  readonly scalings: readonly string[];
  /** Those that every basin depends on. */
  readonly reals: readonly RealAxis[];
  /** One that exists with the last method only. */
  readonly extra: RealAxis;
  /** Parameters that do nothing. */
  readonly idle: readonly (readonly [name: string, param: Param])[];
  readonly ripple: number;
  readonly shape: "clipped" | "saturating";
};

type RealAxis = { readonly name: string; readonly low: number; readonly high: number; readonly scale: "linear" | "log" };

function designOf(draws: Stream): RuggedDesign {
  const methods = letters.slice(0, 2 + draws.integer(2));
  const levels = 2 + draws.integer(2);
  const scalings = ["none", "standard", "quantile", "robust"].slice(0, 2 + draws.integer(3));
  const reals = Array.from({ length: 1 + draws.integer(2) }, (_, k) => realAxis(`x${k + 1}`, draws));
  const extra = realAxis("extra", draws);
  const idle: readonly (readonly [string, Param])[] = [
    ["idle1", choice([true, false])],
    ["idle2", real(0, 1)],
  ];
  return {
    ...{ methods, levels, scalings, reals, extra },
    idle: idle.slice(0, draws.integer(3)),
    ripple: draws.uniform() < 0.5 ? 0 : powerOfTen(-4, -3, draws),
    shape: draws.uniform() < 0.5 ? "clipped" : "saturating",
  };
}

const letters = ["a", "b", "c"];

function realAxis(name: string, draws: Stream): RealAxis {
  const [low, high] = [
    [1e-4, 10],
    [1e-6, 1],
    [1e-3, 1e3],
  ][draws.integer(3)] as [number, number];
  return draws.uniform() < 0.7 ? { name, low, high, scale: "log" } : { name, low: 0, high: 1, scale: "linear" };
}

function spaceOf({ methods, levels, scalings, reals, extra, idle }: RuggedDesign): MixedFunction["space"] {
  const param = ({ low, high, scale }: RealAxis): Plain => real(low, high, { scale });
  return createSpace([
    ["method", choice(methods)],
    ["level", int(1, levels)],
    ["scaling", choice(scalings)],
    ...reals.map((axis): [string, Param] => [axis.name, param(axis)]),
    [extra.name, given("method", methods.slice(-1), param(extra))],
    ...idle,
  ]);
}

/** One basin: that of a method and a level. */
type Basin = {
  readonly floor: number;
  /** What each scaling adds to the floor; at least one adds nothing. */
  readonly steps: readonly number[];
  readonly rise: number;
  readonly slopes: readonly Slope[];
};

/** The squared distance from `centre` along a real parameter is divided by the squared width. Above the centre it counts `above` times. */
type Slope = { readonly axis: RealAxis; readonly centre: number; readonly width: number; readonly above: number };

/** Basin of method m and level l (from 0) at m * levels + l. Levels of one method have centres near each other. */
function basinsOf({ methods, levels, scalings, reals, extra }: RuggedDesign, draws: Stream): readonly Basin[] {
  const base = powerOfTen(-2, -0.3, draws);
  const best = draws.integer(methods.length * levels);
  const bestIsDeep = draws.uniform() < 0.85;
  const basins = methods.flatMap((_, method) => {
    const axes = method === methods.length - 1 ? [...reals, extra] : reals;
    const places = axes.map(() => 0.15 + 0.7 * draws.uniform());
    return Array.from({ length: levels }, (__, level): Basin => {
      const isBest = method * levels + level === best;
      const deep = isBest ? bestIsDeep : draws.uniform() < 0.6;
      const gap = deep ? powerOfTen(-2.5, -1.5, draws) : powerOfTen(-2.3, -1.7, draws);
      const steady = draws.integer(scalings.length);
      const matters = draws.uniform() < 0.7;
      return {
        floor: isBest ? base : base + gap,
        steps: scalings.map((___, s) => (matters && s !== steady ? powerOfTen(-3.5, -1.5, draws) : 0)),
        rise: deep ? powerOfTen(-1.5, -0.5, draws) : powerOfTen(-4, -3, draws),
        slopes: axes.map((axis, k) => slopeOf(axis, places[k]!, deep, draws)),
      };
    });
  });
  // Two methods that do the same, as two names of one setting.
  const twin = methods.length > 2 && draws.uniform() < 0.5;
  return twin ? basins.map((basin, at) => (at < levels ? basins[at + levels]! : basin)) : basins;
}

/** @param near where the method's basins are, in [0, 1]. */
function slopeOf(axis: RealAxis, near: number, deep: boolean, draws: Stream): Slope {
  const place = Math.max(0.05, Math.min(0.95, near + 0.1 * draws.normal()));
  const { low, high, scale } = axis;
  const centre = scale === "log" ? exp(log(low) + place * log(high / low)) : low + place * (high - low);
  const width = deep ? powerOfTen(-0.4, 0.3, draws) : powerOfTen(-0.3, 0.3, draws);
  return { axis, centre, width, above: powerOfTen(0, 0.7, draws) };
}

/** v of the formula above. */
function levelOf(config: Config, design: RuggedDesign, basins: readonly Basin[], salt: number): number {
  const method = design.methods.indexOf(config.method as string);
  const { floor, steps, rise, slopes } = basins[method * design.levels + (config.level as number) - 1]!;
  let q = 0;
  let cell = Math.imul(method + 1, 0x9e3779b1) ^ Math.imul(config.level as number, 0x85ebca6b) ^ salt;
  for (const { axis, centre, width, above } of slopes) {
    const value = config[axis.name] as number;
    const share = axis.scale === "log" ? log(value / centre) / log(axis.high / axis.low) : (value - centre) / (axis.high - axis.low);
    q += (share > 0 ? above : 1) * (share / width) * (share / width);
    cell = mixed(cell ^ Math.floor(share * cellsAcross));
  }
  const shaped = design.shape === "clipped" ? Math.min(1, q) : q / (1 + q);
  const ripple = design.ripple * Math.min(1, 20 * q) * ((cell >>> 0) / 0x1_0000_0000);
  return floor + steps[design.scalings.indexOf(config.scaling as string)]! + rise * shaped + ripple;
}

/** Cells of the ripple along a real parameter. */
const cellsAcross = 64;

/** A hash of 32 bits. */
function mixed(word: number): number {
  let h = Math.imul(word ^ (word >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return h ^ (h >>> 15);
}

/** The configuration at the centre of the lowest basin, without parameters that do nothing, and the value there. */
function lowestOf(
  { methods, levels, scalings }: RuggedDesign,
  basins: readonly Basin[],
): { readonly best: Config; readonly lowest: number } {
  let best: Config = {};
  let lowest = Infinity;
  basins.forEach(({ floor, steps, slopes }, at) => {
    steps.forEach((step, s) => {
      if (floor + step >= lowest) return;
      lowest = floor + step;
      best = {
        method: methods[Math.floor(at / levels)]!,
        level: (at % levels) + 1,
        scaling: scalings[s]!,
        ...Object.fromEntries(slopes.map(({ axis, centre }) => [axis.name, centre])),
      };
    });
  });
  return { best, lowest };
}

/** How v is told: as it is, or as the mean of error rates over folds. */
function scoreOf(draws: Stream): (v: number) => number {
  if (draws.uniform() < 0.5) return (v) => v;
  const rows = 30 + draws.integer(271);
  const offsets = Array.from({ length: 3 + 2 * draws.integer(2) }, () => 0.01 * draws.normal());
  return (v) => {
    const wrong = offsets.reduce((sum, offset) => sum + Math.min(rows, Math.max(0, Math.round(rows * (v + offset)))), 0);
    return wrong / (rows * offsets.length);
  };
}

function powerOfTen(low: number, high: number, draws: Stream): number {
  return exp(Math.LN10 * (low + (high - low) * draws.uniform()));
}
