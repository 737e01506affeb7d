/**
 * Optimisers: how parameters follow their gradient. A step is one call over the flat array of all parameters. What the optimiser remembers
 * of earlier gradients is in slots of the same length, which are part of a checkpoint.
 */
import { pow } from "@caviar-hpo/numerics";
import type { Numbers, Operations } from "@caviar-hpo/numerics/network";
import { checkBelow, checkFields, checkName, checkNotNegative } from "../check.ts";

/**
 * The optimisers. Defaults: beta and beta1 0.9, beta2 0.999, epsilon 1e-8, convention "course". Betas are at least 0 and below 1; epsilon
 * is at least 0.
 *
 * Momentum has two conventions. "course" averages the gradients, v = beta v + (1 - beta) g. "pytorch" adds them, v = beta v + g. The two
 * give the same path if the learning rate of "pytorch" is 1 - beta times as large. Adam is Algorithm 1 of Kingma & Ba 2015, with epsilon
 * outside the root.
 */
export type Optimiser =
  | { readonly name: "sgd" }
  | { readonly name: "momentum"; readonly beta: number; readonly convention: "course" | "pytorch" }
  | { readonly name: "rmsProp"; readonly beta: number; readonly epsilon: number }
  | { readonly name: "adam"; readonly beta1: number; readonly beta2: number; readonly epsilon: number };

export type OptimiserName = Optimiser["name"];

/** An optimiser. Everything except the name has a default, see `Optimiser`. */
export type OptimiserOptions = {
  readonly [N in OptimiserName]: { readonly name: N } & Partial<Extract<Optimiser, { name: N }>>;
}[OptimiserName];

/** The optimiser in full. Defaults: beta .9, Adam's .9, .999 and 1e-8. Throws ConfigError. */
export function completeOptimiser(options: OptimiserOptions): Optimiser {
  checkName("name of the optimiser", options.name, ["sgd", "momentum", "rmsProp", "adam"]);
  const what = `optimiser ${options.name}`;
  switch (options.name) {
    case "sgd":
      checkFields(what, options, ["name"]);
      return { name: "sgd" };
    case "momentum":
      checkFields(what, options, ["name", "beta", "convention"]);
      return {
        name: "momentum",
        beta: checkBeta("beta", options.beta ?? 0.9),
        convention: checkName("convention of momentum", options.convention ?? "course", ["course", "pytorch"]),
      };
    case "rmsProp":
      checkFields(what, options, ["name", "beta", "epsilon"]);
      return { name: "rmsProp", beta: checkBeta("beta", options.beta ?? 0.9), epsilon: checkEpsilon(options.epsilon ?? 1e-8) };
    case "adam":
      checkFields(what, options, ["name", "beta1", "beta2", "epsilon"]);
      return {
        name: "adam",
        beta1: checkBeta("beta1", options.beta1 ?? 0.9),
        beta2: checkBeta("beta2", options.beta2 ?? 0.999),
        epsilon: checkEpsilon(options.epsilon ?? 1e-8),
      };
  }
}

/** How many slots the optimiser keeps. */
export function slotCount(optimiser: Optimiser): number {
  return { sgd: 0, momentum: 1, rmsProp: 1, adam: 2 }[optimiser.name];
}

/** Step number `step`, counted from 1, of the parameters w along their gradient g. */
export function descend(
  operations: Operations,
  optimiser: Optimiser,
  w: Numbers,
  g: Numbers,
  slots: readonly Numbers[],
  rate: number,
  step: number,
): void {
  const { length } = w;
  if (optimiser.name === "sgd") operations.descend(w, g, rate, length);
  else if (optimiser.name === "momentum") {
    const { beta, convention } = optimiser;
    operations.descendMomentum(w, g, slots[0]!, rate, beta, convention === "course" ? 1 - beta : 1, length);
  } else if (optimiser.name === "rmsProp") operations.descendRmsProp(w, g, slots[0]!, rate, optimiser.beta, optimiser.epsilon, length);
  else {
    const { beta1, beta2, epsilon } = optimiser;
    const correction1 = 1 - pow(beta1, step);
    const correction2 = 1 - pow(beta2, step);
    operations.descendAdam(w, g, slots[0]!, slots[1]!, rate, beta1, beta2, epsilon, correction1, correction2, length);
  }
}

function checkBeta(what: string, beta: number): number {
  return checkBelow(what, beta, 0, 1, "It is the weight of the old average, for instance 0.9.");
}

function checkEpsilon(epsilon: number): number {
  return checkNotNegative("epsilon of the optimiser", epsilon, "Adam uses 1e-8.");
}
