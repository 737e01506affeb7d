/** What a fit had to do to stay sound, in words. */
import { exp, log } from "@caviar-hpo/numerics";
import type { Hyperparameter } from "../kernels/kernel.ts";
import type { FitHealth } from "../model/surrogate.ts";
import type { Process } from "../process/process.ts";

/** `before`: what was noted on the way. */
export function healthOf(process: Process, all: readonly Hyperparameter[], u: Float64Array, before: readonly string[]): FitHealth {
  const notes = [...before];
  const { jitter } = process;
  if (jitter > worthNoting)
    notes.push(`points nearly repeat: ${jitter.toExponential(1)} was added to the diagonal of standardised covariances`);
  all.forEach(({ name, low, high }, p) => {
    for (const bound of [low, high]) if (Math.abs(u[p]! - log(bound)) < 1e-6) notes.push(`${name} is at its bound ${bound}`);
  });
  return { jitter, reciprocalCondition: process.reciprocalCondition(), notes };
}

/** Hyperparameters by their names. */
export function byName(all: readonly Hyperparameter[], u: Float64Array): { readonly [name: string]: number } {
  return Object.fromEntries(all.map(({ name }, p) => [name, exp(u[p]!)]));
}

/** Less than this is rounding. */
const worthNoting = 1e-11;
