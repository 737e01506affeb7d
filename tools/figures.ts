/**
 * The pictures of docs/optimiser.md, drawn from the optimiser itself: a study of one parameter is run, and before some of its asks the
 * model and the acquisition that the ask will see are computed on a grid. `npm run docs:figures` writes them to docs/figures.
 */

import { bayesoptSampler } from "@caviar-hpo/bayesopt";
import {
  complete,
  compose,
  createSpace,
  decode,
  derive,
  encode,
  type Job,
  type Key,
  real,
  root,
  type Study,
  startStudy,
} from "@caviar-hpo/core";
import { contextOf } from "@caviar-hpo/core/testing";
import { pow } from "@caviar-hpo/numerics";
import { asProblem, toPoint } from "@caviar-hpo/objectives";
import { forrester, plateaus, rosenbrock } from "@caviar-hpo/objectives/functions";
import { sobol } from "@caviar-hpo/samplers/sequences";
import { featuresOf } from "../packages/bayesopt/src/features.ts";
import { landscapeOf } from "../packages/bayesopt/src/search/acquire.ts";
import type { BayesoptState } from "../packages/bayesopt/src/state.ts";
import { warps } from "../packages/bayesopt/src/surrogate/modelChoice.ts";
import { fitProblemModel, newProblemModelCache, type ProblemModel } from "../packages/bayesopt/src/surrogate/problemModel.ts";
import { warpValues } from "../packages/bayesopt/src/surrogate/warpedValues.ts";
import { readTrials } from "../packages/bayesopt/src/trials.ts";
import { outputWarps } from "../packages/bayesopt/src/warp/outputWarps.ts";
import { type PosteriorPanel, posteriorSvg } from "../packages/report/src/figures/posterior.ts";
import { type SearchPath, searchPathSvg } from "../packages/report/src/figures/searchPath.ts";
import { type WarpPanel, warpsSvg } from "../packages/report/src/figures/warps.ts";

/** What an ask saw, and the job that it gave. */
export type Moment = { readonly panel: PosteriorPanel; readonly job: Job };

const initial = 4;
const measuredLater = 7;
const grid: readonly number[] = Array.from({ length: 401 }, (_, index) => index / 400);

/**
 * Forrester's function, searched without noise and without a warp of its values, so that the picture is in its own units; a seed whose
 * bands cover it.
 */
export function moments(): readonly Moment[] {
  const problem = { ...asProblem(forrester()), space: createSpace({ x: real(0, 1) }) };
  const options = { initial, kernel: "matern52", warp: "identity", noise: "none" };
  const study = startStudy({ problem, strategy: compose(complete, bayesoptSampler(options)), seed: 8 });
  const value = (x: number): number => forrester().evaluate(Float64Array.of(x));
  const finish = ({ id, config }: Job): void => void study.tell(id, { values: [value(Number(config.x))] });
  const look = (title: string): Moment => {
    const seen = viewOf(study);
    const job = study.ask().jobs[0]!;
    const { utility } = job.note as { readonly utility: number };
    return { panel: { ...seen, title, truth: grid.map(value), next: [Number(job.config.x), utility] }, job };
  };

  for (let trial = 0; trial < initial; trial++) finish(study.ask().jobs[0]!);
  const few = look(`${initial} trials`);
  finish(few.job);
  for (let trial = initial + 1; trial < measuredLater; trial++) finish(study.ask().jobs[0]!);
  const more = look(`${measuredLater} trials`);
  const beside = look(`${measuredLater} trials, one more running`);
  return [few, more, beside];
}

/** What the next ask of `study` is going to see. */
function viewOf(study: Study): Omit<PosteriorPanel, "title" | "truth" | "next"> {
  const { sampler } = JSON.parse(JSON.stringify(study.state)) as { readonly sampler: BayesoptState };
  const context = contextOf(study.problem, study.history);
  const trials = readTrials(context, { rungs: [1], enough: study.problem.space.dims + 1, lost: sampler.lost });
  const key: Key = derive(sampler.key, "ask", sampler.index);
  const allowed = { families: ["matern52"], warps: ["identity"], noises: ["none"], inputs: ["none"] } as const;
  const features = featuresOf(study.problem.space);
  const fit = { features, trials, constraints: 0, allowed, extra: trials.pending.length, key, model: "objective" as const };
  const model = fitProblemModel(fit, sampler, newProblemModelCache())!;
  const landscape = landscapeOf(model, { exploring: 0, pending: trials.pending, acquisition: "logEI", key });
  const acquisition = new Float64Array(grid.length);
  landscape.evaluate(Float64Array.from(grid), grid.length, acquisition, null);
  const { mean, sd } = beliefsOf(model);
  return {
    x: grid,
    mean,
    sd,
    acquisition: [...acquisition],
    observed: trials.observed.map(({ unit, value }) => [unit[0]!, value]),
    pending: trials.pending.map((unit) => unit[0]!),
  };
}

/** Mean and standard deviation on the grid, in the objective's units, once a landscape has imagined the running trials. */
function beliefsOf({ ensemble: { processes }, values }: ProblemModel): {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
} {
  const [mean, variance] = [new Float64Array(1), new Float64Array(1)];
  const inUnits = (z: number): number => values.warp.inverse(values.mean + values.sd * z);
  const moments = grid.map((x) => {
    const each = processes.map((process) => {
      process.predict({ z: Float64Array.of(x), m: 1 }, { mean, variance, whitened: null });
      return [mean[0]!, variance[0]! + mean[0]! * mean[0]!] as const;
    });
    const [first, second] = [0, 1].map((moment) => each.reduce((sum, one) => sum + one[moment]! / each.length, 0)) as [number, number];
    return [first, Math.sqrt(Math.max(0, second - first * first))] as const;
  });
  // The warp is the identity: one scale for all values.
  return { mean: moments.map(([m]) => inUnits(m)), sd: moments.map(([m, s]) => inUnits(m + s) - inUnits(m)) };
}

/**
 * Values of Rosenbrock's function in five dimensions as each warp sees them, and the one that the optimiser chooses: at points of a design,
 * each drawn nearer to the minimum than the one before, as those of a search are.
 */
export function warpPanels(): readonly WarpPanel[] {
  const fn = rosenbrock(5);
  const problem = asProblem(fn);
  const { space } = problem;
  const count = 64;
  const design = sobol(space.dims, root("docs:figures"));
  const minimum = encode(space, Object.fromEntries(space.params.map(([name], axis) => [name, fn.minimisers[0]![axis]!])));
  const study = startStudy({ problem, strategy: compose(complete, bayesoptSampler()), seed: 1 });
  const y = Float64Array.from({ length: count }, (_, row) => {
    const nearer = pow(0.2, row / (count - 1));
    const config = decode(
      space,
      design.at(row).map((at, axis) => minimum[axis]! + nearer * (at - minimum[axis]!)),
    );
    const value = fn.evaluate(toPoint(fn, config));
    study.observe(config, { values: [value] });
    return value;
  });
  const { warp: choice } = study.ask().jobs[0]!.note as { readonly warp: string };
  return outputWarps(y)
    .filter(({ name }) => (warps as readonly string[]).includes(name))
    .map((warp) => {
      const chosen = warp.name === choice;
      const shape = warp.name === "identity" ? "as measured" : "after the warp";
      return { title: warp.name, subtitle: chosen ? `${shape}; chosen` : shape, values: [...warpValues(warp, y, null).z], chosen };
    });
}

const kindsOfTrials = ["initial design", "model, exploration, region", "cautious", "cautious, in a stratum"];

/** A search of `plateaus` that starts in its flat basin. */
export function flatBasinTrials(): SearchPath["trials"] {
  const fn = plateaus();
  const study = startStudy({ problem: asProblem(fn), strategy: compose(complete, bayesoptSampler()), seed: 11 });
  return Array.from({ length: 50 }, () => {
    const { id, config, note } = study.ask().jobs[0]!;
    const value = fn.evaluate(config);
    study.tell(id, { values: [value] });
    const { decided, stratum } = note as { readonly decided: string; readonly stratum?: string };
    const kind = decided === "initial design" ? 0 : decided !== "cautious" ? 1 : stratum === undefined ? 2 : 3;
    return { kind, excess: Math.max(value - fn.optimum.value, Number.EPSILON) };
  });
}

/** File names and their contents. */
export function figures(): ReadonlyMap<string, string> {
  const panels = moments().map(({ panel }) => panel);
  return new Map([
    [
      "posterior.svg",
      posteriorSvg({
        id: "posterior",
        title: "A Gaussian process of Forrester's function, and the acquisition, in three states",
        description:
          "Above: the objective, the measurements, the model's mean and a band of two standard deviations. Below: the logarithm of the expected improvement. The band closes at every measurement. The acquisition peaks where the band reaches below the best value. A trial that still runs narrows the band around its point, so the next point is somewhere else.",
        value: "Value",
        acquisition: "Log expected improvement (nats)",
        parameter: "x",
        panels,
      }),
    ],
    [
      "warps.svg",
      warpsSvg({
        id: "warps",
        title: "64 values of Rosenbrock's function in five dimensions before and after output warps",
        description:
          "Histograms of the standardised values. As measured, most values are just below the mean, with a long tail above it. After the warps, they are spread. The dashed line is a normal distribution.",
        panels: warpPanels(),
      }),
    ],
    [
      "flat-basins.svg",
      searchPathSvg({
        id: "flat-basins",
        title: "50 trials of the function plateaus, by the kind of ask that chose them",
        description:
          "Each marker is a trial, with its value above the minimum. The line is the best value so far. It rests at 0.0084, the flat basin, while asks of the model polish it. A cautious ask finds the deep basin, and then the model follows it down.",
        kinds: kindsOfTrials,
        trials: flatBasinTrials(),
        decades: [-7, -6, -5, -4, -3, -2, -1],
      }),
    ],
  ]);
}
