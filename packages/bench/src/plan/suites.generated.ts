/** The suites of `benchmarks/suites` by name. `tools/shippedPlans.test.ts` writes this file. */
import type { Suite } from "./suites.ts";

export const shippedSuites: { readonly [name: string]: Suite } = {
  "bbob-held-out": {
    "title": "BBOB in two and five dimensions, on three instances on which no default was chosen",
    "problems": [
      "bbob-f{1..24}-d{2,5}-i{101..103}"
    ]
  },
  "bbob-tuning": {
    "title": "BBOB in two and five dimensions, on the instances on which defaults may be chosen",
    "problems": [
      "bbob-f{1..24}-d{2,5}-i{1..15}"
    ]
  },
  "classical": {
    "title": "Ten functions of the literature, on which the defaults of Caviar's optimiser were chosen",
    "problems": [
      "branin",
      "hartmann3",
      "hartmann6",
      "rosenbrock-d5",
      "ackley-d5",
      "levy-d5",
      "styblinski-tang-d5",
      "shekel10",
      "michalewicz-d5",
      "rastrigin-d4"
    ]
  },
  "rugged": {
    "title": "Rugged problems on which no default was chosen: flat basins, ties, idle and conditional parameters",
    "problems": [
      "rugged-i{101..112}"
    ]
  },
  "tables": {
    "title": "Nine tables of trained networks and forests",
    "problems": [
      "table-protein",
      "table-parkinsons",
      "table-naval",
      "table-slice",
      "table-nasbench201-cifar100",
      "table-phoneme",
      "table-segment",
      "table-kc1",
      "table-vehicle"
    ]
  }
};
