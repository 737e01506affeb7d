/**
 * How often intervals at the 95 % level contained the true value in simulations, for each number of seeds in `measuredSeeds`. Where the
 * problems are the sample, these are numbers of problems. 0 means that there is no interval. Written by
 * `npm run bench:coverage -- --write`.
 */
export const measuredSeeds: readonly number[] = [5, 10, 14, 20];

export type MeasuredCoverage = {
  readonly statistic: string;
  readonly problems: number;
  /** The distribution of the data. */
  readonly data: string;
  readonly replicates: number;
  readonly coverage: readonly number[];
};

export const measuredCoverage: readonly MeasuredCoverage[] = [
  { statistic: "mean rank", problems: 1, data: "normal", replicates: 2000, coverage: [0.977, 0.973, 0.97, 0.956] },
  { statistic: "mean rank", problems: 1, data: "skewed", replicates: 2000, coverage: [0.9795, 0.98, 0.9705, 0.965] },
  { statistic: "mean rank", problems: 1, data: "heavy-tailed", replicates: 2000, coverage: [0.976, 0.9675, 0.9655, 0.9585] },
  { statistic: "mean rank", problems: 6, data: "normal", replicates: 2000, coverage: [0.9615, 0.9645, 0.9615, 0.955] },
  { statistic: "mean rank", problems: 6, data: "skewed", replicates: 2000, coverage: [0.967, 0.964, 0.955, 0.959] },
  { statistic: "mean rank", problems: 6, data: "heavy-tailed", replicates: 2000, coverage: [0.9595, 0.954, 0.9455, 0.963] },
  { statistic: "difference of two mean ranks", problems: 1, data: "normal", replicates: 400, coverage: [0.995, 0.973, 0.983, 0.98] },
  { statistic: "difference of two mean ranks", problems: 1, data: "skewed", replicates: 400, coverage: [0.998, 0.97, 0.985, 0.955] },
  { statistic: "difference of two mean ranks", problems: 1, data: "heavy-tailed", replicates: 400, coverage: [0.99, 0.945, 0.973, 0.965] },
  { statistic: "difference of two mean ranks", problems: 6, data: "normal", replicates: 400, coverage: [0.96, 0.97, 0.955, 0.965] },
  { statistic: "difference of two mean ranks", problems: 6, data: "skewed", replicates: 400, coverage: [0.97, 0.96, 0.983, 0.985] },
  { statistic: "difference of two mean ranks", problems: 6, data: "heavy-tailed", replicates: 400, coverage: [0.97, 0.955, 0.963, 0.963] },
  { statistic: "all differences of mean ranks at once", problems: 1, data: "normal", replicates: 400, coverage: [0.995, 1, 0.995, 0.985] },
  { statistic: "all differences of mean ranks at once", problems: 1, data: "skewed", replicates: 400, coverage: [1, 1, 0.99, 0.99] },
  {
    statistic: "all differences of mean ranks at once",
    problems: 1,
    data: "heavy-tailed",
    replicates: 400,
    coverage: [0.9825, 0.9925, 0.975, 0.9775],
  },
  {
    statistic: "all differences of mean ranks at once",
    problems: 6,
    data: "normal",
    replicates: 400,
    coverage: [0.9925, 0.97, 0.985, 0.965],
  },
  {
    statistic: "all differences of mean ranks at once",
    problems: 6,
    data: "skewed",
    replicates: 400,
    coverage: [0.9875, 0.9875, 0.965, 0.97],
  },
  {
    statistic: "all differences of mean ranks at once",
    problems: 6,
    data: "heavy-tailed",
    replicates: 400,
    coverage: [0.9825, 0.9625, 0.97, 0.9725],
  },
  {
    statistic: "factor on a problem; anchored regret over problems",
    problems: 1,
    data: "normal",
    replicates: 2000,
    coverage: [0, 0.948, 0.9455, 0.9505],
  },
  {
    statistic: "factor on a problem; anchored regret over problems",
    problems: 1,
    data: "skewed",
    replicates: 2000,
    coverage: [0, 0.9475, 0.9455, 0.934],
  },
  {
    statistic: "factor on a problem; anchored regret over problems",
    problems: 1,
    data: "heavy-tailed",
    replicates: 2000,
    coverage: [0, 0.953, 0.9465, 0.948],
  },
  { statistic: "median over problems", problems: 1, data: "normal", replicates: 2000, coverage: [0, 0.955, 0.9415, 0.953] },
  { statistic: "median over problems", problems: 1, data: "skewed", replicates: 2000, coverage: [0, 0.9485, 0.936, 0.948] },
  { statistic: "median over problems", problems: 1, data: "heavy-tailed", replicates: 2000, coverage: [0, 0.9515, 0.947, 0.9475] },
  { statistic: "share of runs or targets", problems: 1, data: "50 %", replicates: 2000, coverage: [1, 0.977, 0.9815, 0.959] },
  { statistic: "share of runs or targets", problems: 1, data: "80 %", replicates: 2000, coverage: [0.9915, 0.9685, 0.99, 0.949] },
  { statistic: "share of runs or targets", problems: 1, data: "95 %", replicates: 2000, coverage: [0.9775, 0.9875, 0.972, 0.9835] },
  { statistic: "share of runs or targets", problems: 6, data: "50 %", replicates: 2000, coverage: [0.941, 0.943, 0.9445, 0.9405] },
  { statistic: "share of runs or targets", problems: 6, data: "80 %", replicates: 2000, coverage: [0.9575, 0.9455, 0.9455, 0.9455] },
  { statistic: "share of runs or targets", problems: 6, data: "95 %", replicates: 2000, coverage: [0.949, 0.9735, 0.9575, 0.947] },
  {
    statistic: "expected running time",
    problems: 1,
    data: "all runs succeed",
    replicates: 10000,
    coverage: [0.9521, 0.9466, 0.9546, 0.9493],
  },
  {
    statistic: "expected running time",
    problems: 1,
    data: "86 % succeed, skewed",
    replicates: 10000,
    coverage: [0.9458, 0.9457, 0.9432, 0.9527],
  },
  {
    statistic: "expected running time",
    problems: 1,
    data: "86 % succeed, heavy-tailed",
    replicates: 10000,
    coverage: [0.9172, 0.9274, 0.9362, 0.9477],
  },
  {
    statistic: "expected running time",
    problems: 1,
    data: "half of the runs succeed",
    replicates: 10000,
    coverage: [0.9371, 0.976, 0.9733, 0.9672],
  },
  {
    statistic: "speed-up on a problem",
    problems: 1,
    data: "all runs succeed",
    replicates: 10000,
    coverage: [0.9548, 0.9487, 0.9463, 0.9518],
  },
  {
    statistic: "speed-up on a problem",
    problems: 1,
    data: "86 % succeed, skewed",
    replicates: 10000,
    coverage: [0.943, 0.9444, 0.9495, 0.9435],
  },
  {
    statistic: "speed-up on a problem",
    problems: 1,
    data: "86 % succeed, heavy-tailed",
    replicates: 10000,
    coverage: [0.9449, 0.9416, 0.9426, 0.9409],
  },
  {
    statistic: "speed-up on a problem",
    problems: 1,
    data: "half of the runs succeed",
    replicates: 10000,
    coverage: [0.9708, 0.9716, 0.9628, 0.9615],
  },
  {
    statistic: "median speed-up over problems",
    problems: 6,
    data: "all runs succeed",
    replicates: 2000,
    coverage: [0.968, 0.9645, 0.9515, 0.9565],
  },
  {
    statistic: "median speed-up over problems",
    problems: 6,
    data: "86 % succeed, skewed",
    replicates: 2000,
    coverage: [0.9885, 0.987, 0.9845, 0.989],
  },
  {
    statistic: "median speed-up over problems",
    problems: 6,
    data: "86 % succeed, heavy-tailed",
    replicates: 2000,
    coverage: [0.992, 0.987, 0.9925, 0.988],
  },
  {
    statistic: "median speed-up over problems",
    problems: 6,
    data: "half of the runs succeed",
    replicates: 2000,
    coverage: [0.993, 0.994, 0.993, 0.9915],
  },
];
