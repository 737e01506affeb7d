/** What the drive loop gives notice of: an objective that returns its result without a promise, and so blocks the thread while it works. */
import type { Notice } from "../../contract/notice.ts";
import type { Settings } from "./settings.ts";

/** null where no option was given that a synchronous objective makes useless. */
export function synchronousNotice({
  workers,
  timeoutSeconds,
  signal,
}: Pick<Settings, "workers" | "timeoutSeconds" | "signal">): Notice | null {
  const useless = [
    ...(workers > 1 ? [`only one of the ${workers} workers works at a time`] : []),
    ...(timeoutSeconds === undefined ? [] : [`timeoutSeconds (${timeoutSeconds}) cannot end it`]),
    ...(signal === undefined ? [] : ["no abort reaches it while it works"]),
  ];
  if (useless.length === 0) return null;
  return {
    code: "synchronousObjective",
    what: "objective",
    message: `it returns a value, not a promise, so ${useless.join(", and ")}`,
    remedy: "Return a promise, for instance of work in a thread or another process.",
  };
}
