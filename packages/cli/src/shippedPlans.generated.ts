/** The plans of `benchmarks/plans` by name. `tools/shippedPlans.test.ts` writes this file. */
import type { Json } from "@caviar-hpo/core";

export const shippedPlans: { readonly [name: string]: Json } = {
  "multi-fidelity": {
    "name": "multi-fidelity",
    "title": "How far to train: Hyperband and its family at equal resource",
    "question": "How much resource does it save to train most configurations only a little, where early results tell much, little, or the opposite of the truth?",
    "seeds": {
      "first": 1,
      "count": 20
    },
    "budget": {
      "fullTrainings": 40,
      "points": 80
    },
    "instances": "cropped",
    "strategies": [
      {
        "name": "random"
      },
      {
        "label": "random x2",
        "name": "random",
        "evaluationsPerStep": 2
      },
      {
        "name": "successiveHalving"
      },
      {
        "name": "hyperband"
      },
      {
        "name": "asha"
      },
      {
        "name": "bohb"
      },
      {
        "name": "dehb"
      },
      {
        "name": "tpe"
      },
      {
        "name": "bayesopt"
      }
    ],
    "problems": [
      "curves-aligned-hartmann6",
      "curves-loose-hartmann6",
      "curves-crossing-hartmann6",
      "curves-noisy-hartmann6",
      "curves-diverging-hartmann6",
      "curves-aligned-rastrigin-d4",
      "curves-crossing-branin",
      "counting-ones-c8-r8",
      "mf-hartmann3-moderate",
      "mf-hartmann6-bad"
    ]
  },
  "quick": {
    "name": "quick",
    "title": "Eight ways to choose points, and one yardstick",
    "question": "What is a model of the objective worth? Which way of choosing points is best without one, and is any of them worth twice as many random points?",
    "seeds": {
      "first": 1,
      "count": 10
    },
    "budget": 68,
    "initialPoints": 4,
    "instances": "cropped",
    "noise": null,
    "strategies": [
      {
        "name": "random"
      },
      {
        "label": "random x2",
        "name": "random",
        "evaluationsPerStep": 2
      },
      {
        "name": "grid",
        "options": {
          "resolution": 1000,
          "points": "budget"
        }
      },
      {
        "name": "latinHypercube",
        "options": {
          "points": "budget",
          "criterion": "centredDiscrepancy"
        }
      },
      {
        "name": "sobol"
      },
      {
        "name": "halton"
      },
      {
        "name": "rSequence"
      },
      {
        "name": "coarseToFine",
        "options": {
          "trials": "budget"
        }
      },
      {
        "name": "bayesopt"
      }
    ],
    "problems": [
      "branin",
      "six-hump-camel",
      "goldstein-price-log",
      "hartmann3",
      "hartmann6",
      "ackley-d5",
      "rosenbrock-d5",
      "levy-d5",
      "rastrigin-d4",
      "styblinski-tang-d5",
      "michalewicz-d5",
      "shekel10",
      "bbob-f8-d5-i{seed}",
      "bbob-f15-d5-i{seed}"
    ]
  },
  "testbed": {
    "name": "testbed",
    "title": "Tuning a network: random, Sobol, GP, Hyperband, ASHA and BOHB at equal epochs",
    "question": "Which strategy finds the better network for handwritten digits in the space of the course, if each may train as many epochs?",
    "seeds": {
      "first": 1,
      "count": 10
    },
    "budget": {
      "fullTrainings": 20,
      "points": 60
    },
    "strategies": [
      {
        "name": "random"
      },
      {
        "name": "sobol"
      },
      {
        "name": "bayesopt"
      },
      {
        "name": "hyperband"
      },
      {
        "name": "asha"
      },
      {
        "name": "bohb"
      }
    ],
    "problems": [
      "digits-course"
    ]
  }
};
