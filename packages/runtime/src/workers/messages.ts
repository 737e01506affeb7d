/**
 * What a study and a worker in Node say to each other, as lines of JSON. Checkpoints travel next to them: as bytes between threads, and in
 * files of the worker's folder between processes.
 */
import type { JobId, TrialId } from "@caviar-hpo/core";
import { anything, type Decoder, nullable, object, oneOf, string, tagged, whole } from "@caviar-hpo/core/read";
import type { LeasedJob } from "./executor.ts";

/** The version of this conversation. */
export const protocolVersion = 1;

/** To the worker. A message that names a token is for the attempt with that lease. */
export type ToWorker =
  | { readonly kind: "run"; readonly token: string; readonly job: Omit<LeasedJob, "lease" | "checkpoint">; readonly hasCheckpoint: boolean }
  /** The answer to a measurement: whether the job is still wanted. */
  | { readonly kind: "answer"; readonly wanted: boolean }
  | { readonly kind: "cancel"; readonly token: string }
  | { readonly kind: "end" };

/** Why a module is no objective. */
export type Unusable = "typescript" | "noFunction" | "notLoaded";

/** From the worker. The study judges results and fidelities. */
export type FromWorker =
  | { readonly kind: "ready"; readonly protocol: unknown }
  | { readonly kind: "unusable"; readonly why: Unusable; readonly error: string }
  /** The worker is about to end, because nothing has caught this error. */
  | { readonly kind: "uncaught"; readonly error: string }
  | { readonly kind: "measured"; readonly token: string; readonly fidelity: unknown; readonly result?: unknown }
  /** The bytes are in the file with this number; null if they come with the message. */
  | { readonly kind: "saved"; readonly token: string; readonly fidelity: unknown; readonly file: number | null }
  | { readonly kind: "finished"; readonly token: string; readonly result?: unknown }
  | { readonly kind: "failed"; readonly token: string; readonly reason: "failed" | "lost" | "preempted"; readonly error: string };

const [token, result] = [string, anything];

export const readFromWorker: Decoder<FromWorker> = tagged({
  ready: object({ kind: oneOf("ready"), protocol: anything }),
  unusable: object({ kind: oneOf("unusable"), why: oneOf("typescript", "noFunction", "notLoaded"), error: string }),
  uncaught: object({ kind: oneOf("uncaught"), error: string }),
  measured: object({ kind: oneOf("measured"), token, fidelity: anything }, { result }),
  saved: object({ kind: oneOf("saved"), token, fidelity: anything, file: nullable(whole(0, Number.MAX_SAFE_INTEGER)) }),
  finished: object({ kind: oneOf("finished"), token }, { result }),
  failed: object({ kind: oneOf("failed"), token, reason: oneOf("failed", "lost", "preempted"), error: string }),
});

/** The message with a job, as the worker reads it. */
export type RunMessage = Extract<ToWorker, { readonly kind: "run" }> & { readonly job: { readonly id: JobId; readonly trial: TrialId } };

/** The name of a file with a checkpoint that the worker saved. */
export function savedFile(index: number): string {
  return `saved-${index}`;
}

/** The name of the file with the checkpoint to start from. */
export const loadFile = "load";
