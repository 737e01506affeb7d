export type { AttemptOutcome, Executor, JobListener, Lease, LeasedJob } from "./executor.ts";
export { inlineExecutor } from "./inline.ts";
