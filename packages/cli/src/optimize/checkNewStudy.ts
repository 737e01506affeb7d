/** A mistake in the command line is found before there is a folder, so the corrected command can make another study there. */
import { type Config, type Shape, StateError } from "@caviar-hpo/core";
import { type DurableOptimizeOptions, optimizeWith, systemClock, type WorkerObjective } from "@caviar-hpo/runtime";
import { createStudy } from "@caviar-hpo/tune";
import type { CommandStudyOptions } from "./studyOptions.ts";

/** @throws what `openStudy` and `optimize` would throw: it optimises a study in memory that starts no trial. */
export async function checkNewStudy(
  opening: CommandStudyOptions,
  objective: WorkerObjective<Config>,
  limits: DurableOptimizeOptions,
): Promise<void> {
  const { waitSeconds: _wait, takeOver: _takeOver, extend: _extend, ...options } = opening;
  try {
    await optimizeWith(createStudy<Shape, Uint8Array>(options), objective instanceof URL ? noWorker : objective, {
      clock: systemClock,
      ...limits,
      finishSignal: AbortSignal.abort(),
    });
  } catch (error) {
    if (!(error instanceof StateError && error.code === "nothingSucceeded")) throw error;
  }
}

/** Stands for a module, which takes its time to load. */
const noWorker: WorkerObjective<Config> = {
  leaseSeconds: null,
  run: () => Promise.reject(new Error("no trial starts")),
  close: () => Promise.resolve(),
};
