/** How a network is trained, as plain data. */
import { checkFields, checkName, checkNotNegative, checkWhole } from "../check.ts";
import { type Initialisation, initialisations } from "../network/initialise.ts";
import { completeOptimiser, type Optimiser, type OptimiserOptions } from "../optimiser/optimiser.ts";
import { completeSchedule, type LearningRateSchedule } from "../optimiser/schedule.ts";

/** The settings of a training in full. */
export type TrainingSettings = {
  /** Examples per mini-batch. The last mini-batch of an epoch has the examples that are left. */
  readonly batchSize: number;
  readonly learningRate: number;
  readonly schedule: LearningRateSchedule;
  readonly optimiser: Optimiser;
  /** lambda in the penalty lambda / 2 times the sum of squared weights. Its gradient is added to that of the loss. */
  readonly l2: number;
  readonly initialisation: Initialisation;
};

/**
 * The settings of a training, with defaults: `batchSize` 64 (a whole number, at least 1), `learningRate` 1e-3 and `l2` 0 (both at least 0),
 * `initialisation` "heNormal", a constant `schedule`, and Adam as `optimiser`.
 */
export type SettingsOptions = Partial<Omit<TrainingSettings, "optimiser">> & { readonly optimiser?: OptimiserOptions };

/** The settings in full, always with their fields in the same order. Throws ConfigError. */
export function completeSettings(options: SettingsOptions): TrainingSettings {
  checkFields("training", options, ["batchSize", "learningRate", "schedule", "optimiser", "l2", "initialisation"]);
  const { batchSize = 64, learningRate = 1e-3, l2 = 0, initialisation = "heNormal" } = options;
  return {
    batchSize: checkWhole("batch size", batchSize, 1, "Powers of two from 16 to 512 are usual."),
    learningRate: checkNotNegative("learning rate", learningRate, "The usual rate of Adam is 1e-3."),
    schedule: completeSchedule(options.schedule ?? { name: "constant" }),
    optimiser: completeOptimiser(options.optimiser ?? { name: "adam" }),
    l2: checkNotNegative("l2", l2, "0 means no regularisation."),
    initialisation: checkName("initialisation", initialisation, initialisations),
  };
}
