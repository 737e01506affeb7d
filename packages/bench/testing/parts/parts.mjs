/** Strategies and problems of a module, as a user writes them. */
import { decode, derive, real, stream } from "@caviar-hpo/core";
import { findStrategy } from "@caviar-hpo/tune";

const uniform = (state, space) => {
  const source = stream(derive(state.key, state.asked++));
  return decode(space, Float64Array.from({ length: space.dims }, source.uniform));
};

/** A sampler by a function of its options. */
export const sampler = ({ version = 3 } = {}) => ({
  name: "mine",
  version,
  can: { conditional: false, objectives: 1, constraints: false, external: true },
  init: (_problem, key) => ({ key, asked: 0 }),
  suggest: (state, { problem }) => ({ config: uniform(state, problem.space) }),
  tell: () => {},
});

/** A card: that of a shipped strategy under another name. */
const random = findStrategy("random");
export const card = { ...random, name: "other", create: (options) => ({ ...random.create(options), name: "other" }) };

/** It throws when it is told of its third trial. */
export const clumsy = () => ({
  ...sampler(),
  tell: (_state, { history }) => {
    if (history.trials.length === 3) throw new TypeError("cannot read properties of a trial");
  },
});

export const nothing = 42;

export const square = {
  title: "A square",
  space: { x: real(-1, 2), y: { kind: "real", low: 0, high: 1 } },
  goal: "minimize",
  evaluate: ({ x, y }) => x * x + y * y + 1,
  optimum: 1,
};

export const noisySquare = { ...square, noise: { model: "additive", sd: 0.5 } };

export const accuracy = {
  space: [{ name: "depth", kind: "int", low: 1, high: 9 }],
  goal: "maximize",
  evaluate: ({ depth }) => 1 - Math.abs(depth - 6) / 10,
  bound: 1,
};

export const loose = { ...square, optimum: undefined, bound: 1.5 };

export const promising = { ...square, evaluate: async ({ x }) => x };
