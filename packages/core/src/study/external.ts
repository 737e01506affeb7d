/** Trials from outside: configurations to try next, and results of other measurements. The strategy must accept such points. */

import { ConfigError } from "../contract/errors.ts";
import { settleFidelity } from "../contract/fidelity.ts";
import { measure, readTold, type Told } from "../contract/measurement.ts";
import { checkConfig } from "../space/config.ts";
import type { Config } from "../space/param.ts";
import { show } from "../text/show.ts";
import { checkExternal, checkOpen, checkReached } from "./checks.ts";
import { type Fold, keep } from "./fold.ts";

export function enqueue(fold: Fold, config: Config, atMs: number): void {
  checkOpen(fold.closed);
  checkExternal(fold.strategy);
  keep(fold, { kind: "enqueued", config: checkConfig(fold.problem.space, config), atMs });
}

export function observe(fold: Fold, config: Config, given: Told, atMs: number): void {
  const { problem } = fold;
  checkOpen(fold.closed);
  checkExternal(fold.strategy);
  const checked = checkConfig(problem.space, config);
  const told = readTold(given);
  const max = problem.fidelity?.max ?? 1;
  const fidelity = settleFidelity(problem, told.fidelity ?? max, [max]);
  const measurement = measure(problem, told, fidelity, null);
  checkReached(problem, "fidelity of an observed measurement", fidelity);
  if (measurement === null) {
    throw new ConfigError({
      code: "badMeasurement",
      what: "observed measurement",
      expected: "finite numbers",
      got: show(told.values.join(", ")),
      remedy: "Do not pass failed results.",
    });
  }
  keep(fold, { kind: "observed", config: checked, measurement, directives: [], atMs });
}
