/**
 * A small model of choosing a learner and its settings: three learners, each with settings of its own that exist only with it. A learner
 * costs an offset, 0.2 for "linear", 0.1 for "tree" and 0 for "network", and every setting adds the square of its distance from its best
 * value, on the scale of the setting. So the minimum is 0 and exact. A strategy that stays with the learner that is easiest to tune stops
 * at 0.1 or 0.2.
 */
import { type Config, checkConfig, choice, createSpace, given, int, real } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import type { MixedFunction } from "./mixedFunction.ts";

/** The choice of a learner with its settings. The minimum is 0, at one configuration. */
export function pipeline(): MixedFunction {
  return {
    id: "pipeline",
    title: "A learner and its settings",
    space,
    evaluate,
    optimum: { value: 0, tolerance: 1e-30 },
    minimisers: [{ learner: "network", learningRate: 0.01, layers: 3, dropout: 0.25 }],
    minimisersComplete: true,
    source: "@caviar-hpo/objectives",
  };
}

const space = createSpace([
  ["learner", choice(["linear", "tree", "network"])],
  ["penalty", given("learner", ["linear"], real(1e-6, 1, { scale: "log" }))],
  ["depth", given("learner", ["tree"], int(1, 16))],
  ["leaf", given("learner", ["tree"], int(1, 64, { scale: "log" }))],
  ["learningRate", given("learner", ["network"], real(1e-5, 1, { scale: "log" }))],
  ["layers", given("learner", ["network"], int(1, 6))],
  ["dropout", given("learner", ["network"], real(0, 0.75))],
]);

function evaluate(config: Config): number {
  const active = checkConfig(space, config);
  const setting = (name: string): number => active[name] as number;
  switch (active.learner) {
    case "linear":
      return 0.2 + square(log(setting("penalty") / 1e-3) / 4);
    case "tree":
      return 0.1 + square((setting("depth") - 6) / 5) + square(log(setting("leaf") / 4) / 2);
    default:
      return (
        square(log(setting("learningRate") / 0.01) / 2) + square((setting("layers") - 3) / 2) + square(2 * (setting("dropout") - 0.25))
      );
  }
}

function square(x: number): number {
  return x * x;
}
