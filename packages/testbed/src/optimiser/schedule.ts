/**
 * Learning-rate decay: the rate as a function of the epochs that are already trained, with a horizon that is fixed beforehand. The rate
 * does not depend on how long a rung trains. So a trial that is trained for 9 epochs is the beginning of the same trial trained for 81.
 */
import { cos, pow } from "@caviar-hpo/numerics";
import { checkFields, checkName, checkNotNegative, checkWhole } from "../check.ts";

/**
 * What the learning rate is multiplied by in the epoch after `epoch` epochs. `every` and `horizon` are whole numbers of at least 1, and
 * `factor` and `decay` are at least 0.
 */
export type LearningRateSchedule =
  | { readonly name: "constant" }
  /** factor^floor(epoch / every). */
  | { readonly name: "step"; readonly every: number; readonly factor: number }
  /** 1 / (1 + decay epoch). */
  | { readonly name: "inverseTime"; readonly decay: number }
  /** factor^epoch. */
  | { readonly name: "exponential"; readonly factor: number }
  /** Half a cosine from 1 at epoch 0 to 0 at the horizon (Loshchilov & Hutter 2017, equation 5), and 0 after it. */
  | { readonly name: "cosine"; readonly horizon: number };

/** What the learning rate is multiplied by in the epoch after `epoch` epochs. */
export function scheduleFactor(schedule: LearningRateSchedule, epoch: number): number {
  switch (schedule.name) {
    case "constant":
      return 1;
    case "step":
      return pow(schedule.factor, Math.floor(epoch / schedule.every));
    case "inverseTime":
      return 1 / (1 + schedule.decay * epoch);
    case "exponential":
      return pow(schedule.factor, epoch);
    case "cosine":
      return epoch >= schedule.horizon ? 0 : (1 + cos((Math.PI * epoch) / schedule.horizon)) / 2;
  }
}

/** The schedule with its fields in order. Throws ConfigError. */
export function completeSchedule(schedule: LearningRateSchedule): LearningRateSchedule {
  const what = `schedule ${schedule.name}`;
  switch (checkName("name of the schedule", schedule.name, ["constant", "step", "inverseTime", "exponential", "cosine"])) {
    case "constant":
      checkFields(what, schedule, ["name"]);
      return { name: "constant" };
    case "step": {
      const { every, factor } = schedule as Extract<LearningRateSchedule, { name: "step" }>;
      checkFields(what, schedule, ["name", "every", "factor"]);
      return {
        name: "step",
        every: checkWhole("epochs of a step", every, 1, "Pass the number of epochs between two falls of the rate."),
        factor: checkFactor(factor),
      };
    }
    case "inverseTime": {
      const { decay } = schedule as Extract<LearningRateSchedule, { name: "inverseTime" }>;
      checkFields(what, schedule, ["name", "decay"]);
      return { name: "inverseTime", decay: checkNotNegative("decay", decay, "0 leaves the rate as it is.") };
    }
    case "exponential": {
      const { factor } = schedule as Extract<LearningRateSchedule, { name: "exponential" }>;
      checkFields(what, schedule, ["name", "factor"]);
      return { name: "exponential", factor: checkFactor(factor) };
    }
    case "cosine": {
      const { horizon } = schedule as Extract<LearningRateSchedule, { name: "cosine" }>;
      checkFields(what, schedule, ["name", "horizon"]);
      return { name: "cosine", horizon: checkWhole("horizon", horizon, 1, "Pass the number of epochs of the longest training.") };
    }
  }
}

function checkFactor(factor: number): number {
  return checkNotNegative("factor", factor, "The course uses 0.95 per epoch.");
}
