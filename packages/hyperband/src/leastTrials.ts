/** The fewest trials with which the schedulers compare trials at all. */
import type { LeastTrials } from "@caviar-hpo/core/contract";
import { counted } from "@caviar-hpo/core/text";

/** Of a bracket that begins with so many trials. */
export function leastForBracket(configurations: number): LeastTrials {
  return {
    trials: configurations,
    observed: false,
    because: `the first bracket begins with ${counted(configurations, "trial")}`,
    remedy: `Allow at least ${configurations} trials, or raise the least fidelity.`,
  };
}

/** Of a rung that promotes one of `eta` trials. */
export function leastForRung(eta: number): LeastTrials {
  const trials = Math.ceil(eta);
  return {
    trials,
    observed: false,
    because: `a rung promotes the best of ${trials} trials`,
    remedy: `Allow at least ${trials} trials, or lower the option eta.`,
  };
}

/** Of a median over `startup` trials. */
export function leastForMedian(startup: number): LeastTrials {
  return {
    trials: startup + 1,
    observed: false,
    because: `no trial stops before the measurements of ${counted(startup, "other")}`,
    remedy: `Allow more than ${counted(startup, "trial")}, or lower the option startup.`,
  };
}
