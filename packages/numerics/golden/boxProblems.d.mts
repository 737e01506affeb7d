export type BoxProblem = {
  readonly name: string;
  /** The value at x; fills g with the gradient. */
  readonly f: (x: Float64Array, g: Float64Array) => number;
  readonly start: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly minimum: number | null;
};
export declare const boxProblems: readonly BoxProblem[];
