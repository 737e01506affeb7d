/** What a run spends while it is under way, so that a run that fails has its costs too. */
import type { Event, Simulation } from "@caviar-hpo/core";
import type { RunCosts } from "@caviar-hpo/report";

export type Meter = {
  /** An event of the run's study. */
  event(event: Event): void;
  /** The run has measured. @param resource all that it has spent by then, in units of fidelity. */
  measured(resource: number): void;
  /** In units of fidelity. @param simulation null for a run that failed. */
  costs(simulation: Pick<Simulation, "resource" | "seconds"> | null): RunCosts;
};

export function createMeter(): Meter {
  let evaluations = 0;
  let resource = 0;
  /** Resource that jobs did not spend, because they continued from a checkpoint. */
  let saved = 0;
  let time = 0;
  return {
    event: (event) => {
      time = event.atMs / 1000;
      if (event.kind === "asked") for (const { from } of event.jobs) saved += from?.fidelity ?? 0;
    },
    measured: (total) => {
      evaluations++;
      resource = total;
    },
    costs: (simulation) => {
      const spent = simulation?.resource.total ?? resource;
      return { evaluations, resource: spent, scratch: spent + saved, time: simulation?.seconds ?? time };
    },
  };
}
