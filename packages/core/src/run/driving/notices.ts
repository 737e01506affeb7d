/**
 * The notices of the drive loop: about an objective that returns no promise, which blocks the thread while it works, and about one that
 * reports the end of a job twice.
 */
import type { Notice } from "../../contract/notice.ts";
import type { Job } from "../../contract/trial.ts";
import type { Settings } from "./settings.ts";

/** Null if the caller gave no option that a synchronous objective makes useless. */
export function synchronousNotice({
  workers,
  timeoutSeconds,
  signal,
}: Pick<Settings, "workers" | "timeoutSeconds" | "signal">): Notice | null {
  const useless = [
    workers > 1 && `only one of the ${workers} workers can work at a time`,
    timeoutSeconds !== undefined && `timeoutSeconds (${timeoutSeconds}) cannot stop it`,
    signal && "an abort waits until it returns",
  ].filter(Boolean);
  if (useless.length === 0) return null;
  return {
    code: "synchronousObjective",
    what: "objective",
    message: `it returns no promise, so ${useless.join(", and ")}`,
    remedy: "Return a promise.",
  };
}

/** @param said what the objective said after it had measured the job's end, with a verb. */
export function secondEndNotice({ trial, until }: Job, said: string): Notice {
  return {
    code: "secondEnd",
    what: "objective",
    message: `trial ${trial} measured fidelity ${until}, where its job ends, and then ${said}; the measurement counts`,
    remedy: "Measure lower fidelities only.",
  };
}
