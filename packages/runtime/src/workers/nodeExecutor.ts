/** Runs jobs in workers in Node. Each seat keeps its worker for the next job, until the worker has ended or done something wrong. */
import { ExternalError } from "@caviar-hpo/core";
import type { AttemptOutcome, Executor, JobListener, LeasedJob } from "./executor.ts";
import type { OpenLink } from "./link.ts";
import { type NodeWorker, startNodeWorker } from "./nodeWorker.ts";
import type { WorkerSeat, WorkerSeats } from "./seats.ts";

export type NodeExecutorSettings = {
  readonly seats: WorkerSeats;
  readonly openLink: OpenLink;
  /** The URL of the module. */
  readonly objective: string;
  readonly leaseSeconds: number | null;
  readonly killAfterSeconds: number;
  /** Called when all workers have ended. */
  readonly onClosed: () => void;
};

/** An executor whose first worker is ready. @throws ConfigError for a module that is no objective. */
export async function openNodeExecutor(settings: NodeExecutorSettings): Promise<Executor> {
  const { seats, openLink, objective, killAfterSeconds } = settings;
  const workers = new Map<WorkerSeat, NodeWorker>();
  let closed = false;
  const workerIn = (seat: WorkerSeat): NodeWorker => {
    const known = workers.get(seat);
    if (known?.isUsable() === true) return known;
    const worker = startNodeWorker(openLink, seat.environment, objective, killAfterSeconds);
    workers.set(seat, worker);
    return worker;
  };
  const run = async (seat: WorkerSeat, job: LeasedJob, listener: JobListener): Promise<AttemptOutcome> => {
    if (closed || listener.signal.aborted) return notWanted;
    const worker = workerIn(seat);
    try {
      await worker.ready;
    } catch (thrown) {
      await worker.close();
      return thrown instanceof ExternalError && thrown.code === "lost" ? { kind: "lost", error: thrown } : { kind: "failed", thrown };
    }
    const outcome = await (closed || listener.signal.aborted ? notWanted : worker.run(job, listener));
    if (!worker.isUsable()) await worker.close();
    return outcome;
  };
  const close = async (): Promise<void> => {
    closed = true;
    await Promise.all([...workers.values()].map((worker) => worker.close()));
    settings.onClosed();
  };
  try {
    await workerIn(seats.all[0]!).ready;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    leaseSeconds: settings.leaseSeconds,
    run: async (job, listener) => {
      const seat = await seats.take();
      try {
        return await run(seat, job, listener);
      } finally {
        seats.free(seat);
      }
    },
    close,
  };
}

const notWanted: AttemptOutcome = {
  kind: "failed",
  thrown: new ExternalError({
    code: "stopped",
    what: "worker",
    expected: "a job that is wanted",
    got: "one that was stopped before it began",
    remedy: "Nothing needs to be done.",
  }),
};
