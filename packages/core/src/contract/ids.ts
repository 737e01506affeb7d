/** Ids are small integers that the study counts. Their types differ, so that a trial is never mistaken for a job. */
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** The id of a trial, counted from 0. */
export type TrialId = Brand<number, "TrialId">;
/** The id of a job, counted from 0. */
export type JobId = Brand<number, "JobId">;

/** The trial with this number. */
export function trialId(value: number): TrialId {
  return value as TrialId;
}

/** The job with this number. */
export function jobId(value: number): JobId {
  return value as JobId;
}
