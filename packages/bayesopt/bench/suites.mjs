/**
 * The problems of the benchmark, in suites. An entry names a problem, its budget, the budgets at which regret is printed (with the target
 * that the median must reach, if there is one) and how to make its instance number `seed`. An instance holds the contract's problem, the
 * true value of a configuration, what the strategy is told of it where that differs, the optimum, and the unit in which its regrets are
 * normalised (the median regret of random points).
 */
import { decode, derive, root, stream } from "@caviar-hpo/core";
import { asProblem, instance, mixedFunction, mixedInstance, noisy, testFunction, toPoint } from "@caviar-hpo/objectives";

/**
 * The table of targets: medians over 20 seeds on boxes cropped per seed. `known` is the best median that a default engine reached on the
 * standard boxes (Optuna 5 GP, TPE, BoTorch, SMAC3, HEBO, TuRBO-1, bayes_opt; 1 to 10 seeds): an order of magnitude, not a gate.
 */
const classical = [
  synthetic("branin", 50, [
    [20, null, 0.013],
    [30, 1e-4, 4e-5],
    [50, 3e-7, 3.7e-7],
  ]),
  synthetic("hartmann3", 50, [[50, 3e-5, 3.7e-5]]),
  synthetic(
    "hartmann6",
    100,
    [
      [50, 1e-3, 3.4e-3],
      [100, 4e-5, 8.9e-5],
    ],
    { name: "out of the 0.12 basin", below: 0.1, share: 0.9, budget: 100 },
  ),
  synthetic("rosenbrock-d5", 100, [[100, 4, 6.3]]),
  synthetic("ackley-d5", 100, [[100, 2, 2.9]]),
  synthetic("levy-d5", 100, [[100, 0.15, 0.3]]),
  synthetic("styblinski-tang-d5", 100, [[100, 8, 16]]),
  synthetic("shekel10", 100, [[100, 6, 6.6]]),
  synthetic("michalewicz-d5", 100, [[100, 1, 1.3]]),
  synthetic("rastrigin-d4", 100, [[100, 10, 16]]),
];

/** Long, so only on request. */
const long = [synthetic("ackley-d10", 200, [[200, 2, 2.4]])];

/** Ax's registry: its budgets, and its baselines, the expected best of five Sobol points, from which the score counts. */
const ax = [
  ["branin", 30, 10.93],
  ["hartmann3", 30, -2.3423],
  ["hartmann6", 35, -0.79699],
  ["ackley-d4", 40, 19.837],
  ["levy-d4", 40, 14.199],
  ["griewank-d4", 40, 60.037],
  ["powell-d4", 40, 932.31],
  ["rosenbrock-d4", 40, 30143.8],
].map(([id, budget, baseline]) => ({ ...synthetic(id, budget, [[budget, null, null]]), baseline }));

/** Additive normal noise; the regret is that of the recommended configuration without noise. */
const noisySuite = [
  { ...synthetic("branin", 50, [[30], [50]]), title: "branin + N(0, 1)", sd: 1, recommended: true },
  { ...synthetic("hartmann6", 100, [[50], [100]]), title: "hartmann6 + N(0, 0.1^2)", sd: 0.1, recommended: true },
];

/**
 * Categories, conditions, whole numbers. The instances of bbob-mixint are COCO's, their number is the seed. Papers publish these problems
 * as figures, so the target at 100 trials is what was measured here: the median of Optuna 5.0.0's TPE with `group=True`, on seeds 1 to 20.
 */
const mixed = [
  ...Object.entries({ func2c: 9.4e-4, func3c: 0.0424, "jenatton-tree": 0.00166 }).map(([id, target]) =>
    mixedProblem(id, target, (seed, cropped) => {
      const fn = mixedFunction(id);
      return cropped ? mixedInstance(fn, keyOf(seed, id, "instance")) : fn;
    }),
  ),
  ...Object.entries({
    ...{ "f1-d5": 0.00368, "f3-d5": 0.255, "f8-d5": 0.118, "f10-d5": 5.54, "f15-d5": 1.91, "f17-d5": 5.34, "f21-d5": 4.59 },
    ...{ "f8-d10": 9.2, "f15-d10": 8.06 },
  }).map(([name, target]) => mixedProblem(`bbob-mixint-${name}`, target, (seed) => mixedFunction(`bbob-mixint-${name}-i${seed}`))),
];

function mixedProblem(id, target, make) {
  return { ...synthetic(id, 100, [[50], [100, target, target]]), make: (seed, cropped) => fromMixed(make(seed, cropped)) };
}

/** Small tuning tasks: the instances on which cautious asks were chosen. The function stays the same for every seed. */
const rugged = ["plateaus", ...Array.from({ length: 24 }, (_, k) => `rugged-i${k + 1}`)].map((id) => ({
  ...synthetic(id, 50, [[20], [50]]),
  make: () => fromMixed(mixedFunction(id)),
}));

/** BBOB: the instance is the seed, so 1 to 15 are those that defaults are chosen on. COCO's box and optimum, never cropped. */
function bbob(dimensions) {
  return dimensions.flatMap((dimension) =>
    Array.from({ length: 24 }, (_, k) => {
      const budget = Math.min(100, 20 * dimension + 10);
      const group = ["separable", "moderate", "ill-conditioned", "multimodal", "weak structure"][
        [5, 9, 14, 19, 24].findIndex((last) => k < last)
      ];
      return {
        ...synthetic(`bbob-f${k + 1}-d${dimension}`, budget, [[Math.ceil(budget / 2)], [budget]]),
        group: `${group}, ${dimension}-D`,
        make: (seed) => fromFunction(testFunction(`bbob-f${k + 1}-d${dimension}-i${seed}`)),
      };
    }),
  );
}

/** @param {string} name one of `suiteNames`. */
export function suite(name, { dimensions = [2, 3, 5, 10], long: withLong = false } = {}) {
  if (name === "classical") return withLong ? [...classical, ...long] : classical;
  if (name === "ax") return ax;
  if (name === "noisy") return noisySuite;
  if (name === "mixed") return mixed;
  if (name === "rugged") return rugged;
  if (name === "bbob") return bbob(dimensions);
  throw new RangeError(`--suite: expected ${suiteNames.join(", ")}, got ${name}.`);
}

export const suiteNames = ["classical", "bbob", "mixed", "rugged", "noisy", "ax"];

/**
 * Whether a suite's boxes are cropped unless the command says otherwise: BBOB's optima are placed at random already, Ax's baselines hold on
 * its own boxes.
 */
export const croppedByDefault = (name) => ["classical", "mixed", "noisy"].includes(name);

function synthetic(id, budget, checkpoints, basin = null) {
  return {
    id,
    title: id,
    budget,
    checkpoints: checkpoints.map(([at, target = null, known = null]) => ({ at, target, known })),
    basin,
    make: (seed, cropped) => fromFunction(cropped ? instance(testFunction(id), keyOf(seed, id, "instance")) : testFunction(id)),
  };
}

/** The instance of `entry` with number `seed`: the same for every strategy and peer. */
export function makeInstance(entry, seed, cropped) {
  const made = entry.make(seed, cropped);
  if (entry.sd === undefined) return made;
  const replicates = new Map();
  const observe = noisy(made.fn, { model: "additive", sd: entry.sd }, keyOf(seed, entry.id, "noise"));
  return {
    ...made,
    observe: (config) => {
      const point = toPoint(made.fn, config);
      const name = point.join(" ");
      const replicate = replicates.get(name) ?? 0;
      replicates.set(name, replicate + 1);
      return observe(point, replicate);
    },
  };
}

function fromFunction(fn) {
  return finished({ problem: asProblem(fn), evaluate: (config) => fn.evaluate(toPoint(fn, config)), optimum: fn.optimum.value, fn });
}

function fromMixed(fn) {
  return finished({ problem: asProblem(fn), evaluate: fn.evaluate, optimum: fn.optimum.value, fn });
}

/** With the unit of its regrets: the median regret of 999 random configurations, the same for everyone. */
function finished(made) {
  const draws = stream(derive(root("bench:bayesopt"), "unit"));
  const regrets = Float64Array.from({ length: 999 }, () => {
    const unit = Float64Array.from({ length: made.problem.space.dims }, () => draws.uniform());
    return made.evaluate(decode(made.problem.space, unit)) - made.optimum;
  }).sort();
  return { ...made, unit: regrets[499] };
}

function keyOf(seed, id, purpose) {
  return derive(root("bench:bayesopt"), purpose, id, seed);
}
