/** The plans of `benchmarks/plans` by name. `tools/shippedPlans.test.ts` writes this file. */
import type { Json } from "@caviar-hpo/core";

export const shippedPlans: { readonly [name: string]: Json } = {
  "auto-bbob-d2": {
    "name": "auto-bbob-d2",
    "title": "The strategy that chooses, on BBOB in two dimensions",
    "question": "How far is auto behind the best single engine? The seeds are the instances 101 to 103 of each function, on which no default was chosen, in the boxes of COCO.",
    "seeds": {
      "first": 101,
      "count": 3
    },
    "budget": 40,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "strategies": [
      {
        "name": "auto"
      },
      {
        "name": "bayesopt"
      },
      {
        "name": "tpe"
      },
      {
        "name": "cmaes"
      },
      {
        "name": "differentialEvolution"
      },
      {
        "name": "coarseToFine",
        "options": {
          "trials": "budget"
        }
      },
      {
        "name": "sobol"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      }
    ],
    "problems": [
      "bbob-f{1..24}-d2-i{seed}"
    ]
  },
  "auto-multi-fidelity": {
    "name": "auto-multi-fidelity",
    "title": "The strategy that chooses, where it also decides how far to train",
    "question": "How far is auto behind the best single engine? gpHyperband is not among them, because auto has its points. All have the same resource, on one worker.",
    "seeds": {
      "first": 301,
      "count": 3
    },
    "budget": {
      "fullTrainings": 30,
      "points": 60
    },
    "instances": "cropped",
    "strategies": [
      {
        "name": "auto"
      },
      {
        "name": "gpAsha",
        "options": {
          "askEffort": 500
        }
      },
      {
        "name": "freezeThaw"
      },
      {
        "name": "bayesopt"
      },
      {
        "name": "bohb"
      },
      {
        "name": "dehb"
      },
      {
        "name": "hyperband"
      },
      {
        "name": "asha"
      },
      {
        "name": "tpe"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      }
    ],
    "problems": [
      "curves-aligned-hartmann6",
      "curves-noisy-hartmann6",
      "curves-diverging-hartmann6",
      "curves-crossing-branin",
      "mf-hartmann3-moderate",
      "mf-hartmann6-bad"
    ]
  },
  "bbob-hebo-ax": {
    "name": "bbob-hebo-ax",
    "title": "BBOB in five dimensions: Caviar, HEBO and Ax",
    "question": "Which optimiser finds the better points in 40 evaluations, each with its own first points? Every fourth function of BBOB in the boxes of COCO. The seeds are its instances 101 and 102, on which no default was chosen.",
    "seeds": {
      "first": 101,
      "count": 2
    },
    "budget": 40,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "peer:hebo"
      },
      {
        "name": "peer:ax"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "bbob-f{4,8,12,16,20,24}-d5-i{seed}"
    ]
  },
  "bbob-optuna-gp-d10": {
    "name": "bbob-optuna-gp-d10",
    "title": "BBOB in ten dimensions: the Gaussian processes of Caviar and of Optuna",
    "question": "Which optimiser finds the better points in 200 evaluations, each with its own first points? Every fourth function of BBOB in the boxes of COCO. The seeds are its instances 101 and 102, on which no default was chosen.",
    "seeds": {
      "first": 101,
      "count": 2
    },
    "budget": 200,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "peer:optuna-gp-deterministic"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "bbob-f{4,8,12,16,20,24}-d10-i{seed}"
    ]
  },
  "bbob-optuna-gp": {
    "name": "bbob-optuna-gp",
    "title": "BBOB in five dimensions: the Gaussian processes of Caviar and of Optuna, and hyperopt",
    "question": "Which optimiser finds the better points in 100 evaluations, each with its own first points? The seeds are the instances 101 to 103 of each function, on which no default was chosen, in the boxes of COCO.",
    "seeds": {
      "first": 101,
      "count": 3
    },
    "budget": 100,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "peer:hyperopt"
      },
      {
        "name": "peer:optuna-gp-deterministic"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "bbob-f{1..24}-d5-i{seed}"
    ]
  },
  "bbob-slow-peers": {
    "name": "bbob-slow-peers",
    "title": "BBOB in five dimensions: Caviar, BoTorch, SMAC and bayesian-optimization",
    "question": "Which optimiser finds the better points in 40 evaluations, each with its own first points? Every fourth function of BBOB in the boxes of COCO. The seeds are its instances 101 and 102, on which no default was chosen.",
    "seeds": {
      "first": 101,
      "count": 2
    },
    "budget": 40,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "peer:botorch"
      },
      {
        "name": "peer:smac"
      },
      {
        "name": "peer:bayesian-optimization"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "bbob-f{4,8,12,16,20,24}-d5-i{seed}"
    ]
  },
  "bbob-small-d10": {
    "name": "bbob-small-d10",
    "seeds": {
      "first": 101,
      "count": 3
    },
    "budget": 200,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "title": "BBOB in ten dimensions: Caviar, Optuna's TPE and CMA-ES",
    "question": "Which optimiser finds the better points in 200 evaluations, each with its own first points? The seeds are the instances 101 to 103 of each function, on which no default was chosen, in the boxes of COCO.",
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "cmaes"
      },
      {
        "name": "tpe"
      },
      {
        "name": "peer:optuna-tpe"
      },
      {
        "name": "peer:pycma"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "bbob-f{1..24}-d10-i{seed}"
    ]
  },
  "bbob-small-d2": {
    "name": "bbob-small-d2",
    "seeds": {
      "first": 101,
      "count": 3
    },
    "budget": 40,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "title": "BBOB in two dimensions: Caviar, Optuna's TPE and CMA-ES",
    "question": "Which optimiser finds the better points in 40 evaluations, each with its own first points? The seeds are the instances 101 to 103 of each function, on which no default was chosen, in the boxes of COCO.",
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "cmaes"
      },
      {
        "name": "tpe"
      },
      {
        "name": "peer:optuna-tpe"
      },
      {
        "name": "peer:pycma"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "bbob-f{1..24}-d2-i{seed}"
    ]
  },
  "bbob-small-d5": {
    "name": "bbob-small-d5",
    "seeds": {
      "first": 101,
      "count": 3
    },
    "budget": 100,
    "initialPoints": 0,
    "instances": "published",
    "noise": null,
    "title": "BBOB in five dimensions: Caviar, Optuna's TPE and CMA-ES",
    "question": "Which optimiser finds the better points in 100 evaluations, each with its own first points? The seeds are the instances 101 to 103 of each function, on which no default was chosen, in the boxes of COCO.",
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "cmaes"
      },
      {
        "name": "tpe"
      },
      {
        "name": "peer:optuna-tpe"
      },
      {
        "name": "peer:pycma"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "bbob-f{1..24}-d5-i{seed}"
    ]
  },
  "held-out": {
    "name": "held-out",
    "title": "The 24 functions of BBOB on instances that no default was chosen on",
    "question": "Which strategy finds the better points in 60 evaluations, in the boxes of COCO?",
    "seeds": {
      "first": 1,
      "count": 6
    },
    "budget": 60,
    "initialPoints": 6,
    "instances": "published",
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
        "name": "sobol"
      },
      {
        "name": "differentialEvolution"
      },
      {
        "name": "tpe"
      },
      {
        "name": "bayesopt"
      }
    ],
    "problems": [
      "bbob-f{1..24}-d5-i{101..103}"
    ]
  },
  "multi-fidelity-peers": {
    "name": "multi-fidelity-peers",
    "title": "Hyperband and its family in Caviar and in other programs",
    "question": "Which program finds the better configuration with the resource of 20 full trainings, on simulated learning curves and on the real ones of LCDB? All have one worker and the same resource.",
    "seeds": {
      "first": 1,
      "count": 3
    },
    "budget": {
      "fullTrainings": 20,
      "points": 40
    },
    "instances": "cropped",
    "strategies": [
      {
        "name": "auto"
      },
      {
        "name": "freezeThaw"
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
        "label": "random in full",
        "name": "random"
      },
      {
        "label": "random in full again",
        "name": "random"
      },
      {
        "label": "DEHB 0.1.2",
        "name": "peer:dehb"
      },
      {
        "name": "peer:kerastuner-hyperband"
      },
      {
        "name": "peer:syne-tune-asha"
      },
      {
        "name": "peer:smac-mf"
      }
    ],
    "problems": [
      "curves-aligned-hartmann6",
      "curves-noisy-hartmann6",
      "curves-crossing-branin",
      "lcdb-fried",
      "lcdb-pol",
      "lcdb-houses"
    ]
  },
  "multi-fidelity": {
    "name": "multi-fidelity",
    "title": "How far to train: Hyperband and its family at equal resource",
    "question": "How much resource does it save to train most configurations only a little, where early results tell much, little, or the opposite of the truth?",
    "seeds": {
      "first": 1,
      "count": 14
    },
    "budget": {
      "fullTrainings": 30,
      "points": 60
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
      "curves-noisy-hartmann6",
      "curves-diverging-hartmann6",
      "curves-crossing-branin",
      "mf-hartmann3-moderate",
      "mf-hartmann6-bad"
    ]
  },
  "plateaus": {
    "name": "plateaus",
    "title": "A wide flat basin and a narrow deep one",
    "question": "How often does a strategy find the deep basin of one small tuning task? The function belongs to the tuning set of the defaults, but these seeds do not.",
    "seeds": {
      "first": 21,
      "count": 24
    },
    "budget": 50,
    "initialPoints": 0,
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
        "name": "sobol"
      },
      {
        "name": "tpe"
      },
      {
        "name": "bayesopt"
      },
      {
        "name": "peer:optuna-tpe"
      },
      {
        "name": "peer:optuna-gp"
      },
      {
        "name": "peer:optuna-gp-deterministic"
      }
    ],
    "problems": [
      "plateaus"
    ]
  },
  "quick": {
    "name": "quick",
    "title": "Ways to choose points, two models and one yardstick",
    "question": "What is a model of the objective worth? Is any way of choosing points worth twice as many random points?",
    "seeds": {
      "first": 1,
      "count": 14
    },
    "budget": 50,
    "initialPoints": 4,
    "instances": "placed",
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
        "name": "sobol"
      },
      {
        "name": "coarseToFine",
        "options": {
          "trials": "budget"
        }
      },
      {
        "name": "differentialEvolution"
      },
      {
        "name": "tpe"
      },
      {
        "name": "bayesopt"
      }
    ],
    "problems": [
      "six-hump-camel",
      "goldstein-price-log",
      "drop-wave",
      "dixon-price-d3",
      "alpine2-d3",
      "cosine-mixture-d4",
      "griewank-d5",
      "zakharov-d5",
      "bbob-f15-d5-i101",
      "bbob-f21-d5-i102"
    ]
  },
  "rugged": {
    "name": "rugged",
    "title": "Flat basins, ties and parameters that do nothing",
    "question": "Which strategy leaves the flat basins of small tuning tasks, and finds the deep one?",
    "seeds": {
      "first": 1,
      "count": 10
    },
    "budget": 50,
    "initialPoints": 0,
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
        "name": "sobol"
      },
      {
        "name": "tpe"
      },
      {
        "name": "bayesopt"
      },
      {
        "name": "peer:optuna-tpe"
      },
      {
        "name": "peer:optuna-gp"
      },
      {
        "name": "peer:optuna-gp-deterministic"
      }
    ],
    "problems": [
      "rugged-i{101..112}"
    ]
  },
  "tables-noisy": {
    "name": "tables-noisy",
    "title": "Nine tables of trained networks and forests, one training of each configuration",
    "question": "Which strategy recommends the better configuration after 80 trainings, if it is told the result of one training with one random seed, and is judged by the mean over all?",
    "seeds": {
      "first": 1,
      "count": 14
    },
    "budget": 80,
    "initialPoints": 6,
    "instances": "published",
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
        "name": "tpe"
      },
      {
        "name": "bayesopt"
      }
    ],
    "problems": [
      "table-protein-seeds",
      "table-parkinsons-seeds",
      "table-naval-seeds",
      "table-slice-seeds",
      "table-nasbench201-cifar100-seeds",
      "table-phoneme-seeds",
      "table-segment-seeds",
      "table-kc1-seeds",
      "table-vehicle-seeds"
    ]
  },
  "tables-peers": {
    "name": "tables-peers",
    "title": "Six tables, Caviar's Gaussian process and Optuna's",
    "question": "Which Gaussian process finds the better configuration of a real network or forest in 80 trainings? Optuna's is slow, so there are only five seeds.",
    "seeds": {
      "first": 1,
      "count": 5
    },
    "budget": 80,
    "initialPoints": 6,
    "instances": "published",
    "noise": null,
    "strategies": [
      {
        "name": "bayesopt"
      },
      {
        "name": "tpe"
      },
      {
        "name": "peer:optuna-tpe"
      },
      {
        "name": "peer:optuna-gp-deterministic"
      },
      {
        "label": "uniform",
        "name": "random"
      },
      {
        "label": "uniform again",
        "name": "random"
      },
      {
        "label": "uniform x2",
        "name": "random",
        "evaluationsPerStep": 2
      }
    ],
    "problems": [
      "table-protein",
      "table-parkinsons",
      "table-naval",
      "table-slice",
      "table-nasbench201-cifar100",
      "table-phoneme"
    ]
  },
  "tables": {
    "name": "tables",
    "title": "Nine tables of trained networks and forests",
    "question": "Which strategy finds the better configuration of a real network or forest in 80 trainings?",
    "seeds": {
      "first": 1,
      "count": 20
    },
    "budget": 80,
    "initialPoints": 6,
    "instances": "published",
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
        "name": "sobol"
      },
      {
        "name": "differentialEvolution"
      },
      {
        "name": "tpe"
      },
      {
        "name": "bayesopt"
      },
      {
        "name": "peer:optuna-tpe"
      }
    ],
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
  },
  "testbed": {
    "name": "testbed",
    "title": "Tuning a network: random search, Gaussian process, Hyperband, ASHA and BOHB at equal epochs",
    "question": "Which strategy finds the better network for handwritten digits in the space of the course, if each may train as many epochs as one pass of Hyperband needs?",
    "seeds": {
      "first": 1,
      "count": 14
    },
    "budget": {
      "fullTrainings": 14,
      "points": 60
    },
    "strategies": [
      {
        "name": "random"
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
