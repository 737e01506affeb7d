/**
 * Grid search over mixed and conditional spaces. It tries every combination once, in a random order that the key decides. So a budget
 * smaller than the grid still covers the complete grid thinly. The grid never repeats a point, not even one that was enqueued or observed.
 * It never loses a point either: if a worker is lost, another worker tries the point again, at most three times. (Other tools fail at both:
 * optuna#2039, #3256, #4870, #5489.)
 */
import {
  type Config,
  derive,
  encode,
  feasibleSetOf,
  type History,
  int,
  type Key,
  LimitError,
  type Sampler,
  type SamplerCard,
  type Space,
  type TrialId,
} from "@caviar-hpo/core";
import {
  type Context,
  historyCache,
  type OptionSpec,
  type OptionSpecs,
  readOptions,
  samplerCard,
  unseenIn,
} from "@caviar-hpo/core/contract";
import { type GridTree, gridTree, mostPoints, resolutionFor } from "./gridTree.ts";
import { shuffle } from "./shuffle.ts";

/**
 * `index` counts the points of the shuffled grid that were visited. `lost` holds the ranks to try again, and `losses` counts how many times
 * each rank was lost.
 */
export type GridState = { readonly key: Key; index: number; lost: number[]; readonly losses: { [rank: string]: number } };

export type GridOptions = {
  /**
   * How many values a real parameter has. An integer has at most this many, and a choice always has all its options. A whole number from 1
   * to 1000000, both included; 10 by default.
   */
  readonly resolution?: number;
  /**
   * The largest number of points that the grid may have. The sampler lowers the resolution if there would be more. A whole number from 1 to
   * 4503599627370496, both included; 4503599627370496 by default.
   */
  readonly points?: number;
};

export const gridOptions: OptionSpecs & Record<keyof GridOptions, OptionSpec> = {
  resolution: {
    param: int(1, 1_000_000),
    default: 10,
    doc: "How many values a real parameter has. An integer has at most this many, and a choice always has all its options.",
  },
  points: {
    param: int(1, mostPoints),
    default: mostPoints,
    doc: "The largest number of points that the grid may have. The sampler lowers the resolution if there would be more.",
  },
};

const mostRetries = 3;

/**
 * Makes a sampler that tries every combination of evenly spaced values once. It is exhausted after that.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function gridSampler(options: GridOptions = {}): Sampler<GridState> {
  const { resolution, points } = readOptions("grid", gridOptions, options);
  type Grid = { readonly tree: GridTree; readonly order: (index: number) => number };
  const grids = new WeakMap<GridState, Grid>();

  const gridOf = (state: GridState, space: Parameters<typeof gridTree>[0]): Grid => {
    let grid = grids.get(state);
    if (grid === undefined) {
      const tree = gridTree(space, resolutionFor(space, points, resolution));
      grid = { tree, order: shuffle(derive(state.key, "grid"), tree.size) };
      grids.set(state, grid);
    }
    return grid;
  };

  const noteLoss = (state: GridState, { problem, history }: Context, trial: TrialId): void => {
    const rank = gridOf(state, problem.space).tree.rank(history.trials[trial]!.config);
    if (rank === null) return;
    const losses = (state.losses[rank] ?? 0) + 1;
    state.losses[rank] = losses;
    if (losses <= mostRetries) state.lost.push(rank);
  };

  return {
    name: "grid",
    version: 1,
    can: { conditional: true, objectives: Number.MAX_SAFE_INTEGER, constraints: true, external: true },
    init: (problem, key) => {
      const state: GridState = { key, index: 0, lost: [], losses: {} };
      checkSize(gridOf(state, problem.space).tree);
      return state;
    },
    suggest: (state, context, { given }) => {
      const { problem, history, pending } = context;
      const { tree, order } = gridOf(state, problem.space);
      // A point that other values replace in part has not been tried: it stays in the grid.
      if (given !== undefined) return state.index < tree.size ? { config: tree.at(order(state.index)) } : "exhausted";
      const again = state.lost.shift();
      if (again !== undefined) return { config: feasibleAt(tree, again, problem.space) ?? tree.at(again) };
      const known = knownRanks(history, tree);
      for (const config of unseenIn(context)) known.add(tree.rank(config) ?? NaN);
      while (state.index < tree.size) {
        const rank = order(state.index);
        state.index++;
        if (known.has(rank)) continue;
        const config = feasibleAt(tree, rank, problem.space);
        if (config === null) continue;
        known.add(rank);
        return { config };
      }
      return pending.size > 0 ? "wait" : "exhausted";
    },
    tell: (state, context, report) => {
      if (report.kind === "failed" && report.reason === "lost") noteLoss(state, context, report.trial);
    },
    observe: (state, context, trial) => {
      if (context.history.trials[trial]!.failure?.reason === "lost") noteLoss(state, context, trial);
    },
  };
}

/**
 * The grid point with this rank; null where it breaks a constraint between parameters. A parameter that equalities determine is no part of
 * the grid: it takes the value that it must have.
 */
function feasibleAt(tree: GridTree, rank: number, space: Space): Config | null {
  const config = tree.at(rank);
  const set = feasibleSetOf(space);
  if (set === null) return config;
  if (set.determined.length === 0) return set.broken(config) === null ? config : null;
  return tree.isFirst(config, set.determined) ? set.at(encode(space, config)) : null;
}

export const gridCard: SamplerCard = samplerCard({
  name: "grid",
  doc: "Tries every combination of evenly spaced values once, in random order.",
  options: gridOptions,
  adaptive: false,
  dependsOn: "losses",
  sampler: gridSampler,
});

function checkSize(tree: GridTree): void {
  if (tree.size < Infinity) return;
  throw new LimitError({
    code: "gridTooLarge",
    what: "grid",
    expected: `at most ${mostPoints} combinations`,
    got: "more combinations, even with one value per real parameter",
    remedy: "Use random or sobol, or remove some of the choices.",
  });
}

/** The ranks of all configurations in the history. It reads only the trials that are new since the last call. */
function knownRanks(history: History, tree: GridTree): Set<number> {
  const cache = historyCache(history, "grid ranks", () => ({ trials: 0, ranks: new Set<number>() }));
  while (cache.trials < history.trials.length) {
    const rank = tree.rank(history.trials[cache.trials]!.config);
    if (rank !== null) cache.ranks.add(rank);
    cache.trials++;
  }
  return cache.ranks;
}
