/** What `benchmarks/tuning-set.json` declares. `tools/tuningSet.test.ts` writes this file. */
export type TuningSet = {
  readonly about: string;
  /** Ids of problems. */
  readonly problems: readonly string[];
  /** Suites that are numbered like BBOB, and the instances on which defaults were chosen. */
  readonly bbob: { readonly families: readonly string[]; readonly instances: { readonly first: number; readonly last: number } };
  /** The rugged problems on which defaults were chosen. */
  readonly rugged: { readonly instances: { readonly first: number; readonly last: number } };
};

export const tuningSet: TuningSet = {
  "about": "The problems on which defaults of strategies were chosen, or on which candidates for a default were compared. Results on them say little about other problems, so reports mark them. They hold whatever boxes a campaign uses. Campaigns that support claims use others: instances 101 to 103 of BBOB, instances from 101 on of the rugged problems, and tables.",
  "problems": [
    "branin",
    "hartmann3",
    "hartmann6",
    "rosenbrock-d5",
    "ackley-d5",
    "ackley-d10",
    "levy-d5",
    "styblinski-tang-d5",
    "shekel10",
    "michalewicz-d5",
    "rastrigin-d4",
    "ackley-d4",
    "levy-d4",
    "griewank-d4",
    "powell-d4",
    "rosenbrock-d4",
    "func2c",
    "func3c",
    "jenatton-tree",
    "plateaus"
  ],
  "bbob": {
    "families": [
      "bbob",
      "bbob-mixint"
    ],
    "instances": {
      "first": 1,
      "last": 15
    }
  },
  "rugged": {
    "instances": {
      "first": 1,
      "last": 24
    }
  }
};
