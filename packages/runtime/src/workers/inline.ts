/** Evaluates jobs in this thread. It is the smallest executor, and what each worker does with the jobs that it gets. */
import { type Config, ExternalError } from "@caviar-hpo/core";
import type { ObjectiveFunction } from "@caviar-hpo/tune";
import { checkBytes } from "../log/checkBytes.ts";
import type { AttemptOutcome, Executor } from "./executor.ts";

export function inlineExecutor(objective: ObjectiveFunction<Config, Uint8Array>): Executor {
  return {
    leaseSeconds: null,
    run: async ({ config, trial, until, milestones, from, checkpoint }, listener) => {
      listener.started("this process");
      try {
        const result = await objective({
          config,
          trial,
          until,
          milestones,
          from,
          signal: listener.signal,
          load: () => checkpoint,
          save: (bytes, fidelity = until) => listener.save(checkBytes(bytes), fidelity),
          measure: (partial, fidelity) => listener.measure(partial, fidelity),
        });
        return { kind: "finished", result };
      } catch (thrown) {
        return outcomeOf(thrown);
      }
    },
    close: async () => {},
  };
}

/** An objective can say that it lost its job, or has to give its machine back: by an ExternalError "lost" or "preempted". */
function outcomeOf(thrown: unknown): AttemptOutcome {
  try {
    if (thrown instanceof ExternalError && thrown.code === "lost") return { kind: "lost", error: thrown };
    if (thrown instanceof ExternalError && thrown.code === "preempted") return { kind: "preempted" };
  } catch {
    // A proxy may throw whenever it is looked at.
  }
  return { kind: "failed", thrown };
}
