export const measuredSeeds: readonly number[] = [5, 10, 14, 20];

export type MeasuredCoverage = {
  readonly statistic: string;
  readonly problems: number;
  readonly data: string;
  readonly replicates: number;
  readonly coverage: readonly number[];
};

export const measuredCoverage: readonly MeasuredCoverage[] = [];
