/**
 * `optimize` of a study in a folder: its log gets to know who ran each job, and how the call ended. While workers run the trials, standard
 * error shows the progress, and Ctrl-C finishes the running trials.
 */
import type { Signal } from "@caviar-hpo/core";
import { anything, below, boolean, named, optionsRoot } from "@caviar-hpo/core/read";
import type { Best, Ending, Study } from "@caviar-hpo/tune";
import { systemClock } from "../systemClock.ts";
import { attended } from "../terminal/attended.ts";
import { type DurableOptimizeOptions, optimizeWith, type WorkerObjective } from "../workers/optimize.ts";
import type { Stored } from "./storedCore.ts";

/** A study and where it is stored. */
export type StoredSite<C> = { readonly study: Study<C, Uint8Array>; readonly stored: Stored; readonly folder: string };

/** @throws as `optimizeWith`; StateError "interrupted" after the second Ctrl-C. */
export async function optimizeStored<C>(
  { study, stored, folder }: StoredSite<C>,
  objective: WorkerObjective<C>,
  given: DurableOptimizeOptions,
): Promise<Best<C>> {
  const { progress, ...options } = members(given, root) as DurableOptimizeOptions;
  const hasWorkers = typeof objective !== "function";
  const { stderr } = process;
  return attended(
    { folder, close: stored.close },
    options,
    {
      stderr,
      signals: process,
      progress: progress === undefined ? hasWorkers && stderr.isTTY : boolean(progress, below(root, "progress")),
      // The function of a program that runs the trials itself has its own way with Ctrl-C.
      interrupts: hasWorkers && options.signal === undefined && options.finishSignal === undefined,
    },
    (options) =>
      optimizeWith(
        study,
        objective,
        {
          ...(hasWorkers || options.timeoutSeconds !== undefined || options.maxSeconds !== undefined ? { clock: systemClock } : {}),
          ...options,
          onEnd: (given) => {
            const ending = withReason(given, options.finishSignal);
            stored.end(ending.rule, ending.reason);
            options.onEnd?.(ending);
          },
        },
        stored.assign,
      ),
  );
}

/** The reason of `finishSignal` can be a sentence, which then says why the work has ended. */
function withReason(ending: Ending, finishSignal: Signal | undefined): Ending {
  const reason: unknown = finishSignal?.reason;
  return ending.rule === "finished" && typeof reason === "string" ? { ...ending, reason } : ending;
}

const root = optionsRoot("optimize");
const members = named(anything, Number.MAX_SAFE_INTEGER);
