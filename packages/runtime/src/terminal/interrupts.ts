/** Ctrl-C: the first one finishes the running trials, the second one stops them, and a third one ends the process as usual. */
import type { EventEmitter } from "node:events";
import { StateError } from "@caviar-hpo/core";

/** What emits SIGINT for each Ctrl-C, and SIGTERM: the process, or what a test gives. */
export type SignalSource = Pick<EventEmitter, "on" | "off">;

export type Interrupts = {
  /** Aborted by the first Ctrl-C. */
  readonly finishSignal: AbortSignal;
  /** Aborted by the second Ctrl-C, and by SIGTERM. */
  readonly signal: AbortSignal;
  /** What has come so far; null for nothing. */
  readonly by: "SIGINT" | "SIGTERM" | null;
  /** Listens no more. */
  end(): void;
};

export type InterruptListeners = {
  /** Called before `finishSignal` is aborted. */
  readonly onFinish: () => void;
  /** Called before `signal` is aborted. */
  readonly onStop: () => void;
};

/** The reason of `finishSignal`, which the log of the study keeps. */
const byCtrlC = "Ctrl-C ended it early.";

export function interruptsOf(source: SignalSource, { onFinish, onStop }: InterruptListeners): Interrupts {
  const [finish, stop] = [new AbortController(), new AbortController()];
  let by: Interrupts["by"] = null;
  const end = (): void => {
    source.off("SIGINT", interrupt);
    source.off("SIGTERM", terminate);
  };
  const stopNow = (): void => {
    end();
    onStop();
    stop.abort();
  };
  const interrupt = (): void => {
    const again = by === "SIGINT";
    by ??= "SIGINT";
    if (again) stopNow();
    else {
      onFinish();
      finish.abort(byCtrlC);
    }
  };
  const terminate = (): void => {
    by = "SIGTERM";
    stopNow();
  };
  source.on("SIGINT", interrupt);
  source.on("SIGTERM", terminate);
  return {
    finishSignal: finish.signal,
    signal: stop.signal,
    get by() {
      return by;
    },
    end,
  };
}

/** The error of a call of `optimize` that was stopped at once. */
export function interrupted(folder: string, by: NonNullable<Interrupts["by"]>): StateError {
  return new StateError({
    code: by === "SIGINT" ? "interrupted" : "terminated",
    what: `study ${folder}`,
    expected: "an end of optimize",
    got: by === "SIGINT" ? "Ctrl-C twice" : `the signal ${by}`,
    remedy: "Open the study again, and call optimize. It first runs the trials that were stopped.",
  });
}
