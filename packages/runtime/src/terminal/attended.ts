/** `optimize` of a durable study in front of a user: a stream shows the progress, and Ctrl-C finishes the running trials. */
import type { Notice } from "@caviar-hpo/core";
import type { Progress } from "@caviar-hpo/tune";
import type { DurableOptimizeOptions } from "../workers/optimize.ts";
import { interrupted, interruptsOf, type SignalSource } from "./interrupts.ts";
import type { TerminalStream } from "./liveLine.ts";
import { liveOutput } from "./liveOutput.ts";
import { studyProgress } from "./studyProgress.ts";

/** Who attends to a call. */
export type Attendance = {
  readonly stderr: TerminalStream;
  readonly signals: SignalSource;
  /** Whether `stderr` shows the progress. */
  readonly progress: boolean;
  /** Whether Ctrl-C and SIGTERM end the call. */
  readonly interrupts: boolean;
};

/** The study, as far as this file needs it. */
export type AttendedStudy = { readonly folder: string; close(): void };

/**
 * Resolves to what `optimize` gives.
 *
 * The second Ctrl-C closes the study before it stops the trials. So the log has them as running, and the next call runs them again.
 *
 * @throws StateError "interrupted" after the second Ctrl-C, and after SIGTERM; what `optimize` throws.
 */
export async function attended<T>(
  study: AttendedStudy,
  given: DurableOptimizeOptions,
  { stderr, signals, progress, interrupts }: Attendance,
  optimize: (options: DurableOptimizeOptions) => Promise<T>,
): Promise<T> {
  const display = progress ? displayOf(stderr, given) : null;
  const say = (text: string): void => {
    display?.clear();
    stderr.write(`${text}\n`);
  };
  const ctrlC = interrupts
    ? interruptsOf(signals, {
        onFinish: () => say("The running trials finish first. Press Ctrl-C again to stop them at once: no result is lost."),
        onStop: () => {
          say("Stopping. The next start runs the stopped trials again.");
          study.close();
        },
      })
    : null;
  const signalOptions = ctrlC === null ? {} : { finishSignal: ctrlC.finishSignal, signal: ctrlC.signal };
  try {
    return await optimize({ ...given, ...display?.options, ...signalOptions });
  } catch (error) {
    throw ctrlC?.signal.aborted ? interrupted(study.folder, ctrlC.by!) : error;
  } finally {
    ctrlC?.end();
    display?.clear();
  }
}

/** The options that draw the progress of a call. On a terminal, notices and what workers print go above the line of the progress. */
function displayOf(stderr: TerminalStream, { trials, onProgress, onOutput, onNotice }: DurableOptimizeOptions) {
  const line = studyProgress(stderr, trials ?? null);
  const output = liveOutput(stderr, line.end);
  return {
    clear: (): void => {
      line.end();
      output.flush();
    },
    options: {
      onOutput: onOutput ?? output.write,
      onProgress: (progress: Progress<unknown>): void => {
        line.update(progress);
        onProgress?.(progress);
      },
      ...(onNotice === undefined
        ? {}
        : {
            onNotice: (notice: Notice): void => {
              line.end();
              onNotice(notice);
            },
          }),
    },
  };
}
