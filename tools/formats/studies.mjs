/** What the fixtures search: small problems that use every kind of parameter, and options that keep each strategy quick. */
import { choice, createSpace, given, int, real } from "@caviar-hpo/core";

/** @typedef {import("@caviar-hpo/core").Problem} Problem */
/** @typedef {"plain" | "maximize" | "constraints" | "twoObjectives"} Kind */

/** Every kind of parameter, scale and condition; one is called like the key that the wire form reserves. */
const everything = createSpace({
  rate: real(1e-5, 1, { scale: "log" }),
  optimizer: choice(["sgd", "adam", "none"]),
  momentum: given("optimizer", ["sgd"], real(0.5, 0.999, { scale: "oneMinusLog" })),
  $num: int(8, 512, { scale: "log" }),
  dropout: real(0, 0.5, { step: 0.1 }),
  depth: choice([1, 2, 4], { ordered: true }),
  warm: choice([true, false]),
  epochs: given("warm", [true], int(2, 10, { step: 2 })),
});

const numbers = createSpace({ x: real(-1, 1), n: int(1, 9), kind: choice(["a", "b"]) });

const epochs = { unit: "epochs", min: 1, max: 9, whole: true };
const share = { unit: "share of the rows", min: 0.125, max: 1, whole: false };

/**
 * @param {Kind} kind
 * @param {boolean} multiFidelity whether the strategy needs a fidelity
 * @returns {Problem}
 */
export function problemOf(kind, multiFidelity) {
  const loss = /** @type {const} */ ({ name: "loss", goal: "minimize" });
  const accuracy = /** @type {const} */ ({ name: "accuracy", goal: "maximize" });
  switch (kind) {
    case "plain":
      return { space: everything, objectives: [loss], constraints: [], fidelity: multiFidelity ? epochs : null, resumable: true };
    case "maximize":
      return { space: everything, objectives: [accuracy], constraints: [], fidelity: multiFidelity ? share : null, resumable: true };
    case "constraints":
      return {
        space: numbers,
        objectives: [loss],
        constraints: ["memory", "latency"],
        fidelity: multiFidelity ? epochs : null,
        resumable: false,
      };
    case "twoObjectives":
      return { space: numbers, objectives: [loss, accuracy], constraints: [], fidelity: multiFidelity ? epochs : null, resumable: true };
  }
}

const quickModel = { askEffort: 64, kernel: "matern52", warp: "identity" };

/** Options that differ from the defaults where that costs nothing. A strategy that is not listed takes none. */
const options = /** @type {{ readonly [strategy: string]: import("@caviar-hpo/tune").StrategyOptions }} */ ({
  grid: { resolution: 3, points: 100_000 },
  latinHypercube: { points: 12, criterion: "maximin" },
  halton: { scramble: false },
  coarseToFine: { trials: 16, stages: 2 },
  bayesopt: { ...quickModel, initial: 5 },
  tpe: { startup: 5, candidates: 8 },
  cmaes: { population: 5 },
  differentialEvolution: { population: 6, mutation: "best/1" },
  successiveHalving: { configurations: 9 },
  hyperband: { convention: "table1" },
  asynchronousHyperband: { variant: "stopping" },
  medianRule: { steps: 4, startup: 3 },
  populationBased: { population: 7, segments: 6, quantile: 0.3, explore: "all" },
  panda: { segments: 8, patience: 2 },
  bohb: { candidates: 8, random: 0.2 },
  gpHyperband: { ...quickModel, initial: 4 },
  gpAsha: { ...quickModel, initial: 4 },
  freezeThaw: { ...quickModel, initial: 4 },
});

/**
 * @param {string} strategy
 * @returns {import("@caviar-hpo/tune").StrategyOptions}
 */
export function optionsOf(strategy) {
  return options[strategy] ?? {};
}

/** Fewer trials for strategies that fit a model at each ask, and for those that train few models all the way. */
const shorter = new Map([
  ["bayesopt", { plain: 16, other: 8 }],
  ["gpHyperband", { plain: 16, other: 8 }],
  ["gpAsha", { plain: 16, other: 8 }],
  ["freezeThaw", { plain: 16, other: 8 }],
  ["populationBased", { plain: 14, other: 10 }],
  ["panda", { plain: 10, other: 6 }],
]);

/**
 * How many trials a study of a log has at least.
 *
 * @param {string} strategy
 * @param {Kind} kind
 */
export function trialsOf(strategy, kind) {
  const { plain, other } = shorter.get(strategy) ?? { plain: 22, other: 10 };
  return kind === "plain" ? plain : other;
}
