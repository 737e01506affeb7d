/** Ids are small integers counted by the study, branded so that a trial is never mistaken for a job. */
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

export type TrialId = Brand<number, "TrialId">;
export type JobId = Brand<number, "JobId">;

export function trialId(value: number): TrialId {
  return value as TrialId;
}

export function jobId(value: number): JobId {
  return value as JobId;
}
