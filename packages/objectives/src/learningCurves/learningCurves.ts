/**
 * Simulated training. A test function determines how good each configuration becomes, and smooth random fields determine how fast. The
 * error of a configuration falls from 1, before training, to its final error, which is known exactly. So the optimum is known. The rank
 * correlation between any epoch and the end can be set and measured.
 *
 * Notation: r = f - f* is the regret of the test function, counted from its tolerance on, and m is its median. The final error is e = r^p /
 * (r^p + m^p), in [0, 1). The power p is 1, or less if the regrets are spread so widely that the quartiles of e would be outside 1/4 and
 * 3/4. R is the number of epochs of full training, t an epoch, tau the half-life, and phi the part of the way that is left (`shapes.ts`).
 * P(t) = (1 - phi(t / tau)) / (1 - phi(R / tau)) is the progress, which is 1 at R. The error at epoch t is 1 - (1 - e) P(t): the final
 * accuracy times the progress, in a form that is exactly e at R. It never rises.
 *
 * Half-lives are log-normal: log tau = log(typical) + spread (rho z + sqrt(1 - rho^2) g). Here z is the normal score of the quality 1 - e,
 * and g is a field that is uncorrelated with it. With rho > 0, good configurations start slowly, and their curves cross those of bad ones.
 * Bisection finds the rho for which Kendall's tau_b between the first epoch and the last is `firstEpochTau`.
 */
import { ConfigError, derive, type Key, stream } from "@caviar-hpo/core";
import { anything, nullable, object, optionReader } from "@caviar-hpo/core/read";
import { exp, log, pow } from "@caviar-hpo/numerics";
import { kendallTau } from "../multiFidelity/kendall.ts";
import type { MultiFidelityFunction } from "../multiFidelity/multiFidelityFunction.ts";
import { overBox } from "../multiFidelity/overBox.ts";
import type { TestFunction } from "../testFunction.ts";
import { divergenceChance, feasibleRegion } from "./hazards.ts";
import { normalScore, residual, standardised, unitSample } from "./sample.ts";
import { type CurveBase, curveBases, remaining } from "./shapes.ts";
import { type Field, smoothField } from "./smoothField.ts";

/** One base for all configurations, or "mixture": a mixture of the four bases whose weights vary over the space. */
export type CurveShape = CurveBase | "mixture";

/** How the curves look. All bounds are included. */
export type LearningCurveOptions = {
  /** R, the epochs of full training: a whole number from 2 to 1,000,000; 81 by default. */
  readonly epochs?: number;
  /** `power` by default. */
  readonly shape?: CurveShape;
  /** Kendall's tau_b, over the space, between the errors after the first epoch and the final errors: -1 to 1; 0.5 by default. */
  readonly firstEpochTau?: number;
  /** The median half-life in epochs: 0.001 to 1,000,000; R / 9 by default. */
  readonly halfLifeEpochs?: number;
  /** The standard deviation of the logarithm of the half-life: 0 to 5; 1 by default. */
  readonly halfLifeSpread?: number;
  /**
   * A break in the curve: after `halfLives` half-lives (0 to 1,000,000), training continues at `rate` of its speed (0 to 1). No break by
   * default.
   */
  readonly saturation?: { readonly halfLives: number; readonly rate: number };
  /**
   * Normal noise that is added to the error at every epoch. None by default. `spreads` is its standard deviation, in interquartile ranges
   * of the final errors (0 to 1,000,000). `memory` is its correlation from one epoch to the next (0 to 1, AR(1)). With memory 0 every epoch
   * has new noise, and with memory 1 a run has one draw for all epochs.
   */
  readonly noise?: { readonly spreads: number; readonly memory: number };
  /**
   * The share of runs that diverge: 0 to 0.9; 0 by default. A diverged run is NaN from some epoch on. The logarithm of this epoch is
   * uniform. The share is larger in some places of the space than in others.
   */
  readonly diverging?: number;
  /** The share of the space that is infeasible: 0 to 0.9; 0 by default. */
  readonly infeasible?: number;
  /** The median over the space of the seconds per epoch: 1e-9 to 1e9; 1 by default. */
  readonly secondsPerEpoch?: number;
  /** The standard deviation, over the space, of the logarithm of the seconds per epoch: 0 to 5; 0.5 by default. */
  readonly costSpread?: number;
  /** Whether training can continue from where it stopped. true by default. */
  readonly resumable?: boolean;
};

const saturationFields = object({ halfLives: anything, rate: anything });
const noiseFields = object({ spreads: anything, memory: anything });
const readCurveOptions = optionReader<LearningCurveOptions>("learningCurves", {
  epochs: anything,
  shape: anything,
  firstEpochTau: anything,
  halfLifeEpochs: anything,
  halfLifeSpread: anything,
  saturation: nullable(saturationFields),
  noise: nullable(noiseFields),
  diverging: anything,
  infeasible: anything,
  secondsPerEpoch: anything,
  costSpread: anything,
  resumable: anything,
});

/**
 * Makes a simulator of training on top of a test function.
 *
 * @param id the id of the result.
 * @param base the test function that determines the final errors.
 * @param key determines the random fields. Another key gives other curves with the same final errors.
 * @throws ConfigError in these cases: an option is unknown or out of range; half-lives with this spread cannot give `firstEpochTau` (the
 * message has the possible range); `base` lists no minimiser, or at least a quarter of its values are its minimum.
 */
export function learningCurves(id: string, base: TestFunction, given: LearningCurveOptions, key: Key): MultiFidelityFunction {
  const options = readCurveOptions(given);
  const settings = { ...defaults, halfLifeEpochs: (options.epochs ?? defaults.epochs) / 9, ...options };
  checkOptions(id, settings);
  const { epochs, shape, saturation, noise, diverging, infeasible, secondsPerEpoch, costSpread, resumable } = settings;
  const dimension = base.bounds.length;
  const sample = unitSample(dimension);
  const field = (name: string): Field => standardised(smoothField(dimension, derive(key, name)), sample);

  const end = endError(id, base, sample);
  const ends = Float64Array.from(sample, (unit) => end(pointAt(base, unit)));
  const scoreOf = normalScore(Array.from(ends, (error) => -error));
  const scores = Array.from(ends, (error) => scoreOf(-error));
  const other = smoothField(dimension, derive(key, "half-life"));
  const unexplained = residual(sample.map(other), scores);
  const left = wayLeft(shape, saturation, field);

  const courseAt = (unit: Float64Array, error: number): ErrorCourse => {
    const z = scoreOf(-error);
    return { error, z, g: unexplained(other(unit), z), phi: left(unit) };
  };
  const errorAt = ({ error, z, g, phi }: ErrorCourse, rho: number, epoch: number): number => {
    const halfLife = settings.halfLifeEpochs * exp(settings.halfLifeSpread * (rho * z + Math.sqrt(1 - rho * rho) * g));
    const progress = (1 - phi(epoch / halfLife)) / (1 - phi(epochs / halfLife));
    return error + (1 - error) * (1 - progress);
  };
  // Sorted beforehand, the courses need not be sorted again for every rho that is tried.
  const courses = sample.map((unit, n) => courseAt(unit, ends[n]!)).sort((one, other) => one.error - other.error);
  const sortedEnds = Float64Array.from(courses, ({ error }) => error);
  const firstErrors = (rho: number): Float64Array => Float64Array.from(courses, (course) => errorAt(course, rho, 1));
  const rho = solveRho(id, settings.firstEpochTau, (tried) => kendallTau(sortedEnds, firstErrors(tried)));

  const minimisers = base.minimisers.map((point) => unitAt(base, Float64Array.from(point)));
  const chance = diverging === 0 ? null : divergenceChance(diverging, sample, minimisers, derive(key, "divergence"));
  const feasible = infeasible === 0 ? null : feasibleRegion(infeasible, sample, minimisers, derive(key, "infeasible"));
  const pace = field("cost");
  const [lowEnd, , highEnd] = quartiles(ends);

  return overBox({
    id,
    title: `Learning curves over ${base.title}`,
    bounds: base.bounds,
    fidelity: { unit: "epoch", min: 1, max: epochs, whole: true },
    resumable,
    measureAt: (x, epoch, run) => {
      const unit = unitAt(base, x);
      if (chance !== null && epoch >= divergenceEpoch(chance(unit), epochs, derive(run, "divergence", ...x))) return NaN;
      const error = errorAt(courseAt(unit, end(x)), rho, epoch);
      return noise === null
        ? error
        : error + noise.spreads * (highEnd - lowEnd) * autoregressive(noise.memory, epoch, derive(run, "noise", ...x));
    },
    truthAt: end,
    secondsAt: (x, epoch) => secondsPerEpoch * epoch * exp(costSpread * pace(unitAt(base, x))),
    ...(feasible === null ? {} : { feasibleAt: (x: Float64Array) => feasible(unitAt(base, x)) }),
    optimum: { value: 0, tolerance: 0 },
    minimisers: base.minimisers,
    minimisersComplete: base.minimisersComplete,
    source: `a simulation over ${base.id} (${base.source}); curves after Rakotoarison et al. 2024`,
  });
}

const defaults = {
  epochs: 81,
  shape: "power" as CurveShape,
  firstEpochTau: 0.5,
  halfLifeSpread: 1,
  saturation: null,
  noise: null,
  diverging: 0,
  infeasible: 0,
  secondsPerEpoch: 1,
  costSpread: 0.5,
  resumable: true,
};

/** What a configuration's curve is made of: its error in the end, the scores of its quality and of its field, what is left of its way. */
type ErrorCourse = { readonly error: number; readonly z: number; readonly g: number; readonly phi: (halfLives: number) => number };

type CurveSettings = {
  readonly [name in keyof Required<LearningCurveOptions>]:
    | Required<LearningCurveOptions>[name]
    | (name extends "saturation" | "noise" ? null : never);
};

/** r^p / (r^p + m^p): 0 at the minimum, 1/2 for one configuration in two. Quartiles of 1/4 and 3/4 have log r 2 log(3) / p apart. */
function endError(id: string, base: TestFunction, sample: readonly Float64Array[]): (x: Float64Array) => number {
  if (base.minimisers.length === 0) throw refused(id, "a function that lists a minimiser", "no minimiser", "Use another function.");
  const { value, tolerance } = base.optimum;
  const regret = (x: Float64Array): number => Math.max(0, base.evaluate(x) - value - tolerance);
  const [low, m, high] = quartiles(Float64Array.from(sample, (unit) => regret(pointAt(base, unit))));
  if (!(low > 0)) throw refused(id, "a function whose lower quartile lies above its minimum", String(low), "Use another function.");
  const power = Math.min(1, (2 * log(3)) / log(high / low));
  return (x) => {
    const odds = pow(regret(x) / m, power);
    return odds / (odds + 1);
  };
}

/** A quarter of the values lies below the mean of two neighbours, half below the next such mean, and three quarters below the last. */
function quartiles(values: Float64Array): readonly [low: number, median: number, high: number] {
  const sorted = values.slice().sort();
  const between = (at: number): number => (sorted[at - 1]! + sorted[at]!) / 2;
  return [between(sorted.length / 4), between(sorted.length / 2), between((3 * sorted.length) / 4)];
}

/** phi at each place: one base, or the four weighted by the softmax of four fields; alpha is log-normal around 1. */
function wayLeft(
  shape: CurveShape,
  saturation: CurveSettings["saturation"],
  field: (name: string) => Field,
): (unit: Float64Array) => (s: number) => number {
  const bases: readonly CurveBase[] = shape === "mixture" ? curveBases : [shape];
  const alphas = field("alpha");
  const weights = bases.length === 1 ? null : bases.map((base) => field(`weight of ${base}`));
  const passed = (s: number): number =>
    saturation === null || s <= saturation.halfLives ? s : saturation.halfLives + saturation.rate * (s - saturation.halfLives);
  return (unit) => {
    const alpha = exp(0.1 * alphas(unit));
    if (weights === null) return (s) => remaining(bases[0]!, passed(s), alpha);
    const heights = weights.map((weight) => exp(weight(unit)));
    const total = heights.reduce((sum, height) => sum + height, 0);
    return (s) => bases.reduce((sum, base, n) => sum + (heights[n]! / total) * remaining(base, passed(s), alpha), 0);
  };
}

/** tau falls as rho rises: from good configurations that are fast to good ones that are slow. */
function solveRho(id: string, target: number, tauOf: (rho: number) => number): number {
  let low = -1;
  let high = 1;
  const [most, least] = [tauOf(low), tauOf(high)];
  if (!(target <= most && target >= least)) {
    throw refused(id, `a firstEpochTau from ${least.toFixed(2)} to ${most.toFixed(2)}`, String(target), "Change it, or halfLifeSpread.");
  }
  for (let halving = 0; halving < 14; halving++) {
    const middle = (low + high) / 2;
    if (tauOf(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** R^u, u uniform, for a share `chance` of the runs; Infinity for the others. */
function divergenceEpoch(chance: number, epochs: number, key: Key): number {
  const draws = stream(key);
  return draws.uniform() < chance ? pow(epochs, draws.uniform()) : Infinity;
}

/** The value at `epoch` of a stationary process of variance 1: e_1 = n_1, e_t = memory e_(t-1) + sqrt(1 - memory^2) n_t. */
function autoregressive(memory: number, epoch: number, key: Key): number {
  const draws = stream(key);
  const fresh = Math.sqrt(1 - memory * memory);
  let value = draws.normal();
  for (let t = 2; t <= epoch; t++) value = memory * value + fresh * draws.normal();
  return value;
}

function pointAt(base: TestFunction, unit: Float64Array): Float64Array {
  return unit.map((place, k) => {
    const [low, high] = base.bounds[k]!;
    return low + (high - low) * place;
  });
}

function unitAt(base: TestFunction, x: Float64Array): Float64Array {
  return x.map((value, k) => {
    const [low, high] = base.bounds[k]!;
    return (value - low) / (high - low);
  });
}

function checkOptions(id: string, settings: CurveSettings): void {
  const within = (name: string, value: number, low: number, high: number): void => {
    if (!(value >= low && value <= high))
      throw refused(id, `${name} from ${low} to ${high}`, String(value), `Choose ${name} in that range.`);
  };
  const { epochs, shape, saturation, noise } = settings;
  within("epochs", epochs, 2, 1_000_000);
  if (!Number.isInteger(epochs)) throw refused(id, "a whole number of epochs", String(epochs), "Round the number.");
  if (shape !== "mixture" && !curveBases.includes(shape)) {
    throw refused(id, `a shape of ${curveBases.join(", ")}, mixture`, String(shape), "Name one of them.");
  }
  within("firstEpochTau", settings.firstEpochTau, -1, 1);
  within("halfLifeEpochs", settings.halfLifeEpochs, 1e-3, 1e6);
  within("halfLifeSpread", settings.halfLifeSpread, 0, 5);
  within("saturation.halfLives", saturation?.halfLives ?? 0, 0, 1e6);
  within("saturation.rate", saturation?.rate ?? 0, 0, 1);
  within("noise.spreads", noise?.spreads ?? 0, 0, 1e6);
  within("noise.memory", noise?.memory ?? 0, 0, 1);
  within("diverging", settings.diverging, 0, 0.9);
  within("infeasible", settings.infeasible, 0, 0.9);
  within("secondsPerEpoch", settings.secondsPerEpoch, 1e-9, 1e9);
  within("costSpread", settings.costSpread, 0, 5);
}

function refused(id: string, expected: string, got: string, remedy: string): ConfigError {
  return new ConfigError({ code: "learningCurves", what: `the learning curves ${id}`, expected, got, remedy });
}
