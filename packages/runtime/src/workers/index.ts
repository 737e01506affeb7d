export type { Executor, JobListener, JobOutcome, Lease, LeasedJob } from "./executor.ts";
export { inlineExecutor } from "./inline.ts";
