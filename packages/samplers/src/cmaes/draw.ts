/**
 * One member: a point of the distributions that has not been tried, that the constraints between parameters allow, and that lies in the box.
 * Points are drawn again until one is all of this. If none of the first draws is, the first one is moved to the bounds, to the feasible set,
 * or to an untried configuration near it.
 */
import { type Config, decodeFeasible, decodeNear, encode, type Stream } from "@caviar-hpo/core";
import { completed, type Tried } from "@caviar-hpo/core/contract";
import { sampleOptions } from "./categorical.ts";
import { samplePoint } from "./gaussian.ts";
import { adjusted, type Genotype, type Layout, optionAt, unitOf } from "./layout.ts";
import type { Run } from "./run.ts";

/** `isForeign`: the point was moved, so the distribution has not sampled it. `isRepeat`: all draws had been tried. */
export type Drawn = { readonly config: Config; readonly genotype: Genotype; readonly isForeign: boolean; readonly isRepeat: boolean };

const [mostDraws, mostRepeats] = [100, 8];

/** @param given values that the configuration will have. */
export function draw(layout: Layout, run: Run, tried: Tried, source: Stream, given: Config | undefined): Drawn {
  const first = sampled(layout, run, source);
  let [genotype, config, repeats] = [first, within(layout, run, first), 0];
  for (let draws = 1; draws < mostDraws && repeats < mostRepeats; draws++) {
    if (config !== null) {
      if (given === undefined && (!tried.has(config) || tried.spent)) return { config, genotype, isForeign: false, isRepeat: false };
      if (given !== undefined) break;
      repeats++;
    }
    genotype = sampled(layout, run, source);
    config = within(layout, run, genotype);
  }
  const { space } = layout;
  const unit = unitOf(layout, placedPoint(run, first.point), first.options);
  const near = decodeNear(space, unit);
  const untried = tried.has(near) && !tried.spent ? (tried.near(near, source) ?? near) : near;
  const moved = given === undefined ? untried : completed(space, given, near);
  const { point, options } = adjusted(layout, moved, unit, placedPoint(run, first.point));
  return { config: moved, genotype: { point: sampledPoint(run, point), options }, isForeign: true, isRepeat: repeats >= mostRepeats };
}

function sampled({ axes }: Layout, { gaussian, categorical }: Run, source: Stream): Genotype {
  const point = axes.length === 0 ? [] : samplePoint(gaussian, source);
  return { point, options: sampleOptions(categorical, source) };
}

/** The configuration of a point in the box and in the feasible set. null for any other point. */
function within(layout: Layout, run: Run, { point, options }: Genotype): Config | null {
  if (!layout.axes.every(({ cells }, axis) => cells !== null || (point[axis]! >= 0 && point[axis]! <= 1))) return null;
  return decodeFeasible(layout.space, unitOf(layout, placedPoint(run, point), options));
}

/** A discrete axis is wider than its samples by its factor: m + A (v - m). */
function placedPoint({ gaussian, widening }: Run, point: readonly number[]): readonly number[] {
  return point.map((one, axis) => (widening[axis] === 1 ? one : gaussian.mean[axis]! + widening[axis]! * (one - gaussian.mean[axis]!)));
}

function sampledPoint({ gaussian, widening }: Run, placed: readonly number[]): readonly number[] {
  return placed.map((one, axis) => (widening[axis] === 1 ? one : gaussian.mean[axis]! + (one - gaussian.mean[axis]!) / widening[axis]!));
}

/** The genotype of a configuration from elsewhere. The coordinate of an inactive parameter is that of the mean. */
export function genotypeOf(layout: Layout, run: Run, config: Config): Genotype {
  const { space, axes, choices } = layout;
  const unit = encode(space, config);
  const placed = axes.map(({ param }, axis) => (Object.hasOwn(config, space.params[param]![0]) ? unit[param]! : run.gaussian.mean[axis]!));
  return { point: sampledPoint(run, placed), options: choices.map(({ param, count }) => optionAt(unit[param]!, count)) };
}
