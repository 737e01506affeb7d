/**
 * One member: a point of the distributions that has not been tried, and that the constraints between parameters allow. Points are drawn again
 * until one is both. If none of the first draws is, the first one is moved to a configuration near it that is.
 */
import { type Config, decode, decodeFeasible, decodeNear, encode, type Stream } from "@caviar-hpo/core";
import { completed, type Tried } from "@caviar-hpo/core/contract";
import { folded, unfolded } from "./box.ts";
import { sampleOptions } from "./categorical.ts";
import { samplePoint } from "./gaussian.ts";
import type { Genotype, Layout } from "./layout.ts";
import type { Run } from "./run.ts";

/** `isForeign`: the point was moved, so the distribution has not sampled it. `isRepeat`: all draws had been tried. */
export type Drawn = Genotype & { readonly config: Config; readonly isForeign: boolean; readonly isRepeat: boolean };

const [mostDraws, mostRepeats] = [100, 8];

/** @param given values that the configuration will have. */
export function draw(layout: Layout, run: Run, tried: Tried, source: Stream, given: Config | undefined): Drawn {
  const { space } = layout;
  const first = sampled(layout, run, source);
  let genotype = first;
  let repeats = 0;
  for (let draws = 0; draws < mostDraws && repeats < mostRepeats && given === undefined; draws++) {
    const config = decodeFeasible(space, unitOf(layout, run, genotype));
    if (config !== null && (!tried.has(config) || tried.spent)) return { ...genotype, config, isForeign: false, isRepeat: false };
    if (config !== null) repeats++;
    genotype = sampled(layout, run, source);
  }
  const near = decodeNear(space, unitOf(layout, run, first));
  const config = given === undefined ? untried(near, tried, source) : completed(space, given, near);
  return { ...moved(layout, run, first, config), config, isForeign: true, isRepeat: repeats >= mostRepeats };
}

function untried(config: Config, tried: Tried, source: Stream): Config {
  return tried.has(config) && !tried.spent ? (tried.near(config, source) ?? config) : config;
}

/** The genotype of a configuration from elsewhere. What it does not say is as in the middle of the distribution. */
export function genotypeOf(layout: Layout, run: Run, config: Config): Genotype {
  const options = run.categorical.probabilities.map((ofChoice) => ofChoice.indexOf(Math.max(...ofChoice)));
  return moved(layout, run, { point: run.gaussian.mean, options }, config);
}

function sampled({ axes }: Layout, { gaussian, categorical }: Run, source: Stream): Genotype {
  const point = axes.length === 0 ? [] : samplePoint(gaussian, source);
  return { point, options: sampleOptions(categorical, source) };
}

/** The unit point of a genotype. A discrete axis is wider than its samples by its factor: m + A (v - m). */
function unitOf({ space, axes, choices }: Layout, { gaussian, widening }: Run, { point, options }: Genotype): Float64Array {
  const unit = new Float64Array(space.dims).fill(0.5);
  axes.forEach(({ param, cells }, axis) => {
    const m = gaussian.mean[axis]!;
    unit[param] = cells === null ? folded(point[axis]!) : m + widening[axis]! * (point[axis]! - m);
  });
  choices.forEach(({ param, count }, index) => {
    unit[param] = (options[index]! + 0.5) / count;
  });
  return unit;
}

/**
 * The genotype of `config`, near another one. Where both stand for the same value, the coordinate stays, because it knows more than the value.
 * So does the coordinate of an inactive parameter.
 */
function moved(layout: Layout, run: Run, from: Genotype, config: Config): Genotype {
  const { space, axes, choices } = layout;
  const before = decode(space, unitOf(layout, run, from));
  const after = encode(space, config);
  const isChanged = (param: number): boolean => {
    const [name] = space.params[param]!;
    return Object.hasOwn(config, name) && before[name] !== config[name];
  };
  return {
    point: axes.map(({ param, cells }, axis) => {
      if (!isChanged(param)) return from.point[axis]!;
      const m = run.gaussian.mean[axis]!;
      return cells === null ? unfolded(after[param]!) : m + (after[param]! - m) / run.widening[axis]!;
    }),
    options: choices.map(({ param, count }, index) =>
      isChanged(param) ? Math.min(count - 1, Math.floor(after[param]! * count)) : from.options[index]!,
    ),
  };
}
