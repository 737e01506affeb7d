export type FailureProblem = {
  readonly id: string;
  readonly d: number;
  readonly succeeds: (x: readonly number[]) => boolean;
  readonly value: (x: readonly number[]) => number;
  readonly optimum: number;
  readonly range: number;
};
export const failureProblems: readonly FailureProblem[];
export const chanceProblems: readonly Pick<FailureProblem, "id" | "d" | "value" | "optimum">[];

export type FailureShares = { readonly share: number; readonly informedShare: number };
export function failureShares(succeeded: readonly boolean[], early: number): FailureShares;
