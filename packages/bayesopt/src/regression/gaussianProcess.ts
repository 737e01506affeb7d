/**
 * Gaussian-process regression on its own: `gaussianProcess(options).fit(x, y)`. Inputs are scaled to the unit cube and values standardised;
 * hyperparameters are those of greatest posterior density (evidence times priors), found by L-BFGS-B from several starts.
 */
import { ConfigError, derive, type Key, root, show, stream } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import { learnedNoise } from "../kernels/families.ts";
import type { Hyperparameter, Kernel } from "../kernels/kernel.ts";
import { createEvidence } from "../process/evidence.ts";
import { type Fitted, fit } from "../process/fit.ts";
import { type Data, hyperparametersOf, type Model } from "../process/model.ts";
import { type Inputs, pointsOf, valuesOf } from "./inputs.ts";
import { ard } from "./kernels.ts";
import { type Regression, regressionOf, variancesOf } from "./regression.ts";
import { type Box, boxAround, intoBox, requireBox, standardOf } from "./scaling.ts";

export type GaussianProcessOptions = {
  /** Of d coordinates in the unit cube and of standardised values; `ard("matern52", d)` where left out. */
  readonly kernel?: (d: number) => Kernel;
  /**
   * Beside the variances that are given with the values: "none"; "learned"; a variance that all measurements have, in the values' own units
   * squared; "auto", where left out: learned if repeated points differ in value or if it explains the values better, none if not.
   */
  readonly noise?: "auto" | "none" | "learned" | number;
  /** What is scaled to the unit cube; the least box around the inputs where left out. */
  readonly box?: Box;
  /** Of the search for hyperparameters; 4 where left out. */
  readonly starts?: number;
  /** From which starts are drawn. */
  readonly key?: Key;
};

export type FitOptions = {
  /** The known part of each measurement's variance. */
  readonly variance?: ArrayLike<number>;
  /** Hyperparameters to start from first, by name, as an earlier fit found them. */
  readonly warm?: { readonly [name: string]: number };
};

export type GaussianProcess = {
  /**
   * @param x n points: rows of numbers, a matrix of ml-matrix, or `Points`. n may be 0 where a box is given.
   * @param y one value for each.
   * @throws ConfigError for shapes that do not fit and hyperparameters of one name; NumericalError for numbers that are not finite.
   */
  fit(x: Inputs, y: ArrayLike<number>, options?: FitOptions): Regression;
};

/** @throws ConfigError for a noise below 0 or starts that are no count. */
export function gaussianProcess(options: GaussianProcessOptions = {}): GaussianProcess {
  const { kernel: kernelOf = (d: number) => ard("matern52", d), noise = "auto", starts = 4, key = root("gaussianProcess") } = options;
  requireOptions(noise, starts);
  return {
    fit: (x, y, { variance, warm = {} } = {}) => {
      const points = pointsOf(x, options.box?.length ?? null);
      const box = options.box ?? boxAround(points);
      requireBox(box, points.d);
      const values = valuesOf("values", y, points.n);
      const standard = standardOf(values);
      const square = standard.sd * standard.sd;
      const kernel = kernelOf(points.d);
      requireNames([...kernel.hyperparameters, learnedNoise]);
      const ofAll = typeof noise === "number" ? noise : 0;
      const data: Data = {
        x: intoBox(points, box),
        y: values.map((value) => (value - standard.mean) / standard.sd),
        d: points.d,
        variance: variancesOf(variance, ofAll, points.n, square),
      };
      const notes: string[] = [];
      const { model, u } = choose(kernel, noise, data, { starts, key, warm, notes });
      return regressionOf({ model, data, u, box, standard, ofAll, notes, jitter: 0 });
    },
  };
}

type Search = { readonly starts: number; readonly key: Key; readonly warm: { readonly [name: string]: number }; readonly notes: string[] };
type Chosen = { readonly model: Model; readonly u: Float64Array };

function choose(kernel: Kernel, noise: "auto" | "none" | "learned" | number, data: Data, search: Search): Chosen {
  const models = { none: { kernel, noise: null }, learned: { kernel, noise: learnedNoise } };
  if (noise !== "auto") return best(models[noise === "learned" ? "learned" : "none"], data, search);
  if (data.variance !== null) return best(models.none, data, search);
  if (hasReplicates(data)) {
    search.notes.push("noise is learned: repeated points differ in value");
    return best(models.learned, data, search);
  }
  const [none, learned] = [best(models.none, data, search), best(models.learned, data, search)];
  // The criterion of Schwarz (1978) for one parameter more; the prior of the noise, a density by its unit, stays out of the comparison.
  const gain = learned.likelihood - none.likelihood - 0.5 * log(Math.max(1, data.y.length));
  search.notes.push(`noise is ${gain > 0 ? "learned" : "none"}: ${Math.abs(gain).toFixed(1)} nats`);
  return gain > 0 ? learned : none;
}

/** `likelihood`: with the kernel's priors. Where nothing can be learned, or no fit is found, hyperparameters stay as they start. */
function best(model: Model, data: Data, { starts, key, warm, notes }: Search): Chosen & { readonly likelihood: number } {
  const all = hyperparametersOf(model);
  const standard = Float64Array.from(all, ({ start }) => log(start));
  if (data.y.every((value) => Math.abs(value - data.y[0]!) < alike)) {
    if (data.y.length > 0) notes.push("all values are alike: hyperparameters stay as they start");
    return { model, u: standard, likelihood: 0 };
  }
  const source = stream(derive(key, "starts"));
  const points = [standard];
  if (all.some(({ name }) => Object.hasOwn(warm, name)))
    points.unshift(Float64Array.from(all, (one) => log(Math.min(one.high, Math.max(one.low, valueIn(warm, one))))));
  while (points.length < starts) points.push(standard.map((u) => u + spread * source.normal()));
  const evidence = createEvidence(model, data);
  // All starts go a little way, and the best goes on.
  const first = fit(model, evidence, points, shortEvaluations);
  const fitted: Fitted | undefined = first[0] && (fit(model, evidence, [first[0].u], longEvaluations)[0] ?? first[0]);
  if (fitted === undefined) {
    notes.push("no hyperparameters gave a finite density: they stay as they start");
    return { model, u: standard, likelihood: Number.NEGATIVE_INFINITY };
  }
  const ofNoise = model.noise === null ? 0 : model.noise.prior.logDensity(fitted.u[all.length - 1]!);
  return { model, u: fitted.u, likelihood: fitted.value - ofNoise };
}

function valueIn(warm: { readonly [name: string]: number }, { name, start }: Hyperparameter): number {
  const value = Object.hasOwn(warm, name) ? warm[name]! : start;
  return value > 0 ? value : start;
}

/** Whether two measurements are at the same point and differ. */
function hasReplicates({ x, y, d }: Data): boolean {
  const seen = new Map<string, number>();
  return y.some((value, i) => {
    const point = x.subarray(i * d, i * d + d).join();
    const before = seen.get(point);
    seen.set(point, value);
    return before !== undefined && before !== value;
  });
}

function requireOptions(noise: GaussianProcessOptions["noise"], starts: number): void {
  const isNoise = typeof noise === "number" ? noise >= 0 && noise < Number.POSITIVE_INFINITY : ["auto", "none", "learned"].includes(noise!);
  if (!isNoise) throw refused("noise", '"auto", "none", "learned" or a variance from 0 on', noise);
  if (!(Number.isSafeInteger(starts) && starts >= 1 && starts <= 1000)) throw refused("starts", "a count from 1 to 1000", starts);
}

function requireNames(all: readonly Hyperparameter[]): void {
  const names = all.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new ConfigError({
    code: "duplicateName",
    what: "hyperparameters of a Gaussian process",
    expected: "names that differ",
    got: `${show(twice)} twice`,
    remedy: 'Name the parts of the kernel, as in ard("matern52", 2, "smooth ").',
  });
}

function refused(name: string, expected: string, got: unknown): ConfigError {
  return new ConfigError({
    code: "badOption",
    what: `option ${name} of gaussianProcess`,
    expected,
    got: show(got),
    remedy: "See GaussianProcessOptions.",
  });
}

/** Standardised values that are no further apart differ by rounding. */
const alike = 1e-9;
/** Deviations, in logarithms, of the starts that are drawn. */
const spread = 1.5;
const shortEvaluations = 15;
const longEvaluations = 150;
