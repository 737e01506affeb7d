/** A run of CMA-ES: the distributions that it samples, and what it has come to. Each generation of members makes the next run state. */
import { type Key, stream, type Trial } from "@caviar-hpo/core";
import { type Categorical, categoricalOf, updatedCategorical } from "./categorical.ts";
import { type Gaussian, gaussianAt, shortened, stepTo, updated } from "./gaussian.ts";
import type { Genotype, Layout } from "./layout.ts";
import { type Placement, withMargin } from "./margin.ts";
import { parametersOf } from "./parameters.ts";
import type { Regime } from "./restarts.ts";
import { compareMerit, type Merit, noProgress, type Progress, progressed, type StopReason, stopReason } from "./stopping.ts";
import { promising } from "./warmStart.ts";

/** `sigma` is the first step size. `widening` has the factor of each axis. `best` is the best merit so far; null before a generation. */
export type Run = {
  readonly index: number;
  readonly regime: Regime;
  readonly sigma: number;
  readonly gaussian: Gaussian;
  readonly widening: readonly number[];
  readonly categorical: Categorical;
  readonly generation: number;
  readonly evaluations: number;
  readonly progress: Progress;
  readonly best: Merit | null;
};

/** A member whose trial has ended. `isForeign`: the present distribution has not sampled it. `isRepeat`: no new point was found. */
export type Ranked = Genotype & { readonly merit: Merit; readonly isForeign: boolean; readonly isRepeat: boolean };

/** The first run: around the best of earlier trials if these are enough, otherwise around the middle of the space. */
export function firstRun(layout: Layout, regime: Regime, sigma: number, earlier: readonly Trial[]): Run {
  const start = promising(layout, earlier);
  const middle = layout.axes.map(() => 0.5);
  return begun(layout, 0, regime, start?.gaussian ?? gaussianAt(middle, sigma), start?.probabilities ?? uniform(layout));
}

/** A restart, around a random point. `sigma` is the step size of the first run without earlier trials. */
export function restarted(layout: Layout, index: number, regime: Regime, sigma: number, key: Key): Run {
  const source = stream(key);
  const mean = layout.axes.map(() => source.uniform());
  return begun(layout, index, regime, gaussianAt(mean, sigma * regime.sigma), uniform(layout));
}

/** The run after a generation of at least four members, best first. */
export function advanced(layout: Layout, run: Run, members: readonly Ranked[]): Run {
  const { gaussian, categorical, progress, best } = run;
  const { length } = layout.axes;
  const parameters = parametersOf(Math.max(1, length), members.length);
  const steps = members.map(({ point, isForeign }) => (isForeign ? shortened(gaussian, stepTo(gaussian, point)) : stepTo(gaussian, point)));
  const next = length === 0 ? gaussian : updated(gaussian, steps, parameters);
  const options = members.map((member) => member.options);
  const { mean, widening } = placed(layout, next, run.widening, run.regime.population);
  const merits = members.map(({ merit }) => merit);
  const generation = run.generation + 1;
  return {
    ...run,
    gaussian: { ...next, mean },
    widening,
    categorical: updatedCategorical(categorical, options, parameters.weights.slice(0, parameters.mu)),
    generation,
    evaluations: run.evaluations + members.length,
    progress: progressed(progress, merits, generation, Math.max(1, length)),
    best: best === null || compareMerit(merits[0]!, best) < 0 ? merits[0]! : best,
  };
}

/** Why the run has ended after the generation `last`; null if it has not. */
export function endOf({ axes }: Layout, run: Run, last: readonly Ranked[]): StopReason | "budget" | "exhausted" | null {
  const { gaussian, sigma, generation, progress, regime, evaluations } = run;
  if (2 * last.filter(({ isRepeat }) => isRepeat).length > last.length) return "exhausted";
  if (regime.evaluations !== null && evaluations >= regime.evaluations) return "budget";
  return stopReason({ gaussian, axes, sigma, generation, progress, population: regime.population });
}

function begun(layout: Layout, index: number, regime: Regime, gaussian: Gaussian, probabilities: readonly (readonly number[])[]): Run {
  const factors = layout.axes.map(() => 1);
  const { mean, widening } = placed(layout, gaussian, factors, regime.population);
  return {
    index,
    regime,
    sigma: gaussian.sigma,
    gaussian: { ...gaussian, mean },
    widening,
    categorical: categoricalOf(probabilities),
    generation: 0,
    evaluations: 0,
    progress: noProgress,
    best: null,
  };
}

/** With the margin that the paper recommends: 1 / (n lambda). */
function placed({ axes }: Layout, gaussian: Gaussian, widening: readonly number[], population: number): Placement {
  return withMargin(gaussian, axes, widening, 1 / (Math.max(1, axes.length) * population));
}

function uniform({ choices }: Layout): readonly (readonly number[])[] {
  return choices.map(({ count }) => Array.from({ length: count }, () => 1 / count));
}
