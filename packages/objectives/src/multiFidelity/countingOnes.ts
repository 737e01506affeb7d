/**
 * Counting ones. The goal is as many ones as possible among switches, and as large probabilities as possible among reals. Only samples of
 * the probabilities are observed. S. Falkner, A. Klein and F. Hutter, "BOHB: robust and efficient hyperparameter optimization at scale"
 * (2018), section 5.1. The value is -(sum of the switches + sum over the reals x_j of the mean of b draws that are 1 with probability x_j),
 * with b from 9 to 729.
 *
 * The first draws of a long run are those of a short run, so a run can be resumed. BOHB divides regrets by the number of parameters.
 */
import { type Config, checkConfig, choice, createSpace, derive, type Param, real, stream } from "@caviar-hpo/core";
import { checkDimension } from "../classical/dimension.ts";
import { checkFidelity, firstRun, type MultiFidelityFunction } from "./multiFidelityFunction.ts";

/**
 * Counting ones with the parameters c1 … in {0, 1} and x1 … in [0, 1]. The fidelity is the number of samples, from 9 to 729. The minimum is
 * -(switches + reals).
 *
 * @param switches a whole number from 0 to 1000.
 * @param reals a whole number from 1 to 1000. BOHB uses as many as switches: 4, 8, 16 and 32.
 * @throws ConfigError for numbers out of range.
 */
export function countingOnes(switches: number, reals: number): MultiFidelityFunction {
  const id = `counting-ones-c${switches}-r${reals}`;
  checkDimension(`${id} in switches`, switches, 0, 1000);
  checkDimension(`${id} in reals`, reals, 1, 1000);
  const switchNames = Array.from({ length: switches }, (_, k) => `c${k + 1}`);
  const realNames = Array.from({ length: reals }, (_, k) => `x${k + 1}`);
  const space = createSpace([
    ...switchNames.map((name): [string, Param] => [name, choice([0, 1])]),
    ...realNames.map((name): [string, Param] => [name, real(0, 1)]),
  ]);
  const sum = (config: Config, names: readonly string[]): number => names.reduce((total, name) => total + (config[name] as number), 0);
  const fidelity = { unit: "sample", min: 9, max: 729, whole: true };
  return {
    id,
    title: `Counting ones, ${switches} switches and ${reals} probabilities`,
    space,
    fidelity,
    resumable: true,
    evaluate: (given, samples, run = firstRun) => {
      checkFidelity(id, fidelity, samples);
      const config = checkConfig(space, given);
      const key = derive(run, "counting-ones", ...Object.values(config).map(Number));
      let ones = 0;
      for (const name of realNames) {
        const draws = stream(derive(key, name));
        const probability = config[name] as number;
        for (let n = 0; n < samples; n++) if (draws.uniform() < probability) ones++;
      }
      return -(sum(config, switchNames) + ones / samples);
    },
    truth: (given) => {
      const config = checkConfig(space, given);
      return -(sum(config, switchNames) + sum(config, realNames));
    },
    feasible: (config) => {
      checkConfig(space, config);
      return true;
    },
    costSeconds: (config, samples) => {
      checkConfig(space, config);
      checkFidelity(id, fidelity, samples);
      return samples;
    },
    optimum: { value: -(switches + reals), tolerance: 0 },
    minimisers: [Object.fromEntries([...switchNames, ...realNames].map((name) => [name, 1]))],
    minimisersComplete: true,
    source: "Falkner, Klein & Hutter 2018",
  };
}
