/** What both benches search, and by which points: kept so plain that what a scheduler costs can be seen. */
import { createSpace, decode, derive, real, stream } from "@caviar-hpo/core";

export const problem = {
  space: createSpace({ rate: real(1e-4, 1, { scale: "log" }), decay: real(0, 1) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epoch", min: 1, max: 81, whole: true },
  resumable: true,
};

export const uniform = {
  name: "uniform",
  version: 1,
  can: { conditional: true, objectives: 1, constraints: true, external: true },
  init: (_problem, key) => ({ key, index: 0 }),
  suggest: (state) => {
    state.index++;
    const source = stream(derive(state.key, state.index));
    return { config: decode(problem.space, Float64Array.of(source.uniform(), source.uniform())) };
  },
  tell: () => {},
};
