/** Prints the plan of a scheduler that does not plan how many trials it trains: the fidelities at which it decides. */
import { type Fidelity, type Json, root, type Scheduler } from "@caviar-hpo/core";

export function describeRungs<S extends Json>(scheduler: Scheduler<S>, fidelity: Fidelity): string {
  const rungs = scheduler.rungs(scheduler.init(fidelity, root(0)));
  return `${scheduler.name} decides at ${rungs.join(", ")} ${fidelity.unit}`;
}
