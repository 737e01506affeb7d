/**
 * Executors: what runs jobs. The executors of this folder run them in threads, processes and commands of this machine. An executor of your
 * own can hand them to a queue of other machines. `attempts.ts` stands between a study and its executor: it grants the leases, runs lost
 * jobs again, and judges late results.
 *
 * The rules of an executor:
 *
 * 1. A job that `run` gets is an attempt with a lease. What the worker says goes to the listener of that attempt and to no other: the token
 *    of the lease tells which one it is. A worker that comes back late has an old token.
 * 2. Where the worker is on another machine, or can stop without ending, it renews the lease. It does so from outside the thread that
 *    evaluates, because an evaluation may block its thread. An executor that sees the end of its workers itself has `leaseSeconds: null`.
 * 3. A worker that ends without an answer is "lost", and so is one whose lease runs out. The job then runs again in a new attempt. If the
 *    result of the lost attempt still comes, `run` resolves to it all the same.
 * 4. A worker that has to give its machine back is "preempted". The job runs again, and this counts as no loss.
 * 5. When the signal of the listener aborts, the worker is asked to stop, and is ended by force some seconds later. `run` resolves once
 *    nothing of the attempt is running on this machine.
 */
import type { CaviarError, Job, Signal } from "@caviar-hpo/core";
import type { Result } from "@caviar-hpo/tune";

/** The right to evaluate a job. */
export type Lease = {
  /** 128 random bits in hexadecimal. Each attempt has another token. */
  readonly token: string;
  /** For how long it holds without a renewal; null for an executor that sees the end of its workers itself. */
  readonly seconds: number | null;
};

/** An attempt to evaluate a job. It is plain data but for the checkpoint. */
export type LeasedJob = Pick<Job, "id" | "trial" | "config" | "from" | "until" | "milestones"> & {
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly lease: Lease;
  /** What was saved at `from`; null to start from scratch. */
  readonly checkpoint: Uint8Array | null;
};

/** Hears what the worker of one attempt says. */
export type JobListener = {
  /** Aborts when the result of the attempt is no longer wanted. */
  readonly signal: Signal;
  /** A worker has taken the job. `timeoutSeconds` and the lease begin here. The name says which worker it is, for instance in the log. */
  started(worker: string): void;
  /** Renews the lease. False once it is lost: the worker can stop. */
  renew(): boolean;
  /** A measurement below `until`. It returns false if the job has ended: the worker can stop. */
  measure(result: Result, fidelity: number): boolean;
  /** A checkpoint of a fidelity. */
  save(checkpoint: Uint8Array, fidelity: number): void;
};

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: "finished"; readonly result: Result | { readonly infeasible: true } }
  /** The evaluation has failed, and would fail again. */
  | { readonly kind: "failed"; readonly thrown: unknown }
  /** The worker is gone. */
  | { readonly kind: "lost"; readonly error: CaviarError }
  /** The worker had to give its machine back. */
  | { readonly kind: "preempted" };

/** Runs jobs. */
export type Executor = {
  /** How long a lease holds without a renewal, at least three renewals. null if the executor sees the end of its workers itself. */
  readonly leaseSeconds: number | null;
  /** Runs an attempt. It never rejects. Several attempts run at the same time; those without a free worker wait. */
  run(job: LeasedJob, listener: JobListener): Promise<AttemptOutcome>;
  /** Ends all workers. Resolves once none of them runs on this machine. */
  close(): Promise<void>;
};
