/** The notice of the drive loop about an objective that returns no promise. Such an objective blocks the thread while it works. */
import type { Notice } from "../../contract/notice.ts";
import type { Settings } from "./settings.ts";

/** Null if the caller gave no option that a synchronous objective makes useless. */
export function synchronousNotice({
  workers,
  timeoutSeconds,
  signal,
}: Pick<Settings, "workers" | "timeoutSeconds" | "signal">): Notice | null {
  const useless = [
    ...(workers > 1 ? [`only one of the ${workers} workers can work at a time`] : []),
    ...(timeoutSeconds === undefined ? [] : [`timeoutSeconds (${timeoutSeconds}) cannot stop it`]),
    ...(signal === undefined ? [] : ["an abort waits until it returns"]),
  ];
  if (useless.length === 0) return null;
  return {
    code: "synchronousObjective",
    what: "objective",
    message: `it returns a value and not a promise, so ${useless.join(", and ")}`,
    remedy: "Return a promise, for instance for work in a thread or in another process.",
  };
}
